"""Find the members of word classes that are several words long, by following a tree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from escalation.lexicon import Places
from escalation.machine import Mask
from escalation.normalise import Word


@dataclass(slots=True)
class Node:
    """One step in the tree: which words lead on, and which classes end here."""

    leads: dict[str, list["Node"]] = field(default_factory=dict)
    steps: dict[frozenset[str], "Node"] = field(default_factory=dict)
    ending: list[str] = field(default_factory=list)
    mask: Mask | None = None

    def step(self, words: frozenset[str]) -> "Node":
        """Give the node that any of these words leads to, growing it if needed."""
        node = self.steps.get(words)
        if node is None:
            node = self.steps[words] = Node()
            for word in words:
                self.leads.setdefault(word, []).append(node)
        return node


def grow(members: Sequence[tuple[str, Places]]) -> Node:
    """Grow the tree from (name of the class, member) pairs."""
    root = Node()
    for name, places in members:
        node = root
        for words in places:
            node = node.step(words)
        node.ending.append(name)
    return root


class Tree:
    """The grown tree, with what any two neighbouring words lead to remembered."""

    def __init__(
        self,
        members: Sequence[tuple[str, Places]],
        mask: Callable[[Sequence[str]], Mask],
    ) -> None:
        self._root, self._mask = grow(members), mask
        self._pairs: dict[tuple[Word, Word], list[Node]] = {}

    def _after(self, word: Word, then: Word) -> list[Node]:
        pair = (word, then)
        nodes = self._pairs.get(pair)
        if nodes is None:
            nodes = [one for node in _led(self._root, word) for one in _led(node, then)]
            if len(self._pairs) < _MOST_PAIRS:
                self._pairs[pair] = nodes
        return nodes

    def spans(self, words: Sequence[Word]) -> list[tuple[int, int, Mask]]:
        """List (start, end, places of the classes with a member there)."""
        found: list[tuple[int, int, Mask]] = []
        after = self._after
        for start, (word, then) in enumerate(pairwise(words)):
            nodes = after(word, then)
            end = start + 2
            while nodes:
                for node in nodes:
                    if node.ending:
                        node.mask = node.mask or self._mask(node.ending)
                        found.append((start, end, node.mask))
                if end == len(words):
                    break
                nodes = [one for node in nodes for one in _led(node, words[end])]
                end += 1
        return found


def _led(node: Node, ways: Word) -> list[Node]:
    leads = node.leads
    if len(ways) == 1:
        return leads.get(ways[0], _NONE)
    return [one for way in ways for one in leads.get(way, _NONE)]


_NONE: list[Node] = []
_MOST_PAIRS = 50_000
