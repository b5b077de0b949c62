"""Find every phrase of the phrasebook in a row of words, in one pass."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from escalation.grammar import EDGE
from escalation.machine import Machine
from escalation.needs import number_of
from escalation.normalise import Word
from escalation.phrasebook import GUARDS, Phrase, Phrasebook
from escalation.routes import Route
from escalation.row import Pattern, Row, last_first
from escalation.scenes import Scene, scenes

_PEOPLE = (("i", "the_writer"), ("m", "of_the_writer"), ("o", "someone_named"))
_ALL = 1_000_000


class Hit(NamedTuple):
    """That a pattern matches: where it ends, which phrase's it is, and its text."""

    end: int
    laid_out: Pattern
    phrase: Phrase
    pattern: str


class Found(NamedTuple):
    """One match: which phrase, by which pattern, from which word to which.

    `words_end` is where its words end, if it ends in a gap ("..6") and they are asked.
    """

    phrase: Phrase
    pattern: str
    start: int
    end: int
    words_end: int


class Guards(NamedTuple):
    """The guard patterns of one phrase, by the way it uses them: none, or some bits."""

    unless_before: int
    unless_after: int
    unless_near: int
    unless_anywhere: int
    needs_near: int
    needs_anywhere: int


class _Asked:
    """Guards that were asked about: where some end, and those not looked for yet."""

    __slots__ = ("ends", "rest")

    def __init__(self, rest: list[Pattern]) -> None:
        self.ends, self.rest = 0, rest


class Sightings:
    """All that one pass saw: crisis words, and what else is in the text if asked."""

    def __init__(self, reader: "Reader", words: Sequence[Word], row: Row) -> None:
        self._reader, self.words, self._row = reader, words, row
        self._guards: dict[int, _Asked] = {}
        self._guard_ends: dict[int, int] = {}
        self.matched = self._all_of(reader.crisis)

    def _all_of(self, bits: int) -> list[tuple[Pattern, int]]:
        """Give the patterns that match, of these, and where each of them ends."""
        row = self._row
        possible = self._reader.machine.patterns(row.possible & bits)
        return [(one, ends) for one in possible if (ends := row.ends(one))]

    @property
    def steps(self) -> int:
        """Count the steps that reading took until now."""
        return self._row.taken

    def phrases(self) -> list[Phrase]:
        """List the crisis phrases that match, whether they stand or not."""
        return [self._reader.owners[one.owner][0] for one, _ in self.matched]

    def hits(self, most: int = _ALL) -> Iterator[Hit]:
        """List the crisis matches, the last first: so many of each pattern at most."""
        return self._last_first(self.matched, most)

    def look_alikes(self, most: int) -> Iterator[Hit]:
        """List the last so many look-alikes, the last first."""
        hits = self._last_first(self._all_of(self._reader.look_alikes), most)
        return islice(hits, most)

    def _last_first(
        self, matched: list[tuple[Pattern, int]], most: int
    ) -> Iterator[Hit]:
        places = [
            (end, one.bit, one)
            for one, ends in matched
            for end in last_first(ends, most)
        ]
        places.sort(reverse=True)
        owners = self._reader.owners
        return (Hit(end, one, *owners[one.owner]) for end, _, one in places)

    def spell_out(self, hit: Hit) -> Found:
        """Say which words one hit covers."""
        end, words_end = hit.end, hit.end
        if hit.phrase.unless_after:
            words_end = self._row.last_words_end(hit.laid_out, end)
        start = self._row.start(hit.laid_out, end)
        return Found(hit.phrase, hit.pattern, start, end, words_end)

    def guards_of(self, phrase: Phrase) -> Guards:
        """Give the bits of the patterns that a phrase is guarded by."""
        return self._reader.guards[phrase.id]

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """What the writer is doing meanwhile; looked for only when it matters."""
        seen = scenes(self.words)
        self._row.taken += seen.steps
        return seen.found

    def any_ends(
        self, guards: int, low: int = 0, high: int | None = None, aside: int = 0
    ) -> bool:
        """Tell whether one of these guards ends between two places, both included.

        `aside` are places that do not count. A guard is looked for only when a match
        asks about it, and then once.
        """
        guards &= self._row.possible
        if not guards:
            return False
        asked = self._guards.get(guards)
        if asked is None:
            asked = _Asked(self._reader.machine.patterns(guards))
            self._guards[guards] = asked
        between = (-1 << max(low, 0)) & ~aside
        if high is not None:
            between &= (1 << max(high + 1, 0)) - 1
        while not asked.ends & between:
            if not asked.rest:
                return False
            asked.ends |= self._ends_of_guard(asked.rest.pop())
        return True

    def _ends_of_guard(self, guard: Pattern) -> int:
        known = self._guard_ends
        if guard.bit not in known:
            known[guard.bit] = self._row.ends(guard)
        return known[guard.bit]

    @cached_property
    def _named(self) -> str:
        """Say whom each word names: the writer (i), theirs (m), another (o) or none."""
        return "".join(map(self._reader.whom, self.words))

    def is_about_other(self, low: int, end: int) -> bool:
        """Tell whether the person named last before `end` is not the writer."""
        low = max(low, self.sentence_start(end - 1), 0)
        named = self._named
        writer = max(named.rfind("i", low, end), named.rfind("m", low, end))
        return named.rfind("o", low, end) > writer

    def names_writer(self, start: int, end: int) -> bool:
        """Tell whether these words speak of the writer (me, not only my)."""
        return "i" in self._named[start:end]

    def names_other(self, start: int, end: int) -> bool:
        """Tell whether these words speak of somebody else."""
        return "o" in self._named[start:end]

    def is_of_the_writer(self, found: Found) -> bool:
        """Tell whether a match speaks of the writer, of theirs, or of nobody named."""
        named = self._named[found.start : found.end]
        if "i" in named or "m" in named or self._reader.names_kin(self._said(found)):
            return True
        return "o" not in named and found.phrase.route is not Route.CONCERN_FOR_OTHER

    def _said(self, found: Found) -> Sequence[Word]:
        return self.words[found.start : found.end]

    def sentence_start(self, place: int) -> int:
        """Tell the place just after the last sentence edge at or before a place."""
        edges = self._row.ends_of.get(EDGE, 0) & ((2 << place) - 1)
        return max(edges.bit_length() - 1, 0)

    def sentence_end(self, place: int) -> int:
        """Tell the last place before the next sentence edge at or after a place."""
        edges = self._row.ends_of.get(EDGE, 0) >> (place + 1)
        return place + (edges & -edges).bit_length() - 1 if edges else len(self.words)


class Reader:
    """The phrasebook laid out for reading.

    The bits of `crisis` and `look_alikes` are of phrases' own patterns; what guards a
    phrase is in `guards`, by its id. `owners` are whose pattern is whose.
    """

    def __init__(self, book: Phrasebook) -> None:
        self.owners = [
            (phrase, pattern) for phrase in book.phrases for pattern in phrase.patterns
        ]
        names = list(dict.fromkeys(g for p in book.phrases for g in p.guards()))
        # Guards have low bits, so that the bits of one phrase's are a short number.
        owned = [(guard, -at) for at, guard in enumerate(names, start=1)]
        owned += [(pattern, at) for at, (_, pattern) in enumerate(self.owners)]
        self.machine = Machine(
            ((row, owner) for one, owner in owned for row in book.lexicon.read(one)),
            book.lexicon,
            stop_gaps=book.lexicon.named("not").words,
        )
        bits = self.machine.bits_of
        routes = [phrase.route for phrase, _ in self.owners]
        self.crisis = number_of(
            bit
            for at, route in enumerate(routes)
            if route is not Route.NONE
            for bit in bits[at]
        )
        self.look_alikes = number_of(
            bit
            for at, route in enumerate(routes)
            if route is Route.NONE
            for bit in bits[at]
        )
        numbers = dict(owned)
        self.guards = {
            phrase.id: Guards(
                *(
                    number_of(
                        bit
                        for guard in getattr(phrase, name)
                        for bit in bits[numbers[guard]]
                    )
                    for name in GUARDS
                )
            )
            for phrase in book.phrases
        }
        self._kin = book.lexicon.named("kin").words
        self._people = tuple(
            (letter, book.lexicon.named(name).words) for letter, name in _PEOPLE
        )

    def whom(self, word: Word) -> str:
        """Say whom a word names: the writer (i), theirs (m), another (o) or nobody."""
        for letter, names in self._people:
            if word[0] in names:
                return letter
        return " "

    def names_kin(self, words: Sequence[Word]) -> bool:
        """Tell whether one of these is a family word: theirs, without a "my" too."""
        return any(not self._kin.isdisjoint(word) for word in words)

    def read(self, words: Sequence[Word]) -> Sightings:
        """Read the words once and note every crisis phrase that matches."""
        return Sightings(self, words, self.machine.read(words))
