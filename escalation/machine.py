"""Patterns made ready to be followed through any number of messages."""

from collections.abc import Iterable, Sequence
from functools import cache

from escalation.grammar import Step
from escalation.lexicon import Lexicon
from escalation.needs import Needs, bits_set
from escalation.normalise import Word
from escalation.row import Kind, Pattern, Row, stretches
from escalation.spans import Tree


class Machine:
    """Patterns laid out, and by which words each of them is called for.

    A gap ("..3") lets any word pass but those that `stop_gaps`. The bits of each
    owner's patterns are in `bits_of`.
    """

    def __init__(
        self,
        patterns: Iterable[tuple[Sequence[Step], int]],
        lexicon: Lexicon,
        stop_gaps: frozenset[str] = frozenset(),
    ) -> None:
        self._lexicon, self._stop_gaps = lexicon, stop_gaps
        self._kinds: dict[tuple[frozenset[str], frozenset[str]], Kind] = {}
        self._needs = Needs()
        self._patterns: dict[int, Pattern] = {}
        self.bits_of: dict[int, list[int]] = {}
        for steps, owner in patterns:
            self._add(steps, owner)
        self._needs.close()
        self._by_word: dict[str, list[Kind]] = {}
        self._by_class: dict[str, list[Kind]] = {}
        for kind in self._kinds.values():
            for word in kind.words:
                self._by_word.setdefault(word, []).append(kind)
            for name in kind.classes:
                self._by_class.setdefault(name, []).append(kind)
        # What each word of the phrase files is needed for, worked out when first met.
        self._needed_for: dict[str, int] = {}
        self._tree = Tree(
            (name, member)
            for name in self._by_class
            for member in lexicon.named(name).phrases
        )

    def _add(self, steps: Sequence[Step], owner: int) -> None:
        laid_out: list[tuple[Kind, bool]] = []
        for step in steps:
            if step.gap:
                for any_words in stretches(step.gap):
                    laid_out.append((_gap(any_words, step.across_not), True))
            else:
                kind = self._kind(step.words, step.classes)
                laid_out.append((kind, step.optional))
        bit = self._needs.add(kind for kind, optional in laid_out if not optional)
        self._patterns[bit] = Pattern(tuple(laid_out), owner, bit)
        self.bits_of.setdefault(owner, []).append(bit)

    def _kind(self, words: frozenset[str], names: frozenset[str]) -> Kind:
        kind = self._kinds.get((words, names))
        if kind is None:
            classes = [self._lexicon.named(name) for name in names]
            alone = words.union(*(one.words for one in classes))
            several = (n for n, one in zip(names, classes, strict=True) if one.phrases)
            kind = self._kinds[words, names] = Kind(alone, frozenset(several))
        return kind

    def patterns(self, bits: int) -> list[Pattern]:
        """Give the patterns that these bits stand for, the last added first."""
        return [self._patterns[bit] for bit in bits_set(bits)]

    def read(self, words: Sequence[Word]) -> Row:
        """Lay a message out, and tell which patterns nothing is missing for."""
        several = self._tree.ends(words)
        row = Row(words, several, self._stop_gaps)
        seen = 0
        for way in row.ends_of:
            needed_for = self._needed_for.get(way)
            seen |= self._word(way) if needed_for is None else needed_for
        for node in several:
            if node.needed_for is None:
                kinds = {one for name in node.ending for one in self._by_class[name]}
                node.needed_for = self._needs.bits(kinds)
            seen |= node.needed_for
        row.possible = self._needs.met_by(seen)
        return row

    def _word(self, way: str) -> int:
        """Work out what a word is needed for; only words of the phrases are kept."""
        kinds = self._by_word.get(way)
        if kinds is None:
            return 0
        self._needed_for[way] = self._needs.bits(kinds)
        return self._needed_for[way]


@cache
def _gap(any_words: int, across_not: bool) -> Kind:
    return Kind(any_words=any_words, across_not=across_not)
