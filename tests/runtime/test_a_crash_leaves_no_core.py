"""A gateway that crashes writes none of its memory to a file."""

import signal
import subprocess
import sys
from pathlib import Path

CRASHES = """
import os, resource
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
from runtime.gateway_process import leave_no_core
leave_no_core()
print(open("/proc/self/limits").read().split("Max core file size")[1].split()[:2])
import sys; sys.stdout.flush()
words = "my lantern is called marmalade heron"
os.abort()
"""


def test_a_crash_leaves_no_memory_behind(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    crashed = subprocess.run(
        [sys.executable, "-c", CRASHES],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert crashed.returncode == -signal.SIGABRT, crashed.stderr
    assert crashed.stdout.strip() == "['0', '0']"
    assert list(tmp_path.iterdir()) == []
