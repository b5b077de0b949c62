"""Find the members of word classes that are several words long, by following a tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from escalation.lexicon import Places
from escalation.normalise import Word


@dataclass
class Node:
    """One step in the tree: which words lead on, and which classes end here."""

    leads: dict[str, list["Node"]] = field(default_factory=dict)
    steps: dict[frozenset[str], "Node"] = field(default_factory=dict)
    bits: int = 0

    def step(self, words: frozenset[str]) -> "Node":
        """Give the node that any of these words leads to, growing it if needed."""
        if words not in self.steps:
            self.steps[words] = Node()
            for word in words:
                self.leads.setdefault(word, []).append(self.steps[words])
        return self.steps[words]


def grow(members: Sequence[tuple[int, Places]]) -> Node:
    """Grow the tree from (bits of the class, member) pairs."""
    root = Node()
    for bits, places in members:
        node = root
        for words in places:
            node = node.step(words)
        node.bits |= bits
    return root


def spans(root: Node, words: Sequence[Word]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, bits of the classes) for every member found."""
    leads = root.leads
    for start, word in enumerate(words):
        if len(word) == 1:
            if word[0] not in leads:
                continue
            nodes = leads[word[0]]
        else:
            nodes = _led(root, word)
        end = start + 1
        while nodes and end < len(words):
            ways = words[end]
            nodes = [one for node in nodes for one in _led(node, ways)]
            end += 1
            for node in nodes:
                if node.bits:
                    yield start, end, node.bits


def _led(node: Node, ways: Word) -> list[Node]:
    leads = node.leads
    if len(ways) == 1:
        return leads.get(ways[0], _NONE)
    return [one for way in ways for one in leads.get(way, _NONE)]


_NONE: list[Node] = []
