"""Find every phrase of the phrasebook in a row of words, in one pass."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from escalation.grammar import EDGE, choices_named, read, spelt_out
from escalation.how_often import by_examples
from escalation.machine import Layout, Machine, Mask, Run
from escalation.normalise import Word
from escalation.phrasebook import Phrase, Phrasebook
from escalation.routes import Route
from escalation.spans import Tree

_MOST_KNOWN = 4_096
_GAPS_ACROSS_NOT = ("across_not",)
_GAPS = ("anything", "across_not")
_PEOPLE = (("i", "the_writer"), ("m", "of_the_writer"), ("o", "someone_named"))
Arc = tuple[int, Mask]
WALL: Word = ("\n",)
"""Stands between rows that are read in one go: nothing matches across it."""


class Hit(NamedTuple):
    """That a pattern matches: which phrase's, where it ends, and its last bit."""

    phrase: Phrase
    pattern: str
    end: int
    bit: int


@dataclass(frozen=True)
class Found:
    """One match: which phrase, by which pattern, from which word to which."""

    phrase: Phrase
    pattern: str
    start: int
    end: int


@dataclass
class Sightings:
    """All that one pass saw: crisis words, look-alikes, and where each guard ended."""

    run: Run
    named: str = ""
    hits: list[Hit] = field(default_factory=list)
    look_alikes: list[Hit] = field(default_factory=list)
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
            by_examples(book, layout.classes),
        )
        self._classes_of: dict[str, list[str]] = {}
        for name in layout.classes:
            for word in book.lexicon.named(name).words:
                self._classes_of.setdefault(word, []).append(name)
        self._words = layout.words.keys()
        self._tree = Tree(
            [
                (name, one)
                for name in layout.classes
                for one in book.lexicon.named(name).phrases
            ],
            lambda classes: self._machine.mask((), classes),
        )
        self._no_word = self._machine.mask((), (), _GAPS)
        self._known[WALL] = self._machine.mask((), ())

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
        classes = {name for way in word for name in self._classes_of.get(way, ())}
        if word[0] == EDGE:
            gaps: tuple[str, ...] = ()
        elif self._not.isdisjoint(word):
            gaps = _GAPS
            if not classes and self._words.isdisjoint(word):
                return self._no_word
        else:
            gaps = _GAPS_ACROSS_NOT
        mask = self._machine.mask(word, classes, gaps)
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
        for end, bit in seen.run.hits():
            whose = seen.run.owner(bit)
            if whose < 0:
                seen.guards.setdefault(self._guard_names[-whose - 1], []).append(end)
                continue
            phrase, pattern = self.owners[whose]
            is_crisis = phrase.route is not Route.NONE
            hits = seen.hits if is_crisis else seen.look_alikes
            hits.append(Hit(phrase, pattern, end, bit))
        return seen

    def spell_out(self, hit: Hit, seen: Sightings) -> Found:
        """Say which words one hit covers."""
        start = seen.run.start_of(hit.end, hit.bit)
        return Found(hit.phrase, hit.pattern, start, hit.end)
