"""Find the members of word classes that are several words long, by following a tree.

The tree grows where messages walk it, and only words of the phrase files lead anywhere:
nothing else that a person wrote is kept in it.
"""

from collections.abc import Iterable, Sequence

from escalation.lexicon import Places
from escalation.normalise import Word

_MOST_GROWN = 50_000
Member = tuple[str, Places]
"""The name of a class, and the words that may stand at each place of a member."""


class Node:
    """One way into the tree: the classes with a member that ends here.

    It is as `deep` as words led here. What a word leads to is members, until somebody
    goes on with it. `needed_for` is for the machine, which works it out once.
    """

    __slots__ = ("deep", "ending", "leads", "needed_for", "unsorted")

    def __init__(self, members: Iterable[Member], deep: int) -> None:
        self.deep = deep
        self.needed_for: int | None = None
        self.leads: dict[str, Node | list[list[Member]]] | None = None
        self.unsorted: list[Member] = []
        ending = []
        for member in members:
            if len(member[1]) == deep:
                ending.append(member[0])
            else:
                self.unsorted.append(member)
        self.ending = frozenset(ending)

    def sort_out(self) -> "dict[str, Node | list[list[Member]]]":
        """Find which words lead on; asked for only when somebody goes on from here."""
        by_words: dict[frozenset[str], list[Member]] = {}
        for member in self.unsorted:
            by_words.setdefault(member[1][self.deep], []).append(member)
        leads: dict[str, list[list[Member]]] = {}
        for words, members in by_words.items():
            for word in words:
                leads.setdefault(word, []).append(members)
        self.leads, self.unsorted = {**leads}, []
        return self.leads


class Tree:
    """Every member of several words, by its first word, its second and so on."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._root = Node(members, 0)
        self._root.sort_out()
        self._may_grow = _MOST_GROWN

    def _grown(self, node: Node, word: str, leading: list[list[Member]]) -> Node:
        """Make the node that a word leads to, and keep it for the next time."""
        grown = Node([one for members in leading for one in members], node.deep + 1)
        if node.leads is not None and self._may_grow:
            self._may_grow -= 1
            node.leads[word] = grown
        return grown

    def ends(self, words: Sequence[Word]) -> dict[Node, int]:
        """Tell where members of several words end: a bit per place, for each node."""
        found: dict[Node, int] = {}
        last = len(words)
        walks = [(self._root, start) for start in range(last - 1)]
        for node, at in walks:
            leads = node.leads
            if leads is None:
                leads = node.sort_out()
            for word in words[at]:
                led = leads.get(word)
                if led is None:
                    continue
                if isinstance(led, list):
                    led = self._grown(node, word, led)
                end = at + 1
                if led.ending:
                    found[led] = found.get(led, 0) | 1 << end
                if end < last:
                    walks.append((led, end))
        return found
