"""Patterns made ready to be followed through any number of messages."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, pairwise

from escalation.grammar import Step
from escalation.lexicon import Lexicon
from escalation.needs import Needs, bits_set, number_of
from escalation.normalise import Word
from escalation.row import Kind, Pattern, Row, stretches
from escalation.spans import Node, Tree

_STRETCH = 24
"""How many words of a text are asked about together: most matches are in two such."""


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
        self._spans = self._by_span()
        self._by_word: dict[str, list[Kind]] = {}
        self._by_class: dict[str, list[Kind]] = {}
        for kind in self._kinds.values():
            for word in kind.words:
                self._by_word.setdefault(word, []).append(kind)
            for name in kind.classes:
                self._by_class.setdefault(name, []).append(kind)
        # What words and members of the phrases are needed for, worked out when met.
        self._needed_for: dict[str, int] = {}
        self._ending: dict[frozenset[str], int] = {}
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

    def _by_span(self) -> list[int]:
        """Sort patterns by how far a match may go: the next stretch, the one after."""
        spans: list[list[int]] = []
        for bit, pattern in self._patterns.items():
            longest = sum(self._longest(kind) for kind, _ in pattern.steps)
            further = max(1, -((1 - longest) // _STRETCH))
            while len(spans) < further:
                spans.append([])
            spans[further - 1].append(bit)
        return [number_of(bits) for bits in spans]

    def _longest(self, kind: Kind) -> int:
        members = chain.from_iterable(
            self._lexicon.named(name).phrases for name in kind.classes
        )
        return kind.any_words or max(map(len, members), default=1)

    def patterns(self, bits: int) -> list[Pattern]:
        """Give the patterns that these bits stand for, the last added first."""
        return [self._patterns[bit] for bit in bits_set(bits)]

    def read(self, words: Sequence[Word]) -> Row:
        """Lay a message out, and tell which patterns nothing is missing for."""
        several = self._tree.met_in(words)
        row = Row(words, several, self._stop_gaps)
        if len(words) <= 2 * _STRETCH:
            needed = self._needed(row.ends_of)
            for node, _ in several:
                needed |= self._of_members(node)
            row.possible = self._needs.met_by(needed)
        else:
            row.possible = self._possible(self._by_stretch(words, several))
        return row

    def _by_stretch(
        self, words: Sequence[Word], several: Sequence[tuple[Node, int]]
    ) -> list[int]:
        """Tell what the words of each stretch of a long message are needed for."""
        seen = [
            self._needed({way for word in words[at : at + _STRETCH] for way in word})
            for at in range(0, len(words), _STRETCH)
        ]
        for node, place in several:
            seen[(place - 1) // _STRETCH] |= self._of_members(node)
        return seen

    def _possible(self, seen: list[int]) -> int:
        """Tell which patterns have all that they need as near together as they span."""
        possible = 0
        for patterns in self._spans:
            if len(seen) > 1:
                seen = [this | following for this, following in pairwise(seen)]
            if len(seen) == 1:
                return possible | self._needs.met_by(seen[0])
            met = 0
            for needed in seen:
                met |= self._needs.met_by(needed)
            possible |= met & patterns
        return possible

    def _needed(self, ways: Iterable[str]) -> int:
        """Tell what words are needed for; only words of the phrases are kept."""
        known, needed = self._needed_for, 0
        for way in ways:
            if way in known:
                needed |= known[way]
            elif kinds := self._by_word.get(way):
                known[way] = self._needs.bits(kinds)
                needed |= known[way]
        return needed

    def _of_members(self, node: Node) -> int:
        """Tell what the members that end at a node are needed for."""
        if node.needed_for is None:
            if node.ending not in self._ending:
                kinds = {kind for name in node.ending for kind in self._by_class[name]}
                self._ending[node.ending] = self._needs.bits(kinds)
            node.needed_for = self._ending[node.ending]
        return node.needed_for


@cache
def _gap(any_words: int, across_not: bool) -> Kind:
    return Kind(any_words=any_words, across_not=across_not)
