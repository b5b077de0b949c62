"""The monthly digest for the youth panel: small numbers are suppressed."""

from pathlib import Path
from typing import Final

from storage.feedback import Helped, Month

FEWEST: Final = 5
"""A count below this is not shown, and lines are not shown before there are as many."""

TEMPLATE: Final = Path(__file__).parent / "digest.md"


def digest(said: Month) -> str:
    """Write a month down so that nobody can be found in it.

    When one count alone is too small, the smallest of the others is hidden with it:
    it could be worked out from the total.
    """
    counts = {helped: said.helped.count(helped) for helped in Helped}
    hidden = {helped for helped, count in counts.items() if 0 < count < FEWEST}
    if len(hidden) == 1:
        others = [h for h in Helped if h not in hidden and counts[h]]
        hidden.update(sorted(others, key=counts.__getitem__)[:1])
    total = len(said.helped)
    return TEMPLATE.read_text(encoding="utf-8").format(
        month=said.month,
        total=total if total >= FEWEST or total == 0 else _FEW,
        lines=_lines(said.words),
        **{
            helped.value: _FEW if helped in hidden else count
            for helped, count in counts.items()
        },
    )


_FEW: Final = f"fewer than {FEWEST}, or kept back"


def _lines(words: tuple[str, ...]) -> str:
    if len(words) < FEWEST:
        return f"({_FEW})"
    return "\n".join(f"- {' '.join(line.split())}" for line in words)
