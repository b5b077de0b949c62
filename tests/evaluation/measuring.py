"""Rasa's own process, asked to train and to hear; and what it heard, counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from runtime.model import RASA_PYTHON
from tests.evaluation.figures import ASKED, Figures, Outcome
from tests.evaluation.sentences import ROOT, Sentence


class RasaProcess:
    """One process for every training and hearing: Rasa takes long to come in."""

    def __init__(self, log: IO[str] | None = None) -> None:
        self._process = subprocess.Popen(
            [str(RASA_PYTHON), "-m", "tests.evaluation.in_rasa"],
            cwd=ROOT,
            env=quiet(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log or sys.stderr,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def train(self, folder: Path) -> dict[str, float]:
        """Train on what the folder holds; seconds, Rasa's coming in left out."""
        return self._ask({"train": str(folder)})

    def hear(self, model: Path, lines: Sequence[str]) -> dict[str, Any]:
        """Run the sentences through the whole pipeline of a model."""
        return self._ask({"model": str(model), "lines": list(lines)})

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("Rasa stopped; its last lines say why.")
        answer: dict[str, Any] = json.loads(line)
        return answer


def hear(model: Path, lines: Sequence[str]) -> dict[str, Any]:
    """Hear in a process of its own, so that its memory is that of hearing alone."""
    with RasaProcess() as rasa:
        return rasa.hear(model, lines)


def figures(sentences: Sequence[Sentence], heard: Sequence[dict[str, Any]]) -> Figures:
    """Put what was heard beside what was meant."""
    return Figures(
        [_outcome(said, one) for said, one in zip(sentences, heard, strict=True)]
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
