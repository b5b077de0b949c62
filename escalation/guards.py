"""Whether a match stands, given the words around it."""

from escalation.reading import Found, Sightings
from escalation.routes import Route

_BESIDE = 4
_NEAR = 12
_NAMED_WITHIN = 7
_NOT_EXPLAINED_AWAY = (Route.EMERGENCY_NOW, Route.SELF_HARM)


def stands(found: Found, seen: Sightings) -> bool:
    """Tell whether every guard of the phrase lets this match stand."""
    phrase, _, start, end = found
    guards, ends = seen.guards_of(phrase), seen.any_ends
    if phrase.about_me and seen.is_about_other(start - _NAMED_WITHIN, end):
        return False
    if guards.unless_before:
        before = max(start - _BESIDE, seen.sentence_start(start)) + 1
        if ends(guards.unless_before, before, start):
            return False
    if guards.unless_after and ends(guards.unless_after, end + 1, end + _BESIDE):
        return False
    if guards.unless_near and ends(guards.unless_near, *_around(found, seen)):
        return False
    if guards.unless_anywhere and ends(guards.unless_anywhere):
        return False
    if guards.needs_near and not (
        ends(guards.needs_near, start - _NEAR, start)
        or ends(guards.needs_near, end + 1, end + _NEAR)
    ):
        return False
    return not guards.needs_anywhere or ends(guards.needs_anywhere)


def _around(found: Found, seen: Sightings) -> tuple[int, int]:
    """Tell between which places a guard near a match counts.

    What the writer or somebody else did ("ive taken all my tablets") is not explained
    away by another sentence ("my puppy is here").
    """
    low, high = found.start - _NEAR, found.end + _NEAR
    if _says_who(found, seen):
        low = max(low, seen.sentence_start(found.start))
        high = min(high, seen.sentence_end(found.end))
    return low, high


def _says_who(found: Found, seen: Sightings) -> bool:
    route, of = found.phrase.route, (found.start, found.end)
    if route is Route.CONCERN_FOR_OTHER:
        return found.phrase.happening_now and seen.names_other(*of)
    return route in _NOT_EXPLAINED_AWAY and seen.names_writer(*of)
