"""Numbers that were given up: nothing we publish may carry one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundations.content import read_yaml

LIST = Path(__file__).with_name("retired_numbers.yml")


_BETWEEN_DIGITS = " -().\u00a0"
_BETWEEN = r"[ \-().\u00a0]*"
_SQUEEZE = str.maketrans("", "", _BETWEEN_DIGITS)


@dataclass(frozen=True)
class RetiredNumbers:
    """The list, as digits only."""

    numbers: tuple[str, ...]

    def found_in(self, text: str) -> Iterator[str]:
        """Give each retired number in a text, however it is spaced, national or +44."""
        squeezed = text.translate(_SQUEEZE)
        for number in self.numbers:
            # Nearly always it is not there at all, and that is quick to see.
            if number.removeprefix("0") in squeezed:
                for match in _pattern(number).finditer(text):
                    yield match[0]


@cache
def _pattern(number: str) -> re.Pattern[str]:
    spaced = _BETWEEN.join(number.removeprefix("0"))
    if number.startswith("0"):
        spaced = rf"(?:0|(?:\+|00)44{_BETWEEN}0?){_BETWEEN}{spaced}"
    return re.compile(rf"(?<![0-9A-Za-z]){spaced}(?![0-9A-Za-z])")


@cache
def load_retired_numbers(path: Path = LIST) -> RetiredNumbers:
    """Read the list of numbers that were given up."""
    rows = read_yaml(path)
    return RetiredNumbers(
        tuple("".join(filter(str.isdigit, str(row["number"]))) for row in rows)
    )
