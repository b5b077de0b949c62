"""Puts values into the gaps of a text. Standard library only: both Pythons use it."""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = re.compile(r"\{([a-z_]+)\}")


class GapNotFilled(KeyError):
    """A text has a gap that nobody gave a value for; names the gap, never a value."""


def gaps_in(text: str) -> frozenset[str]:
    """Name the gaps of a text."""
    return frozenset(GAP.findall(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put each value into its gap, once and as it is.

    What a person wrote may hold braces or anything else: values are never read
    as templates. Raises GapNotFilled rather than show anyone a bare gap.
    """

    def value_of(gap: re.Match[str]) -> str:
        value = values.get(gap[1])
        if value is None:
            raise GapNotFilled(gap[1])
        return str(value)

    return GAP.sub(value_of, text)
