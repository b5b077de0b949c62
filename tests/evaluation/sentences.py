"""The sentences that understanding is measured by: held back, and trained on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
HELD_BACK = ROOT / "tests" / "bot" / "held_back"
FRESH = ROOT / "tests" / "bot" / "fresh"
TRAINED_ON = ROOT / "bot" / "data"


@dataclass(frozen=True)
class Sentence:
    """Something a young person might type, and what is meant by it."""

    text: str
    meant: str


def held_back() -> list[Sentence]:
    """Give the sentences that nothing is ever trained on, 12 for each meaning."""
    return _sentences(HELD_BACK)


def fresh() -> list[Sentence]:
    """Give the sentences of later authors, written batch by batch; never trained on."""
    return _sentences(FRESH)


def trained_on() -> list[Sentence]:
    """Give every example that Rasa is trained on."""
    return [
        Sentence(line.strip().removeprefix("- "), entry["intent"])
        for file in sorted(TRAINED_ON.rglob("*.yml"))
        for entry in _read(file).get("nlu") or ()
        if "intent" in entry
        for line in entry["examples"].splitlines()
    ]


def plain(text: str) -> str:
    """Reduce a sentence to what makes it the same as another."""
    return " ".join(text.lower().replace("'", "").split())


def _sentences(folder: Path) -> list[Sentence]:
    return [
        Sentence(line, meant)
        for file in sorted(folder.glob("*.yml"))
        for meant, lines in _read(file).items()
        for line in lines.splitlines()
    ]


def _read(file: Path) -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return found
