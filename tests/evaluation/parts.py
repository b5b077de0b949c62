"""The parts of the measuring: each is kept as it finishes, and not measured twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.evaluation.figures import Figures, Outcome
from tests.evaluation.sentences import ROOT, Sentence, held_back, trained_on

KEPT = ROOT / "var" / "evaluation"
HANDS = 3
WHOLE = "whole"
PARTS = (WHOLE, *(f"hand{hand}" for hand in range(HANDS)))
SHARED = (
    "bot/understanding.py",
    "bot/sentence_model.py",
    "bot/as_typed.py",
    "bot/text_speak.yml",
)


@dataclass(frozen=True)
class Part:
    """What one model heard, and what it took; seconds, milliseconds and MB.

    `training_s` is on the clock; `training_cpu_s`, of a processor, is 0 where unknown.
    `whole` is trained on every example and hears what is held back; a hand hears a
    third of the examples, trained on the other two.
    """

    outcomes: list[Outcome]
    training_s: float
    median_ms: float
    p95_ms: float
    memory_mb: float
    model_mb: float
    measured_on: str = ""
    training_cpu_s: float = 0.0

    @property
    def figures(self) -> Figures:
        """Count what was heard."""
        return Figures(self.outcomes)


def dealt(part: str) -> tuple[list[Sentence], list[Sentence]]:
    """Give what a part is trained on, and what it hears."""
    examples = trained_on()
    if part == WHOLE:
        return examples, held_back()
    hand = PARTS.index(part) - 1
    out = [each for at, each in enumerate(examples) if at % HANDS == hand]
    rest = [each for at, each in enumerate(examples) if at % HANDS != hand]
    return rest, out


def made_from(made_by: Path) -> str:
    """Hash what every part of a pipeline is made from."""
    digest = hashlib.sha256(made_by.read_bytes())
    for source in SHARED:
        digest.update((ROOT / source).read_bytes())
    for each in (*trained_on(), *held_back()):
        digest.update(f"{each.meant}\t{each.text}\n".encode())
    return digest.hexdigest()


def keep(pipeline: str, name: str, part: Part, source: str) -> None:
    """Keep a part at once: whatever is stopped later, this was measured."""
    kept = {**asdict(part), "measured_on": datetime.now(UTC).date().isoformat()}
    file = KEPT / pipeline / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"made_from": source, "part": kept}), encoding="utf-8")


def kept(pipeline: str, name: str, source: str) -> Part | None:
    """Give a part that was measured from the same files, if there is one."""
    file = KEPT / pipeline / f"{name}.json"
    if not file.exists():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if found["made_from"] != source:
        return None
    part = found["part"]
    return Part(**{**part, "outcomes": [Outcome(**each) for each in part["outcomes"]]})
