"""A module of the tests, run on Rasa's Python: it prints one answer as JSON."""

import json
import os
import subprocess
from typing import Any

from runtime.model import RASA_PYTHON, ROOT

RUNS = """
import runpy, sys
from runtime.rasa_command import let_rasa_come_in_quickly

let_rasa_come_in_quickly()
runpy.run_module(sys.argv.pop(1), run_name="__main__")
"""


def answer_of(module: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [str(RASA_PYTHON), "-c", RUNS, module, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
