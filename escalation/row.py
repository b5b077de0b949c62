"""A message laid out in places, and patterns followed through all of them at once.

A message has a place before its first word and one after each word. For each kind of
word, one whole number tells where in the message such a word ends, a bit per place. A
pattern is followed step by step: the places where it had got to are shifted on by a
word, and those where a word of the right kind ends are kept (bit-parallel, as in the
Shift-And method of Navarro and Raffinot). So whatever was written, a step is one shift
and one "and" of whole numbers: nothing backtracks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from escalation.grammar import EDGE
from escalation.normalise import Word
from escalation.spans import Node

WALL: Word = ("\n",)
"""Stands between rows that are read in one go: nothing matches across it."""
Longer = tuple[tuple[int, int], ...]
"""How many words long, and where those of that length end, a bit per place."""
Arrivals = tuple[int, int, Longer]
"""The same of one length, mostly one word; and then of any other lengths."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What may stand at a place of a pattern.

    `words` are all the single ones, those of its classes as well; `classes` are named
    for their members of several words. A stretch of a gap is `any_words`, so many, and
    none of them a "not" unless `across_not`.
    """

    words: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    any_words: int = 0
    across_not: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """The kinds to be met in turn, and whether each may be left out."""

    steps: tuple[tuple[Kind, bool], ...]
    owner: int
    bit: int


@cache
def stretches(gap: int) -> tuple[int, ...]:
    """Split a gap of up to so many words into few stretches that may be left out.

    Of 1, 2 and 3 words, say, some make up any number to six. A stretch is at most one
    longer than all those before it, so no number is left out.
    """
    lengths: list[int] = []
    while (made := sum(lengths)) < gap:
        lengths.append(min(made + 1, gap - made))
    return tuple(lengths)


class Row:
    """A message laid out: where each word, and each longer member of a class, ends.

    `possible` are the bits of the patterns that have every word they cannot do without
    (the machine tells); `taken` counts the steps that following patterns took.
    """

    __slots__ = (
        "_arrivals",
        "_everywhere",
        "_in_class",
        "_passing",
        "_passing_but_not",
        "_several",
        "_stop_gaps",
        "_ways",
        "ends_of",
        "possible",
        "taken",
    )

    def __init__(
        self,
        words: Sequence[Word],
        several: Sequence[tuple[Node, int]],
        stop_gaps: frozenset[str],
    ) -> None:
        self.possible, self.taken = 0, len(words) + len(several)
        self._several, self._stop_gaps = several, stop_gaps
        self._arrivals: dict[Kind, Arrivals] = {}
        ends_of: dict[str, int] = {}
        place = 1
        for word in words:
            place <<= 1
            for way in word:
                ends_of[way] = ends_of.get(way, 0) | place
        self._everywhere = (place << 1) - 1
        self.ends_of = ends_of

    def _lay_out(self) -> None:
        """Make ready to follow patterns: most messages have none to be followed."""
        ends_of = self.ends_of
        self._ways = frozenset(ends_of)
        ends_at: dict[Node, int] = {}
        for node, place in self._several:
            ends_at[node] = ends_at.get(node, 0) | 1 << place
        self._in_class: dict[str, list[tuple[int, int]]] = {}
        for node, ends in ends_at.items():
            alone = (node.deep, ends)
            for name in node.ending:
                if name in self._in_class:
                    self._in_class[name].append(alone)
                else:
                    self._in_class[name] = [alone]
        # A gap lets no edge of a sentence pass.
        edges = ends_of.get(EDGE, 0) | ends_of.get(WALL[0], 0)
        self._passing = self._everywhere ^ (edges | 1)
        self._passing_but_not = self._passing & ~self._ends(self._stop_gaps)

    def _ends(self, words: frozenset[str]) -> int:
        ends = 0
        for way in words & self._ways:
            ends |= self.ends_of[way]
        return ends

    def _arriving(self, kind: Kind) -> Arrivals:
        """Tell where words of a kind end; worked out once for each message."""
        if not self._arrivals:
            self._lay_out()
        if kind.any_words:
            arrivals = self._any_words(kind)
        else:
            longer = self._longer(kind.classes) if kind.classes else ()
            arrivals = (1, self._ends(kind.words), longer)
        self._arrivals[kind] = arrivals
        return arrivals

    def _longer(self, classes: frozenset[str]) -> Longer:
        """Tell where members of several words end, of these classes."""
        here, longer = self._in_class, []
        for name in classes:
            if name in here:
                longer += here[name]
        return _by_length(longer) if len(longer) > 1 else tuple(longer)

    def _any_words(self, kind: Kind) -> Arrivals:
        """Tell where so many words end that a gap lets pass."""
        passing = self._passing if kind.across_not else self._passing_but_not
        ends = passing
        for _ in range(kind.any_words - 1):
            ends = (ends << 1) & passing
        return kind.any_words, ends, ()

    def ends(self, pattern: Pattern) -> int:
        """Tell where a pattern ends, a bit for each place where one match does."""
        reached, known = self._everywhere, self._arrivals
        self.taken += len(pattern.steps)
        for kind, may_be_left_out in pattern.steps:
            length, ends, others = known.get(kind) or self._arriving(kind)
            came = (reached << length) & ends
            for length, ends in others:
                came |= (reached << length) & ends
            if may_be_left_out:
                reached |= came
            elif came:
                reached = came
            else:
                return 0
        return reached

    def start(self, pattern: Pattern, end: int) -> int:
        """Tell where the shortest match of a pattern that ends here starts.

        The same steps backwards: the last place that the first step can start from.
        """
        reached = 1 << end
        for kind, may_be_left_out in reversed(pattern.steps):
            length, ends, others = self._arrivals[kind]
            came = (reached & ends) >> length
            for length, ends in others:
                came |= (reached & ends) >> length
            reached = came | reached if may_be_left_out else came
        return reached.bit_length() - 1

    def last_words_end(self, pattern: Pattern, end: int) -> int:
        """Tell where the words of a match end, without the gap that may follow them."""
        words, reached = len(pattern.steps), 1 << end
        while (kind := pattern.steps[words - 1][0]).any_words:
            _, ends, _ = self._arrivals[kind]
            reached |= (reached & ends) >> kind.any_words
            words -= 1
        if words == len(pattern.steps):
            return end
        named = replace(pattern, steps=pattern.steps[:words])
        return (self.ends(named) & reached).bit_length() - 1


def _by_length(longer: Sequence[tuple[int, int]]) -> Longer:
    ends_of: dict[int, int] = {}
    for length, ends in longer:
        ends_of[length] = ends_of.get(length, 0) | ends
    return tuple(ends_of.items())


def last_first(places: int, most: int) -> Iterator[int]:
    """List the places whose bits are set, from the last one back; so many at most."""
    while places and most:
        place = places.bit_length() - 1
        yield place
        places ^= 1 << place
        most -= 1
