"""The crisis screen: words in, route out; no model, no network, no database."""

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from escalation.asked_of_us import Asked, asked_of_us, only_names
from escalation.guards import scenes_beside, stands
from escalation.heard import Heard, hear
from escalation.joining import (
    LONGEST_JOINED,
    LONGEST_RECENT,
    MOST_RECENT,
    Joined,
    joined,
    seams,
)
from escalation.kept import laid_out
from escalation.normalise import SENTENCE_EDGE, Word, words
from escalation.phrasebook import Phrase
from escalation.reading import Found, Sightings
from escalation.routes import NOTHING_FOUND, SAY_FIRST, Recent, Route, Screening
from escalation.tally import MOST_WEIGHED, Tally

_LONGEST_ANSWER = 8
_ONESELF = frozenset({"i", "im", "am"})
_MOST_SHIELDS = 80
_DENIED = "alike.denied"
_ASKED_AND_NO_MORE = (Asked.WHOLE, Asked.OPENING)
_TAKES_IT_BACK = frozenset({"but", "bt", "buh", "except", "although", "however"})
"""What follows one of these says more than the denial before it."""
_MAY_BE_ANOTHERS = (Route.SUICIDE, Route.SELF_HARM, Route.HARM_FROM_OTHERS)

# What is laid out here is never garbage: keep the collector from walking it.
_collects = gc.isenabled()
gc.disable()
_BOOK, _READER = laid_out()
gc.freeze()
if _collects:
    gc.enable()
_BY_ID = {phrase.id: phrase for phrase in _BOOK.phrases}
_HARM_WORDS = _BOOK.lexicon.named("harm_word").words


@dataclass(frozen=True)
class Explained:
    """What the screen read and which matches stood: for review, never for records.

    `is_left_open`: something matched that does not stand in these words alone, and
    might beside others.
    """

    words: tuple[Word, ...]
    stood: tuple[Found, ...]
    shields: tuple[Found, ...]
    steps: int
    is_left_open: bool


def explain(row: Sequence[Word], since: int = 0, until: int | None = None) -> Explained:
    """Read a row of words and weigh matches that touch words since..until."""
    seen = _READER.read(row)
    until = len(row) if until is None else until
    shields = _shields(seen) if seen.matched else ()
    covered = _covered(row, shields)
    matched: dict[str, Found] = {}
    tally = Tally()
    for hit in seen.hits(MOST_WEIGHED):
        phrase = hit.phrase
        if phrase.id in matched or not tally.may_weigh(phrase):
            continue
        found = seen.spell_out(hit)
        if found.end <= since or found.start >= until:
            continue
        if _is_shielded(found, covered, shields, seen):
            continue
        if stands(found, seen) and tally.enough(found):
            matched[phrase.id] = found
    stood = _about_whom(matched, seen)
    return Explained(
        tuple(row),
        tuple(stood.values()),
        shields,
        steps=seen.steps + sum(tally.weighed.values()) + len(shields),
        is_left_open=any(
            phrase.id not in stood and not _leans(phrase) for phrase in seen.phrases()
        ),
    )


def _about_whom(stood: dict[str, Found], seen: Sightings) -> dict[str, Found]:
    """Leave a worry about somebody else to its own route, unless the writer is named.

    "My friend is being hit" says nothing of the writer; "she hits me too" does.
    """
    if not any(
        one.phrase.route is Route.CONCERN_FOR_OTHER
        and seen.names_other(one.start, one.end)
        for one in stood.values()
    ):
        return stood
    return {
        name: one
        for name, one in stood.items()
        if one.phrase.route not in _MAY_BE_ANOTHERS
        or seen.names_writer(one.start, one.end)
    }


def patterns() -> tuple[tuple[str, str], ...]:
    """List every pattern of a crisis route, with the phrase it belongs to."""
    return tuple(
        (phrase.id, pattern)
        for phrase in _BOOK.phrases
        if phrase.route is not Route.NONE
        for pattern in phrase.patterns
    )


def patterns_that_stand(row: Sequence[Word]) -> set[tuple[str, str]]:
    """Name every pattern that stands in a row, even when its phrase has another.

    One whose phrase asks for more places than it stands in counts for nothing.
    """
    seen = _READER.read(row)
    shields = _shields(seen)
    covered = _covered(row, shields)
    tally = Tally()
    standing: set[tuple[str, str]] = set()
    enough: set[str] = set()
    for found in map(seen.spell_out, seen.hits()):
        if not _is_shielded(found, covered, shields, seen) and stands(found, seen):
            standing.add((found.phrase.id, found.pattern))
            if tally.enough(found):
                enough.add(found.phrase.id)
    return {one for one in standing if one[0] in enough}


def look_alikes(row: Sequence[Word]) -> tuple[Found, ...]:
    """Find every look-alike in a row of words, for review."""
    return _shields(_READER.read(row))


def denies_plainly(text: str) -> bool:
    """Tell a few words that say it is not so from any that go on after a "but"."""
    row = words(text)
    said = [word for word in row if word is not SENTENCE_EDGE]
    if len(said) > _LONGEST_ANSWER or any(map(_TAKES_IT_BACK.intersection, said)):
        return False
    return any(one.phrase.id == _DENIED for one in look_alikes(row))


def _shields(seen: Sightings) -> tuple[Found, ...]:
    """Find the look-alikes that stand, the last ones first."""
    found = map(seen.spell_out, seen.look_alikes(_MOST_SHIELDS))
    return tuple(one for one in found if stands(one, seen))


def _is_shielded(
    found: Found, covered: int, shields: tuple[Found, ...], seen: Sightings
) -> bool:
    """Tell whether a look-alike explains a match away, and is no part of a scene."""
    if found.phrase.even_if_shielded or not covered & _span(found):
        return False
    beside = list(scenes_beside(found, seen))
    if not beside:
        return True
    left = tuple(
        one
        for one in shields
        if not any(scene.touches(one.start, one.end) for scene in beside)
    )
    return bool(_covered(seen.words, left) & _span(found))


def _span(found: Found) -> int:
    return (1 << found.end) - (1 << found.start)


def _covered(row: Sequence[Word], shields: tuple[Found, ...]) -> int:
    """Mark the words of harm that a look-alike explains away, one bit per word."""
    covered = 0
    for shield in shields:
        for at in range(shield.start, shield.end):
            if not _HARM_WORDS.isdisjoint(row[at]):
                covered |= 1 << at
    return covered


def screen(text: str, recent: Sequence[Recent] = ()) -> Screening:
    """Say which route a message takes; never raises, and is the same every time.

    `recent` is the person's last few messages, oldest first, so that a sentence split
    over several is still found. What an earlier message said alone does not count.
    """
    newest = words(text)
    alone = explain(newest)
    if alone.stood and asked_of_us(text) in _ASKED_AND_NO_MORE:
        # "Hide my plan from my brother" is asked of us, and is all that was written.
        return NOTHING_FOUND
    found = list(alone.stood)
    if recent:
        # A text that says it by itself is no half of a sentence sent out of order.
        together = joined(newest, recent, shuffled=not found, has_said=_has_said)
        more = _said_together(together, alone, recent)
        if more and (counts := _may_go_on(text, recent)) is not recent:
            return screen(text, counts)
        if more and _says_ok(text, newest):
            # "Im ok" is of themselves: no half of a worry about somebody else.
            worry = Route.CONCERN_FOR_OTHER
            more = [one for one in more if one.phrase.route is not worry]
        found += () if more and _says_safe(text, newest) else more
    return _routed(found)


def _may_go_on(text: str, recent: Sequence[Recent]) -> Sequence[Recent]:
    """Leave out what this is no other half of; it is only asked where it matters.

    "Can i stop" is whole. "Carry on" may end "i cant", but no question to us.
    """
    since = _since_safe(recent)
    match asked_of_us(text):
        case Asked.WHOLE | Asked.OPENING:
            return ()
        case Asked.BARE:
            left = [one for one in since if asked_of_us(one.text) is None]
        case None:
            left = [one for one in since if not _opens_nothing(one.text)]
            left = _before_names(left) if only_names(text) else left
    return since if len(left) == len(since) else left


def _before_names(recent: Sequence[Recent]) -> list[Recent]:
    """Leave out the names just before another: "my mum", "my bed" are of a list.

    "My stepdad", "gets in", "my bed" is a sentence: not every name is left out.
    """
    listed = list(takewhile(_is_of_a_list, reversed(recent)))
    return list(recent[: len(recent) - len(listed)])


def _is_of_a_list(earlier: Recent) -> bool:
    """Tell a name, and a "next" between names."""
    return only_names(earlier.text) or asked_of_us(earlier.text) is not None


def _opens_nothing(text: str) -> bool:
    """Tell a request that is the first half of no sentence, as most requests are.

    One that may open a sentence is left out too if it holds words of a crisis.
    """
    match asked_of_us(text):
        case Asked.WHOLE:
            return True
        case Asked.OPENING:
            return bool(explain(words(text)).stood)
        case _:
            return False


def _since_safe(recent: Sequence[Recent]) -> Sequence[Recent]:
    """Leave out what was said before an "I'm safe": no sentence goes on across it."""
    for at in reversed(range(len(recent))):
        if _says_safe(recent[at].text, words(recent[at].text[-LONGEST_RECENT:])):
            return recent[at + 1 :]
    return recent


def _said_together(
    together: Sequence[Joined], alone: Explained, recent: Sequence[Recent]
) -> list[Found]:
    """Find what only several messages say, and what has not had its words yet.

    What is known of an earlier message (`reasons`) has had its words: "I took them all"
    and then "ok now what" is no second emergency. Where nothing is known, it may have.
    """
    before = recent[-MOST_RECENT:]
    known = {one.phrase.id for one in alone.stood}
    said = _words_of(id for one in before for id in one.reasons or ())
    worth_reading = together
    if not alone.is_left_open:
        worth_reading = _matching(
            together,
            lambda one: one.id not in known and _asks_for(one) not in said,
        )
    found = [
        one
        for joined in worth_reading
        for one in explain(joined.row, joined.since, joined.until).stood
        if _is_one_sentence(one)
    ]
    if not found:
        return []
    alone_before = {id for one in before for id in _reasons(one)}
    return [
        one
        for one in found
        if one.phrase.id not in alone_before and _asks_for(one.phrase) not in said
    ]


def _words_of(reasons: Iterable[str]) -> set[tuple[Route, bool]]:
    """List which fixed words these were answered with: they have been said."""
    return {_asks_for(_BY_ID[id]) for id in reasons if id in _BY_ID}


def _asks_for(phrase: Phrase) -> tuple[Route, bool]:
    return phrase.route, phrase.happening_now


def _says_safe(text: str, row: Sequence[Word]) -> bool:
    """Tell an answer ("I'm safe now") from the other half of a sentence."""
    return len(row) <= _LONGEST_ANSWER and hear(text) is Heard.SAFE


def _says_ok(text: str, row: Sequence[Word]) -> bool:
    """Tell "im ok", which is of whoever writes, from "ok", which may end anything."""
    begins = any(not _ONESELF.isdisjoint(word) for word in row[1:2])
    is_short = begins and len(row) <= _LONGEST_ANSWER
    return is_short and hear(text) is Heard.SAYS_OK


def _matching(
    together: Sequence[Joined], is_new: Callable[[Phrase], bool]
) -> list[Joined]:
    """Keep what has a new match across its seam: nothing else of it is new.

    The few words about each seam are enough to look at, all of them in one go; whether
    a match stands is for the whole row to say.
    """
    if not together:
        return []
    row, places = seams(together)
    seen = _READER.read(row)
    across: set[int] = set()
    for hit in seen.hits():
        if _leans(hit.phrase) or not is_new(hit.phrase):
            continue
        found = seen.spell_out(hit)
        at, before, after = places[found.start]
        if found.start < after and found.end > before and _is_one_sentence(found):
            across.add(at)
    return [together[at] for at in sorted(across)]


def _reasons(earlier: Recent) -> Sequence[str]:
    """Give what was found in an earlier message, or look at it by itself."""
    if earlier.reasons is not None:
        return earlier.reasons
    alone = explain(words(earlier.text[-LONGEST_RECENT:]))
    return [one.phrase.id for one in alone.stood]


def _has_said(earlier: Recent) -> bool:
    return bool(_reasons(earlier))


def _is_one_sentence(found: Found) -> bool:
    """Read together, only what is short and needs no other sign can be one sentence."""
    return found.end - found.start <= LONGEST_JOINED and not _leans(found.phrase)


def _leans(phrase: Phrase) -> bool:
    """Tell whether other signs are needed: between two messages they are chance."""
    return bool(phrase.needs_near or phrase.needs_anywhere or phrase.places > 1)


def _routed(found: Sequence[Found]) -> Screening:
    if not found:
        return NOTHING_FOUND
    routes = [one.phrase.route for one in found]
    ids = sorted({one.phrase.id for one in found})
    return Screening(
        route=next(route for route in SAY_FIRST if route in routes),
        reasons=tuple(ids),
        happening_now=any(one.phrase.happening_now for one in found),
        names_another=Route.CONCERN_FOR_OTHER in routes,
        by_somebody=Route.HARM_FROM_OTHERS in routes
        or any(one.phrase.by_somebody for one in found),
    )
