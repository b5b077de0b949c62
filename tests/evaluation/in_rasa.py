"""Trains understanding and says sentences to it, in one process that asks Rasa in once.

Runs on Rasa's Python: `.venv-rasa/bin/python -m tests.evaluation.in_rasa`. Reads one
request a line, as JSON, and answers each with one line.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import resource
import sys
import time
from typing import Any

from runtime.rasa_command import let_rasa_come_in_quickly


def trained(folder: str) -> dict[str, Any]:
    """Train on `nlu.yml` with `config.yml`, both in the folder.

    Gives seconds on the clock, and of a processor: other work changes only the first.
    """
    from rasa.model_training import train_nlu

    _look_for_garbage_again()
    started, busy = time.perf_counter(), time.process_time()
    train_nlu(
        config=f"{folder}/config.yml",
        nlu_data=f"{folder}/nlu.yml",
        output=folder,
        fixed_model_name="model",
    )
    return {
        "training_s": time.perf_counter() - started,
        "training_cpu_s": time.process_time() - busy,
    }


async def heard(model: str, lines: list[str]) -> dict[str, Any]:
    """Load a model and hear every line; times in milliseconds, memory in MB."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    _look_for_garbage_again()
    await agent.parse_message("hello")
    found, took = [], []
    for line in lines:
        started = time.perf_counter()
        understood = await agent.parse_message(line)
        took.append((time.perf_counter() - started) * 1000)
        found.append(
            {
                "acted_on": understood["intent"]["name"],
                "ranking": understood["intent_ranking"],
                "several": understood.get("several", []),
            }
        )
    took.sort()
    return {
        "heard": found,
        "median_ms": took[len(took) // 2],
        "p95_ms": took[int(len(took) * 0.95)],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _look_for_garbage_again() -> None:
    """What is loaded stays; what comes from here on is measured as it is in a run."""
    gc.freeze()
    gc.enable()


def main() -> None:
    """Answer until there is nothing more to read."""
    let_rasa_come_in_quickly()
    from rasa.utils.log_utils import configure_structlog

    # Every message would be a line of Rasa's log, and takes longer than hearing it.
    configure_structlog(logging.ERROR)
    answers = os.fdopen(os.dup(1), "w")
    # Whatever Rasa prints belongs beside the answers, not among them.
    os.dup2(2, 1)
    for line in sys.stdin:
        match json.loads(line):
            case {"train": str(folder)}:
                answer = trained(folder)
            case {"model": str(model), "lines": list(lines)}:
                answer = asyncio.run(heard(model, lines))
            case _:
                raise ValueError("asked for neither training nor hearing")
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
