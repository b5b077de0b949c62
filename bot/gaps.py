"""Puts values into the gaps of a text. Standard library only: both Pythons use it."""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = re.compile(r"\{([a-z_]+)\}")
_OF_A_CHARITY = frozenset({"organisation", "next"})
_ENDS_A_SENTENCE = (". ", "! ", "? ")


class GapNotFilled(KeyError):
    """A text has a gap that nobody gave a value for; names the gap, never a value."""


def gaps_in(text: str) -> frozenset[str]:
    """Name the gaps of a text."""
    return frozenset(GAP.findall(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put each value into its gap, once and as it is.

    What a person wrote may hold braces or anything else: values are never read
    as templates. A charity's name that begins a sentence does so with a capital letter.
    Raises GapNotFilled rather than show anyone a bare gap.
    """

    def value_of(gap: re.Match[str]) -> str:
        value = values.get(gap[1])
        if value is None:
            raise GapNotFilled(gap[1])
        if gap[1] in _OF_A_CHARITY and _begins_a_sentence(text, gap):
            return re.sub(r"\Athe ", "The ", str(value))
        return str(value)

    return GAP.sub(value_of, text)


def _begins_a_sentence(text: str, gap: re.Match[str]) -> bool:
    """A name before a comma begins a list of names, which stands in a sentence."""
    before = text[: gap.start()]
    is_listed = text.startswith(",", gap.end())
    return (not before or before.endswith(_ENDS_A_SENTENCE)) and not is_listed
