"""Runs Rasa's command line again and again; Rasa comes in once, which takes longest.

Runs on Rasa's Python. Reads one request a line, as JSON, and answers with one line.
Each command has a process of its own, made from this one once everything is loaded.
"""

import json
import os
import sys
import tempfile
import traceback
from typing import Any

from runtime import rasa_command


def ran(arguments: list[str], folder: str) -> dict[str, Any]:
    """Run one command in a folder; give how it ended and what it said."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            _become(arguments, folder, said.fileno())
        _, status = os.waitpid(child, 0)
        said.seek(0)
        text = said.read().decode(errors="replace")
    return {"returncode": os.waitstatus_to_exitcode(status), "said": text}


def _become(arguments: list[str], folder: str, output: int) -> None:
    """Be the command and nothing else, to its end."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(folder)
    code = 1
    try:
        sys.argv = ["rasa", *arguments]
        rasa_command.main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    rasa_command.let_rasa_come_in_quickly()
    import rasa.__main__
    import rasa.core.run  # noqa: F401

    answers = os.fdopen(os.dup(1), "w")
    # Whatever Rasa prints belongs beside the answers, not among them.
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(ran(**json.loads(line))) + "\n")
        answers.flush()
