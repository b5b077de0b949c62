"""Find every phrase of the phrasebook in a row of words, in one pass."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from escalation.grammar import EDGE, Step, read
from escalation.machine import Machine
from escalation.normalise import Word
from escalation.phrasebook import Phrase, Phrasebook

_NO_BITS = (0, 0)
_MOST_KNOWN = 32_768
Arc = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """One match: which phrase, by which pattern, from which word to which."""

    phrase: Phrase
    pattern: str
    start: int
    end: int


@dataclass
class Sightings:
    """All that one pass saw: matches by place and bit, and where each guard ended."""

    arcs: list[list[Arc]]
    hits: list[tuple[int, int]] = field(default_factory=list)
    guards: dict[str, list[int]] = field(default_factory=dict)
    steps: int = 0


class Reader:
    """The phrasebook laid out for reading: one machine for classes, one for phrases."""

    def __init__(self, book: Phrasebook) -> None:
        self._pieces, self._whole = Machine(), Machine()
        self.owners: list[tuple[Phrase, str]] = []
        self._guard_names: list[str] = []
        self._known: dict[Word, tuple[int, int]] = {}
        self._lay_out_phrases(book)
        self._piece_masks: list[int] = []
        self._lay_out_classes(book)
        self._pieces.seal()
        self._whole.seal()
        self._not = book.lexicon.named("not").words

    def _lay_out_phrases(self, book: Phrasebook) -> None:
        for phrase in book.phrases:
            for pattern in phrase.patterns:
                self._whole.add(read(pattern), len(self.owners))
                self.owners.append((phrase, pattern))
        for guard in dict.fromkeys(g for p in book.phrases for g in p.guards()):
            self._guard_names.append(guard)
            self._whole.add(read(guard), -len(self._guard_names))

    def _lay_out_classes(self, book: Phrasebook) -> None:
        longer: dict[tuple[frozenset[str], ...], int] = {}
        for name, bits in self._whole.classes.items():
            members = book.lexicon.named(name)
            for word in members.words:
                self._whole.words[word] = self._whole.words.get(word, 0) | bits
            for sequence in members.phrases:
                longer[sequence] = longer.get(sequence, 0) | bits
        for sequence, bits in longer.items():
            steps = [Step(words=spot) for spot in sequence]
            self._pieces.add(steps, len(self._piece_masks))
            self._piece_masks.append(bits)

    def _bits(self, word: Word) -> tuple[int, int]:
        """Tell which places of both machines accept a word, however it is meant."""
        known = self._known.get(word)
        if known is not None:
            return known
        piece, whole = _NO_BITS
        for way in word:
            piece |= self._pieces.words.get(way, 0)
            whole |= self._whole.words.get(way, 0)
        if word[0] != EDGE:
            whole |= self._whole.across_not
            if self._not.isdisjoint(word):
                whole |= self._whole.anything
        if len(self._known) < _MOST_KNOWN:
            self._known[word] = (piece, whole)
        return piece, whole

    def read(self, words: Sequence[Word]) -> Sightings:
        """Read the words once and note every match and every guard."""
        bits = [self._bits(word) for word in words]
        singles: list[list[Arc]] = [[]]
        arcs: list[list[Arc]] = [[]]
        for at, (piece, whole) in enumerate(bits):
            singles.append([(at, piece)])
            arcs.append([(at, whole)])
        for end, number in self._pieces.run(singles):
            mask = self._piece_masks[self._pieces.owner[number]]
            arcs[end].append((end - self._pieces.lengths[number], mask))
        seen = Sightings(arcs, steps=2 * len(bits) + sum(map(len, arcs)))
        for end, number in self._whole.run(arcs):
            owner = self._whole.owner[number]
            if owner >= 0:
                seen.hits.append((end, number))
            else:
                name = self._guard_names[-owner - 1]
                seen.guards.setdefault(name, []).append(end)
        return seen

    def spell_out(self, seen: Sightings, hit: tuple[int, int]) -> Found:
        """Say what one hit was: the phrase, the pattern and the words it covers."""
        end, number = hit
        phrase, pattern = self.owners[self._whole.owner[number]]
        start = self._whole.start_of(seen.arcs, end, number)
        return Found(phrase, pattern, start, end)

    def phrase_of(self, hit: tuple[int, int]) -> Phrase:
        """Name the phrase that one hit belongs to."""
        return self.owners[self._whole.owner[hit[1]]][0]
