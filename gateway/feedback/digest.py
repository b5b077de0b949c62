"""The monthly digest for the youth panel: counts are bands, and few lines are kept."""

from pathlib import Path
from typing import Final

from channels.staff.counted import FEWEST, counted
from storage.feedback import Helped, Month

TEMPLATE: Final = Path(__file__).parent / "digest.md"


def digest(said: Month) -> str:
    """Write a month down so that nobody can be found in it: counts are bands."""
    answers = {
        helped.value: str(counted(said.helped.count(helped))) for helped in Helped
    }
    return TEMPLATE.read_text(encoding="utf-8").format(
        month=said.month,
        total=counted(len(said.helped)),
        lines=_lines(said.words),
        **answers,
    )


def _lines(words: tuple[str, ...]) -> str:
    if len(words) < FEWEST:
        return f"(fewer than {FEWEST}: kept back)"
    return "\n".join(f"- {' '.join(line.split())}" for line in words)
