"""Says sentences to a trained model and prints what it made of each, as JSON.

Runs on Rasa's Python: `.venv-rasa/bin/python -m tests.evaluation.hear MODEL < LINES`.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from typing import Any


async def heard(model: str, lines: list[str]) -> dict[str, Any]:
    """Load a model and hear every line; times in milliseconds, memory in MB."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)
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


if __name__ == "__main__":
    said = json.load(sys.stdin)
    sys.stdout.write(json.dumps(asyncio.run(heard(sys.argv[1], said))) + "\n")
