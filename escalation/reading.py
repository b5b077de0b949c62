"""Find every phrase of the phrasebook in a row of words, in one pass."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from escalation.grammar import EDGE, choices_named, read, spelt_out
from escalation.machine import Layout, Machine, Mask, Run, number_of
from escalation.normalise import Word
from escalation.phrasebook import Phrase, Phrasebook
from escalation.spans import Tree

_MOST_KNOWN = 4_096
_PEOPLE = (("i", "the_writer"), ("m", "of_the_writer"), ("o", "someone_named"))
Arc = tuple[int, Mask]


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

    run: Run
    named: str = ""
    hits: list[tuple[int, int]] = field(default_factory=list)
    guards: dict[str, list[int]] = field(default_factory=dict)
    edges: list[int] = field(default_factory=list)
    steps: int = 0

    def is_about_other(self, low: int, end: int) -> bool:
        """Tell whether the person named last before `end` is not the writer."""
        low = max(low, self.sentence_start(end - 1), 0)
        writer = max(self.named.rfind("i", low, end), self.named.rfind("m", low, end))
        return self.named.rfind("o", low, end) > writer

    def names_writer(self, start: int, end: int) -> bool:
        """Tell whether these words speak of the writer (me, not only my)."""
        return "i" in self.named[start:end]

    def names_other(self, start: int, end: int) -> bool:
        """Tell whether these words speak of somebody else."""
        return "o" in self.named[start:end]

    def sentence_start(self, place: int) -> int:
        """Tell the place just after the last sentence edge at or before a place."""
        at = bisect_right(self.edges, place)
        return self.edges[at - 1] if at else 0


class Reader:
    """The phrasebook laid out for reading: classes as a tree, phrases as a machine."""

    def __init__(self, book: Phrasebook) -> None:
        self.owners: list[tuple[Phrase, str]] = []
        self._guard_names: list[str] = []
        self._known: dict[Word, Mask] = {}
        self._not = book.lexicon.named("not").words
        self._named_by = tuple(
            (letter, book.lexicon.named(name).words) for letter, name in _PEOPLE
        )
        layout = self._laid_out(book)
        numbers = {name: -at for at, name in enumerate(self._guard_names, start=1)}
        looks_for = {
            phrase.id: frozenset(numbers[guard] for guard in phrase.guards())
            for phrase in book.phrases
        }
        self._machine = Machine(
            layout,
            {at: looks_for[phrase.id] for at, (phrase, _) in enumerate(self.owners)},
        )
        self._own = layout.words
        self._class = {name: number_of(held) for name, held in layout.classes.items()}
        self._classes_of: dict[str, list[str]] = {}
        for name in layout.classes:
            for word in book.lexicon.named(name).words:
                self._classes_of.setdefault(word, []).append(name)
        self._tree = Tree(
            [
                (bits, one)
                for name, bits in self._class.items()
                for one in book.lexicon.named(name).phrases
            ],
            self._machine.mask,
        )
        self._no_word = self._machine.mask(
            self._machine.across_not | self._machine.anything
        )

    def _laid_out(self, book: Phrasebook) -> Layout:
        layout = Layout()

        def add(pattern: str, owner: int) -> None:
            for row in spelt_out(choices_named(pattern, book.lexicon.choice)):
                layout.add(read(row), owner)

        for phrase in book.phrases:
            for pattern in phrase.patterns:
                add(pattern, len(self.owners))
                self.owners.append((phrase, pattern))
        for guard in dict.fromkeys(g for p in book.phrases for g in p.guards()):
            self._guard_names.append(guard)
            add(guard, -len(self._guard_names))
        return layout

    def _mask(self, word: Word) -> Mask:
        """Tell which places accept a word, however it is meant."""
        known = self._known.get(word)
        if known is not None:
            return known
        bits = 0
        for way in word:
            bits |= number_of(self._own.get(way, ()))
            for name in self._classes_of.get(way, ()):
                bits |= self._class[name]
        if not bits and word[0] != EDGE and self._not.isdisjoint(word):
            return self._no_word
        if word[0] != EDGE:
            bits |= self._machine.across_not
            if self._not.isdisjoint(word):
                bits |= self._machine.anything
        mask = self._machine.mask(bits)
        if len(self._known) < _MOST_KNOWN:
            self._known[word] = mask
        return mask

    def _named(self, word: Word) -> str:
        """Say whom a word names: the writer (i), theirs (m), another (o) or nobody."""
        for letter, names in self._named_by:
            if word[0] in names:
                return letter
        return " "

    def read(self, words: Sequence[Word]) -> Sightings:
        """Read the words once and note every match and every guard."""
        arcs: list[list[Arc]] = [[]]
        arcs += [[(at, self._mask(word))] for at, word in enumerate(words)]
        for start, end, mask in self._tree.spans(words):
            arcs[end].append((start, mask))
        edges = [at + 1 for at, word in enumerate(words) if word[0] == EDGE]
        seen = Sightings(
            self._machine.narrowed(arcs),
            named="".join(map(self._named, words)),
            edges=edges,
            steps=len(words) + sum(map(len, arcs)),
        )
        for hit in seen.run.hits():
            whose = seen.run.owner(hit[1])
            if whose >= 0:
                seen.hits.append(hit)
            else:
                name = self._guard_names[-whose - 1]
                seen.guards.setdefault(name, []).append(hit[0])
        return seen

    def spell_out(self, seen: Sightings, hit: tuple[int, int]) -> Found:
        """Say what one hit was: the phrase, the pattern and the words it covers."""
        end, number = hit
        phrase, pattern = self.owners[seen.run.owner(number)]
        start = seen.run.start_of(end, number)
        return Found(phrase, pattern, start, end)

    def phrase_of(self, seen: Sightings, hit: tuple[int, int]) -> Phrase:
        """Name the phrase that one hit belongs to."""
        return self.owners[seen.run.owner(hit[1])][0]
