"""Find the members of word classes that are several words long, by following a tree.

The tree grows where messages walk it, and only words of the phrase files lead anywhere:
nothing else that a person wrote is kept in it. What first words lead to is large, and
is there from the start; all of the tree would be 70,000 nodes.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from escalation.lexicon import Places
from escalation.normalise import Word

Member = tuple[str, Places]
"""The name of a class, and the words that may stand at each place of a member."""


class Node:
    """One way into the tree, and all others that go on with the same members.

    It is as `deep` as words led here. `ending` names the classes with a member that
    ends here, and `leads` where the next word leads: both are found by the first who
    comes here. `needed_for` is for the machine, which works it out once.
    """

    __slots__ = ("_members", "deep", "ending", "leads", "needed_for")

    def __init__(self, members: Sequence[Sequence[Member]], deep: int) -> None:
        self._members, self.deep = members, deep
        self.ending: frozenset[str] = frozenset()
        self.leads: dict[str, Node] | None = None
        self.needed_for: int | None = None

    def grow(self) -> "dict[str, Node]":
        """Find what ends here; give what leads on."""
        members = self._members
        if self.leads is not None:
            return self.leads  # Another thread was here first.
        ending: list[str] = []
        by_words: dict[frozenset[str], list[Member]] = {}
        for member in chain.from_iterable(members):
            name, places = member
            if len(places) == self.deep:
                ending.append(name)
            else:
                by_words.setdefault(places[self.deep], []).append(member)
        leads = _shared(by_words, self.deep + 1)
        self.ending, self.leads, self._members = frozenset(ending), leads, ()
        return leads


def _shared(
    by_words: Mapping[frozenset[str], list[Member]], deep: int
) -> dict[str, Node]:
    """Give the node that each word leads to: one for all that have the same members."""
    standing_in: dict[str, tuple[frozenset[str], ...]] = {}
    for words in by_words:
        alone = (words,)  # One for all of its words: most stand in no other place.
        for word in words:
            others = standing_in.setdefault(word, alone)
            if others is not alone:
                standing_in[word] = others + alone
    nodes: dict[tuple[frozenset[str], ...], Node] = {}
    leads: dict[str, Node] = {}
    for word, same in standing_in.items():
        node = nodes.get(same)
        if node is None:
            node = nodes[same] = Node([by_words[words] for words in same], deep)
        leads[word] = node
    return leads


class Tree:
    """Every member of several words, by its first word, its second and so on."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._first = Node([list(members)], 0).grow()
        for node in self._first.values():
            node.grow()

    def met_in(self, words: Sequence[Word]) -> list[tuple[Node, int]]:
        """List where members of several words end: their node, and after which word."""
        met: list[tuple[Node, int]] = []
        leading_on: list[dict[str, Node]] = []
        for place, word in enumerate(words, start=1):
            leading_on.append(self._first)
            arrived = _led_to(word, leading_on)
            leading_on = []
            for node in arrived:
                further = node.leads
                if further is None:
                    further = node.grow()
                if node.ending:
                    met.append((node, place))
                if further:
                    leading_on.append(further)
        return met


def _led_to(word: Word, leading_on: list[dict[str, Node]]) -> list[Node]:
    """List where a word leads; once, if two ways that it may be meant lead there."""
    arrived: list[Node] = []
    for leads in leading_on:
        for way in word:
            if (node := leads.get(way)) and node not in arrived:
                arrived.append(node)
    return arrived
