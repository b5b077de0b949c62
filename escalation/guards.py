"""Whether a match stands, given the words around it."""

from collections.abc import Iterator

from escalation.reading import Found, Guards, Sightings
from escalation.routes import Route
from escalation.scenes import Kind, Scene

_BESIDE = 4
_NEAR = 12
_NAMED_WITHIN = 7
_NOT_EXPLAINED_AWAY = (Route.EMERGENCY_NOW, Route.SELF_HARM)


def stands(found: Found, seen: Sightings) -> bool:
    """Tell whether every guard of the phrase lets this match stand."""
    phrase, _, start, end, words_end = found
    guards, ends = seen.guards_of(phrase), seen.any_ends
    if phrase.about_me and seen.is_about_other(start - _NAMED_WITHIN, end):
        return False
    after = words_end + 1, words_end + _BESIDE
    if guards.unless_after and ends(guards.unless_after, *after):
        return False
    if _is_explained_away(found, guards, seen):
        return False
    if guards.needs_near and not (
        ends(guards.needs_near, start - _NEAR, start)
        or ends(guards.needs_near, end + 1, end + _NEAR)
    ):
        return False
    return not guards.needs_anywhere or ends(guards.needs_anywhere)


def _is_explained_away(found: Found, guards: Guards, seen: Sightings) -> bool:
    """Tell whether a guard stands where it counts, and is no part of a scene."""
    start = found.start
    looked_for: tuple[tuple[int, int, int | None], ...] = (
        (
            guards.unless_before,
            max(start - _BESIDE, seen.sentence_start(start)) + 1,
            start,
        ),
        (guards.unless_near, *_around(found, seen)),
        (guards.unless_anywhere, 0, None),
    )
    met = [one for one in looked_for if seen.any_ends(*one)]
    if not met:
        return False
    aside = 0
    for scene in scenes_beside(found, seen):
        aside |= scene.ends
    return not aside or any(seen.any_ends(*one, aside) for one in met)


def scenes_beside(found: Found, seen: Sightings) -> Iterator[Scene]:
    """List what the writer is doing meanwhile, which explains this match not away.

    A story does explain away what is said of somebody else.
    """
    is_own = seen.is_of_the_writer(found)
    for scene in seen.scenes:
        is_beside = not scene.touches(found.start, found.end)
        if is_beside and (is_own or scene.kind is not Kind.STORY):
            yield scene


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
