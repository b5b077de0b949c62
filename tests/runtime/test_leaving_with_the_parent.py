"""Stop the parent without warning: its children leave by themselves."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

GATEWAY = """
import os, threading
from runtime.gateway_process import leave_with
leave_with(int(os.environ["HANDRAIL_LEAVE_WITH"]))
print("up", flush=True)
threading.Event().wait()
"""

RASA = """
import sys
sys.argv = ["rasa_command", "run"]
from runtime.rasa_command import main
main()
"""

RASA_ITSELF = """
import threading
def main():
    print("up", flush=True)
    threading.Event().wait()
"""

PARENT = """
import os, subprocess, sys
own = {**os.environ, "HANDRAIL_LEAVE_WITH": str(os.getpid())}
subprocess.run([sys.executable, "-c", sys.argv[1]], env=own)
"""


@pytest.mark.parametrize("child", [GATEWAY, RASA], ids=["gateway", "rasa"])
def test_a_child_leaves_when_its_parent_was_stopped_without_warning(
    child: str, tmp_path: Path
) -> None:
    stub_rasa(tmp_path)
    parent = started(child, tmp_path)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"up\n"

    parent.send_signal(signal.SIGKILL)

    # The child holds the other end: it can only be read to its end once it has left.
    assert parent.stdout.read() == b""
    parent.wait()


def test_a_child_whose_parent_had_gone_before_it_looked_leaves_too(
    tmp_path: Path,
) -> None:
    gone = subprocess.Popen([sys.executable, "-S", "-c", ""])
    gone.wait()
    own = {**environment(tmp_path), "HANDRAIL_LEAVE_WITH": str(gone.pid)}

    left = subprocess.run(
        [sys.executable, "-c", GATEWAY], env=own, timeout=60, check=False
    )

    assert left.returncode == 0


def stub_rasa(folder: Path) -> None:
    for module in (
        "rasa/core/run.py",
        "rasa/shared/utils/validation.py",
        "skops/io.py",
        "ruamel/yaml/nodes.py",
    ):
        (folder / module).parent.mkdir(parents=True, exist_ok=True)
        (folder / module).touch()
    (folder / "rasa" / "__init__.py").touch()
    (folder / "rasa" / "__main__.py").write_text(RASA_ITSELF)
    (folder / "ruamel" / "yaml" / "nodes.py").write_text("class ScalarNode: ...")
    (folder / "ruamel" / "yaml" / "resolver.py").write_text(
        "class VersionedResolver:\n    resolve = None"
    )


def started(child: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, child],
        stdout=subprocess.PIPE,
        env=environment(folder),
        cwd=folder,
    )


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{folder}:{ROOT}"}
