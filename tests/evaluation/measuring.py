"""Has a trained model hear sentences in Rasa's own process, and counts."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from runtime.model import RASA_PYTHON
from tests.evaluation.figures import ASKED, Figures, Outcome
from tests.evaluation.sentences import ROOT, Sentence


def hear(
    model: Path, lines: Sequence[str], python: Path = RASA_PYTHON
) -> dict[str, Any]:
    """Run the sentences through the whole pipeline of a model."""
    ran = subprocess.run(
        [str(python), "-m", "tests.evaluation.hear", str(model)],
        input=json.dumps(list(lines)),
        cwd=ROOT,
        env=quiet(),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-3000:])
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


def figures(sentences: Sequence[Sentence], answer: dict[str, Any]) -> Figures:
    """Put what was heard beside what was meant."""
    return Figures(
        [
            _outcome(said, heard)
            for said, heard in zip(sentences, answer["heard"], strict=True)
        ]
    )


def quiet() -> dict[str, str]:
    """Give the environment in which Rasa says little."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def _outcome(said: Sentence, heard: dict[str, Any]) -> Outcome:
    ranked = [each for each in heard["ranking"] if each["name"] != ASKED]
    return Outcome(
        text=said.text,
        meant=said.meant,
        guessed=ranked[0]["name"],
        acted_on=heard["acted_on"],
        confidence=ranked[0]["confidence"],
    )
