"""Whether a match stands, given the words around it."""

from bisect import bisect_left
from collections.abc import Iterable

from escalation.reading import Found, Sightings

_BESIDE = 4
_NEAR = 12
_NAMED_WITHIN = 7


def stands(found: Found, seen: Sightings) -> bool:
    """Tell whether every guard of the phrase lets this match stand."""
    phrase, start, end = found.phrase, found.start, found.end
    near = (start - _NEAR, end + _NEAR)
    before = max(start - _BESIDE, seen.sentence_start(start)) + 1
    if phrase.about_me and seen.is_about_other(start - _NAMED_WITHIN, end):
        return False
    if _any(phrase.unless_before, seen, before, start):
        return False
    if _any(phrase.unless_after, seen, end + 1, end + _BESIDE):
        return False
    if _any(phrase.unless_near, seen, *near):
        return False
    if phrase.unless_anywhere and not seen.guards.keys().isdisjoint(
        phrase.unless_anywhere
    ):
        return False
    if phrase.needs_near and not (
        _any(phrase.needs_near, seen, near[0], start)
        or _any(phrase.needs_near, seen, end + 1, near[1])
    ):
        return False
    return not phrase.needs_anywhere or not seen.guards.keys().isdisjoint(
        phrase.needs_anywhere
    )


def _any(names: Iterable[str], seen: Sightings, low: int, high: int) -> bool:
    """Tell whether one of these guards ended between two places, both included."""
    for name in names:
        ends = seen.guards.get(name)
        if ends:
            at = bisect_left(ends, low)
            if at < len(ends) and ends[at] <= high:
                return True
    return False
