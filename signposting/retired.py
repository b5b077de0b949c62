"""Numbers that were given up: nothing we publish may carry one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

LIST = Path(__file__).with_name("retired_numbers.yml")


@dataclass(frozen=True)
class RetiredNumbers:
    """The list, as digits only."""

    numbers: tuple[str, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        spaced = (r"[ \-().]*".join(number) for number in self.numbers)
        return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(spaced)})(?![0-9A-Za-z])")

    def found_in(self, text: str) -> Iterator[str]:
        """Give each retired number in a text, however it is spaced, national or +44."""
        plain = re.sub(r"(?:\+44|0044)[ ]?(?:\(0\))?[ ]?", "0", text)
        for match in self._pattern.finditer(plain):
            yield match[0]


def load_retired_numbers(path: Path = LIST) -> RetiredNumbers:
    """Read the list of numbers that were given up."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return RetiredNumbers(
        tuple("".join(filter(str.isdigit, str(row["number"]))) for row in rows)
    )
