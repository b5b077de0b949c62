"""The crisis screen: words in, route out; no model, no network, no database."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field

from escalation.guards import stands
from escalation.normalise import SENTENCE_EDGE, Word, across, words
from escalation.phrasebook import Phrase, load
from escalation.reading import Found, Reader, Sightings
from escalation.routes import NOTHING_FOUND, SAY_FIRST, Recent, Route, Screening

_JOINED_WITHIN_S = 600.0
_SHUFFLED_WITHIN_S = 10.0
_MOST_RECENT = 4
_MOST_RECENT_WORDS = 60
_LONGEST_RECENT = 600
_LONGEST_JOINED = 8
_MOST_WEIGHED = 12
_MOST_SHIELDS = 80
_MAY_BE_ANOTHERS = (Route.SUICIDE, Route.SELF_HARM, Route.HARM_FROM_OTHERS)

# What is laid out here is never garbage: keep the collector from walking it.
_collects = gc.isenabled()
gc.disable()
_BOOK = load()
_READER = Reader(_BOOK)
gc.freeze()
if _collects:
    gc.enable()
_HARM_WORDS = _BOOK.lexicon.named("harm_word").words


@dataclass(frozen=True)
class Explained:
    """What the screen read and which matches stood: for review, never for records."""

    words: tuple[Word, ...]
    stood: tuple[Found, ...]
    shields: tuple[Found, ...]
    steps: int


def explain(row: Sequence[Word], since: int = 0, until: int | None = None) -> Explained:
    """Read a row of words and weigh matches that touch words since..until."""
    seen = _READER.read(row)
    until = len(row) if until is None else until
    hits = [hit for hit in seen.hits if _route(seen, hit) is not Route.NONE]
    shields = _shields(seen) if hits else ()
    covered = _covered(row, shields)
    stood: dict[str, Found] = {}
    tally = _Tally()
    for hit in reversed(hits):
        phrase = _READER.phrase_of(seen, hit)
        if phrase.id in stood or not tally.may_weigh(phrase):
            continue
        found = _READER.spell_out(seen, hit)
        if found.end <= since or found.start >= until:
            continue
        if not phrase.even_if_shielded and covered & _span(found):
            continue
        if stands(found, seen) and tally.enough(found):
            stood[phrase.id] = found
    stood = _about_whom(stood, seen)
    steps = seen.steps + sum(tally.weighed.values()) + len(shields)
    return Explained(tuple(row), tuple(stood.values()), shields, steps)


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
    """Name every pattern that stands in a row, even when its phrase has another."""
    seen = _READER.read(row)
    covered = _covered(row, _shields(seen))
    return {
        (found.phrase.id, found.pattern)
        for hit in seen.hits
        if _route(seen, hit) is not Route.NONE
        for found in (_READER.spell_out(seen, hit),)
        if (found.phrase.even_if_shielded or not covered & _span(found))
        and stands(found, seen)
    }


def look_alikes(row: Sequence[Word]) -> tuple[Found, ...]:
    """Find every look-alike in a row of words, for review."""
    return _shields(_READER.read(row))


def _route(seen: Sightings, hit: tuple[int, int]) -> Route:
    return _READER.phrase_of(seen, hit).route


@dataclass
class _Tally:
    """How many matches of each phrase were weighed, and in how many places it stood.

    Matches are weighed from the end of the text, so a long text cannot hide its end.
    """

    weighed: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)

    def may_weigh(self, phrase: Phrase) -> bool:
        """Count one more match of a phrase; tell whether it may still be weighed."""
        self.weighed[phrase.id] = self.weighed.get(phrase.id, 0) + 1
        return self.weighed[phrase.id] <= _MOST_WEIGHED

    def enough(self, found: Found) -> bool:
        """Count a place if it is clear of the last one; tell whether it is enough."""
        name = found.phrase.id
        if found.end <= self.before.get(name, found.end):
            self.before[name] = found.start
            self.places[name] = self.places.get(name, 0) + 1
        return self.places.get(name, 0) >= found.phrase.places


def _shields(seen: Sightings) -> tuple[Found, ...]:
    """Find the look-alikes that stand, the last ones first."""
    hits = [hit for hit in reversed(seen.hits) if _route(seen, hit) is Route.NONE]
    found = (_READER.spell_out(seen, hit) for hit in hits[:_MOST_SHIELDS])
    return tuple(one for one in found if stands(one, seen))


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
    found = list(explain(newest).stood)
    # A text that says it by itself is no half of a sentence sent out of order.
    together: list[Found] = []
    for row, since, until in _joined(newest, recent, shuffled=not found):
        together += filter(_is_one_sentence, explain(row, since, until).stood)
    if together:
        said = _said_before(recent)
        found += (one for one in together if one.phrase.id not in said)
    return _routed(found)


def _said_before(recent: Sequence[Recent]) -> set[str]:
    """List what earlier messages were found to say: it has had its answer."""
    return {id for one in recent[-_MOST_RECENT:] for id in _reasons(one)}


def _reasons(earlier: Recent) -> Sequence[str]:
    """Give what was found in an earlier message, or look at it by itself."""
    if earlier.reasons is not None:
        return earlier.reasons
    alone = explain(words(earlier.text[-_LONGEST_RECENT:]))
    return [one.phrase.id for one in alone.stood]


def _is_one_sentence(found: Found) -> bool:
    """Read together, only what is short and needs no other sign can be one sentence.

    Signs that count together in one message are chance between two.
    """
    phrase = found.phrase
    leans = phrase.needs_near or phrase.needs_anywhere or phrase.places > 1
    return not leans and found.end - found.start <= _LONGEST_JOINED


def _routed(found: Sequence[Found]) -> Screening:
    if not found:
        return NOTHING_FOUND
    routes = {one.phrase.route for one in found}
    ids = sorted({one.phrase.id for one in found})
    return Screening(
        route=next(route for route in SAY_FIRST if route in routes),
        reasons=tuple(ids),
        happening_now=any(one.phrase.happening_now for one in found),
    )


def _joined(
    newest: list[Word], recent: Sequence[Recent], *, shuffled: bool
) -> list[tuple[list[Word], int, int]]:
    """Lay earlier messages beside the newest: before it, and after it if shuffled."""
    near = [one for one in recent if one.age_s <= _JOINED_WITHIN_S][-_MOST_RECENT:]
    read = [words(one.text[-_LONGEST_RECENT:])[-_MOST_RECENT_WORDS:] for one in near]
    rows = []
    earlier: list[Word] = []
    for row in read:
        earlier = _beside(earlier, row)
    if earlier:
        rows.append(_before(earlier, newest))
    for one, row in zip(near, read, strict=True) if shuffled else ():
        # What was found alone has had its answer: it was no half of a sentence.
        if one.age_s <= _SHUFFLED_WITHIN_S and not _reasons(one):
            tail = newest[-_MOST_RECENT_WORDS:]
            rows.append((_beside(tail, row), 0, len(tail) - 1))
            if len(near) > 1:
                rows.append(_before(row, newest))
    return rows


def _before(earlier: list[Word], newest: list[Word]) -> tuple[list[Word], int, int]:
    """Lay words before the start of the newest; only matches that touch it count."""
    head = newest[:_MOST_RECENT_WORDS]
    row = _beside(earlier, head)
    return row, len(row) - len(head) + 1, len(row)


def _beside(first: list[Word], then: list[Word]) -> list[Word]:
    """Join two rows as one sentence, mending a word that was cut between them."""
    if not first:
        return then
    trimmed = first[:-1] if first[-1] is SENTENCE_EDGE else first
    rest = then[1:] if then[0] is SENTENCE_EDGE else then
    if trimmed and rest and (whole := across(trimmed[-1], rest[0])):
        return [*trimmed[:-1], whole, *rest[1:]]
    return trimmed + rest
