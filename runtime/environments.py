"""Make the two Python environments from their locks, or say plainly what is missing.

Runs on whatever `python3` a machine has, before anything is installed: standard
library only, and no syntax newer than Python 3.8.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
TOOLS = ROOT / "var" / "tools"

OURS = ("3.12", "3.13", "3.11")
RASAS = ("3.10",)

NAME = "import sys; print('%d.%d' % sys.version_info[:2])"

NO_PYTHON = """
Handrail needs Python {versions} for {purpose}, and none was found
on PATH or in pyenv, and uv could not fetch one.
Install one of these and run the same command again:
    pyenv install {first}
    uv python install {first}
"""

NO_INSTALLER = """
Handrail installs its parts with uv, and could not set uv up.
Install it from your package manager or with 'pip install uv',
or (Debian, Ubuntu) 'apt install python3-venv', and run the same command again.
"""


def main(names: list[str]) -> None:
    """Bring each named environment ('ours', 'rasa') level with its lock."""
    # Not the home of whoever runs this: on a server, that is root's, and closed.
    os.environ.setdefault("UV_PYTHON_INSTALL_DIR", str(TOOLS / "python"))
    for name in names:
        if name == "ours":
            _make_ready(ROOT / ".venv", LOCKS / "dev.txt", OURS, "Handrail itself")
        elif name == "rasa":
            _make_ready(ROOT / ".venv-rasa", LOCKS / "rasa.txt", RASAS, "Rasa 3.6")
        else:
            sys.exit("unknown environment: " + name)


def _make_ready(
    folder: Path, lock: Path, versions: tuple[str, ...], purpose: str
) -> None:
    stamp = folder / ".made-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and _runs(folder / "bin/python"):
        return
    print(f"Installing {purpose} into {folder.name} ...", flush=True)
    uv = _uv()
    if not _runs(folder / "bin/python"):
        python = _find_python(versions) or _fetch_python(uv, versions, purpose)
        _must([uv, "venv", "--clear", "--quiet", "--python", python, str(folder)])
    install = [uv, "pip", "sync", "--require-hashes", "--compile-bytecode"]
    _must([*install, str(lock)], VIRTUAL_ENV=str(folder))
    stamp.write_text(wanted)


def _find_python(versions: tuple[str, ...]) -> str | None:
    """Take the first that runs: those on PATH, then those of pyenv.

    A distribution's build is a quarter quicker than pyenv's own, and which of them is
    taken must not change from one day to the next: so pyenv's shims, which are on many
    a PATH before everything else, count as pyenv's.
    """
    places = [
        *((version, place) for version in versions for place in _on_path(version)),
        *((version, place) for version in versions for place in _in_pyenv(version)),
    ]
    return next(
        (str(place) for version, place in places if _runs(place, version)), None
    )


def _on_path(version: str) -> list[Path]:
    """Every program of that name: the first does not always run."""
    folders = [Path(folder) for folder in filter(None, os.get_exec_path())]
    return [
        folder / ("python" + version)
        for folder in folders
        if _pyenv() not in folder.parents
    ]


def _in_pyenv(version: str) -> list[Path]:
    return sorted(_pyenv().glob(f"versions/{version}.*/bin/python"), reverse=True)


def _pyenv() -> Path:
    return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")


def _fetch_python(uv: str, versions: tuple[str, ...], purpose: str) -> str:
    print(f"No Python {versions[0]} found here: asking uv for one ...")
    fetched = subprocess.run([uv, "python", "install", versions[0]], check=False)
    if fetched.returncode != 0:
        wanted = " or ".join(versions)
        sys.exit(NO_PYTHON.format(versions=wanted, first=versions[0], purpose=purpose))
    return versions[0]


def _uv() -> str:
    """Use the uv on PATH, else our own copy of it, fetched once by hash."""
    own = TOOLS / "bin" / "uv"
    found = shutil.which("uv") or (own if own.exists() else None)
    if found:
        return str(found)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
        subprocess.run(
            [*pip, "--require-hashes", "-r", str(LOCKS / "uv.txt")], check=True
        )
    except subprocess.CalledProcessError:
        sys.exit(NO_INSTALLER)
    return str(own)


def _runs(python: str | Path, version: str = "") -> bool:
    """A pyenv shim exists for versions that are not switched on: so try it."""
    try:
        told = subprocess.run(
            [str(python), "-c", NAME], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return told.returncode == 0 and told.stdout.startswith(version)


def _must(command: list[str], **environment: str) -> None:
    done = subprocess.run(command, env={**os.environ, **environment}, check=False)
    if done.returncode != 0:
        sys.exit("\nInstalling stopped: " + " ".join(command[:4]) + " failed (above).")


if __name__ == "__main__":
    main(sys.argv[1:] or ["ours", "rasa"])
