"""What a message means in the day after a crisis reply: a denial, safe, who is near."""

from enum import Enum
from pathlib import Path

from escalation.files import read_words
from escalation.grammar import EDGE, PhraseError, read
from escalation.lexicon import Lexicon
from escalation.machine import Layout, Machine, Mask
from escalation.normalise import Word, words
from escalation.spans import Tree

_PATH = Path(__file__).parent / "aftercare.yml"
_MOST_KNOWN = 1_024
_LONGEST = 400
"""Characters that are read, from the end of a message."""


class Heard(str, Enum):
    """What was heard; `other` is anything else, and goes on as usual."""

    NOT_SAFE = "not_safe"
    HELP_COMING = "help_coming"
    NOT_REACHED = "not_reached"
    SAFE = "safe"
    NOBODY_NEAR = "nobody_near"
    SOMEONE_NEAR = "someone_near"
    DENIAL = "denial"
    OTHER = "other"


class _Listener:
    """The patterns of one kind of answer, laid out for reading."""

    def __init__(self, patterns: list[str], lexicon: Lexicon) -> None:
        layout = Layout()
        for pattern in patterns:
            layout.add(read(pattern), 0)
        self._machine = Machine(layout)
        self._known: dict[Word, Mask] = {}
        # Classes stay one place each: written out, their phrases would multiply.
        self._classes_of: dict[str, list[str]] = {}
        phrases = []
        for name in layout.classes:
            members = lexicon.named(name)
            for word in members.words:
                self._classes_of.setdefault(word, []).append(name)
            phrases += [(name, phrase) for phrase in members.phrases]
        self._tree = Tree(phrases, lambda classes: self._machine.mask((), classes))

    def hears(self, row: list[Word]) -> bool:
        """Tell whether any pattern is in the row."""
        arcs: list[list[tuple[int, Mask]]] = [[]]
        arcs += [[(at, self._mask(word))] for at, word in enumerate(row)]
        for start, end, spanned in self._tree.spans(row):
            arcs[end].append((start, spanned))
        return bool(self._machine.narrowed(arcs).hits())

    def _mask(self, word: Word) -> Mask:
        known = self._known.get(word)
        if known is not None:
            return known
        classes = {name for way in word for name in self._classes_of.get(way, ())}
        gaps = () if word[0] == EDGE else ("anything",)
        mask = self._machine.mask(word, classes, gaps)
        if len(self._known) < _MOST_KNOWN:
            self._known[word] = mask
        return mask


_MEANS = {
    "not_safe": Heard.NOT_SAFE,
    "help_coming": Heard.HELP_COMING,
    "safe": Heard.SAFE,
    "denial": Heard.DENIAL,
}
_MEANS_IF_ASKED = {"no_not_safe": Heard.NOT_SAFE, "yes_safe": Heard.SAFE}
_MEANS_IF_NEAR = {
    "nobody_near": Heard.NOBODY_NEAR,
    "someone_here": Heard.SAFE,
    "someone_near": Heard.SOMEONE_NEAR,
}


def _load(kinds: dict[str, Heard]) -> list[tuple[Heard, _Listener]]:
    found = read_words(_PATH)
    if not isinstance(found, dict):
        raise PhraseError(f"{_PATH.name}: expected kinds of answers and classes")
    lexicon = Lexicon(found["classes"])
    listeners = []
    for kind, means in kinds.items():
        try:
            whole = [f"^ {pattern} $" for pattern in found[kind].get("whole", [])]
            patterns = whole + found[kind].get("anywhere", [])
            listeners.append((means, _Listener(patterns, lexicon)))
        except (KeyError, PhraseError) as problem:
            raise PhraseError(f"{_PATH.name}: {kind}: {problem}") from problem
    return listeners


_LISTENERS = _load(_MEANS)
_IF_ASKED = _load(_MEANS_IF_ASKED)
_IF_NEAR = _load(_MEANS_IF_NEAR)
_IF_FOR_ANOTHER = _load({"not_reached": Heard.NOT_REACHED})
_WITH_THEM = _load({"someone_here": Heard.SAFE})


def says_who_is_here(text: str) -> bool:
    """Tell whether a message says that somebody is with them now; total."""
    row = words(text[-_LONGEST:])
    return any(listener.hears(row) for _, listener in _WITH_THEM)


def hear(
    text: str,
    *,
    asked_if_safe: bool = False,
    asked_if_near: bool = False,
    for_another: bool = False,
) -> Heard:
    """Say what a message means in aftercare; total, like the screen.

    `asked_if_safe`: the last question was "are you safe right now?", so that a bare
    yes or no answers it; `asked_if_near`: it was whether someone is or could be there.
    `for_another`: they worry about somebody else, whom they may not be able to reach.
    """
    row = words(text[-_LONGEST:])
    # Safe, or not, is said in more words than a bare yes or no; who is there, in more
    # words than that, and a denial is what is left.
    in_words, denial = _LISTENERS[:-1], _LISTENERS[-1:]
    if asked_if_near:
        listeners = [*in_words, *_IF_NEAR, *denial]
    elif asked_if_safe:
        listeners = [*_IF_ASKED, *in_words, *_WITH_THEM, *denial]
    else:
        listeners = _LISTENERS
    if for_another:
        listeners = [*_IF_FOR_ANOTHER, *listeners]
    for kind, listener in listeners:
        if listener.hears(row):
            return kind
    return Heard.OTHER
