"""The environments are made with a Python that runs, or it is said plainly why not."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "runtime" / "environments.py"

UV = """#!/bin/sh
echo "$@" >> "$UV_LOG"
for last in "$@"; do :; done
case "$1" in
  venv) /bin/mkdir -p "$last/bin"; /bin/cp "$PLAIN_PYTHON" "$last/bin/python" ;;
  python) echo "$UV_PYTHON_INSTALL_DIR" > "$UV_LOG.place"; exit "${UV_FETCHES:-1}" ;;
esac
"""
RUNS = '#!/bin/sh\necho "3.10"\n'
OTHER = '#!/bin/sh\necho "3.12"\n'
SWITCHED_OFF = "#!/bin/sh\necho 'pyenv: version not switched on' >&2\nexit 127\n"


@dataclass(frozen=True)
class Machine:
    """A machine with nothing on its PATH but what a test puts there."""

    folder: Path

    def has(self, place: str, script: str) -> Path:
        """Put a program somewhere."""
        program = self.folder / place
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(script)
        program.chmod(0o755)
        return program

    def makes_environments(
        self, *names: str, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the script as `make` does."""
        return subprocess.run(
            [sys.executable, str(self.folder / "runtime" / "environments.py"), *names],
            env={
                "PATH": str(self.folder / "bin"),
                "HOME": str(self.folder),
                "UV_LOG": str(self.folder / "uv.log"),
                "PLAIN_PYTHON": str(self.folder / "plain-python"),
                **more,
            },
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    @property
    def asked_of_uv(self) -> list[str]:
        """What uv was told to do, oldest first."""
        log = self.folder / "uv.log"
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    (tmp_path / "runtime").mkdir()
    (tmp_path / "requirements").mkdir()
    shutil.copy(SCRIPT, tmp_path / "runtime")
    (tmp_path / "requirements" / "rasa.txt").write_text("rasa==3.6.21\n")
    made.has("plain-python", RUNS)
    made.has("bin/uv", UV)
    return made


def test_a_python_on_the_path_that_runs_is_used(machine: Machine) -> None:
    python = machine.has("bin/python3.10", RUNS)

    assert machine.makes_environments("rasa").returncode == 0
    assert machine.asked_of_uv[0].split()[-3:-1] == ["--python", str(python)]
    assert machine.asked_of_uv[1].startswith("pip sync --require-hashes")


def test_one_on_the_path_is_used_before_a_newer_one_of_pyenv(machine: Machine) -> None:
    (machine.folder / "requirements" / "dev.txt").write_text("sanic==25.12.1\n")
    machine.has(".pyenv/versions/3.13.0/bin/python", OTHER.replace("3.12", "3.13"))
    python = machine.has("bin/python3.12", OTHER)
    machine.has("bin/python3.11", OTHER.replace("3.12", "3.11"))

    assert machine.makes_environments("ours").returncode == 0
    assert f"--python {python} " in machine.asked_of_uv[0]


def test_a_distributions_is_used_before_a_shim_of_pyenv_on_the_path(
    machine: Machine,
) -> None:
    shim = machine.has(".pyenv/shims/python3.10", RUNS)
    python = machine.has("bin/python3.10", RUNS)

    made = machine.makes_environments("rasa", PATH=f"{shim.parent}:{python.parent}")

    assert made.returncode == 0
    assert f"--python {python} " in machine.asked_of_uv[0]


@pytest.mark.parametrize("shim", [SWITCHED_OFF, OTHER], ids=["off", "other"])
def test_a_shim_that_does_not_run_that_version_is_passed_over(
    machine: Machine, shim: str
) -> None:
    machine.has("bin/python3.10", shim)
    python = machine.has(".pyenv/versions/3.10.14/bin/python", RUNS)

    assert machine.makes_environments("rasa").returncode == 0
    assert str(python) in machine.asked_of_uv[0]


def test_uv_is_asked_to_fetch_one_when_there_is_none(machine: Machine) -> None:
    made = machine.makes_environments("rasa", UV_FETCHES="0")

    assert made.returncode == 0
    assert machine.asked_of_uv[0] == "python install 3.10"
    assert "--python 3.10" in machine.asked_of_uv[1]


def test_one_that_is_fetched_lies_where_a_service_may_read_it(
    machine: Machine,
) -> None:
    machine.makes_environments("rasa", UV_FETCHES="0")

    place = (machine.folder / "uv.log.place").read_text().strip()
    assert place == str(machine.folder / "var" / "tools" / "python")


def test_without_any_python_it_is_said_what_to_do(machine: Machine) -> None:
    machine.has("bin/python3.10", SWITCHED_OFF)

    made = machine.makes_environments("rasa")

    assert made.returncode != 0
    assert "needs Python 3.10 for Rasa 3.6" in made.stderr
    assert "pyenv install 3.10" in made.stderr
    assert "Traceback" not in made.stderr


def test_an_environment_that_is_level_with_its_lock_is_left_alone(
    machine: Machine,
) -> None:
    machine.has("bin/python3.10", RUNS)
    machine.makes_environments("rasa")
    before = machine.asked_of_uv

    again = machine.makes_environments("rasa")

    assert again.stdout == ""
    assert machine.asked_of_uv == before


def test_a_changed_lock_is_installed_into_the_environment_there_is(
    machine: Machine,
) -> None:
    machine.has("bin/python3.10", RUNS)
    machine.makes_environments("rasa")
    (machine.folder / "requirements" / "rasa.txt").write_text("rasa==3.6.22\n")

    machine.makes_environments("rasa")

    assert [asked.split()[0] for asked in machine.asked_of_uv] == ["venv", "pip", "pip"]


def test_an_installation_that_failed_is_tried_again_next_time(machine: Machine) -> None:
    machine.has("bin/python3.10", RUNS)
    machine.has("bin/uv", UV.replace("esac", "pip) exit 1 ;;\nesac"))

    failed = machine.makes_environments("rasa")
    machine.has("bin/uv", UV)
    again = machine.makes_environments("rasa")

    assert failed.returncode != 0
    assert "Installing stopped" in failed.stderr
    assert again.returncode == 0
    assert (machine.folder / ".venv-rasa" / ".made-from").exists()
