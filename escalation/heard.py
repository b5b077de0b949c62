"""What a message means in the day after a crisis reply: a denial, safe, who is near."""

from enum import Enum
from pathlib import Path

from escalation.files import read_words
from escalation.grammar import PhraseError, Step, read
from escalation.lexicon import Lexicon
from escalation.machine import Layout, Machine, Mask, number_of
from escalation.normalise import Word, words

_PATH = Path(__file__).parent / "aftercare.yml"


class Heard(str, Enum):
    """What was heard; `other` is anything else, and goes on as usual."""

    NOT_SAFE = "not_safe"
    SAFE = "safe"
    NOBODY_NEAR = "nobody_near"
    SOMEONE_NEAR = "someone_near"
    DENIAL = "denial"
    OTHER = "other"


class _Listener:
    """The patterns of one kind of answer, laid out for reading."""

    def __init__(self, patterns: list[str], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        layout = Layout()
        for pattern in patterns:
            for steps in self._flat(read(pattern)):
                layout.add(steps, 0)
        self._machine = Machine(layout)
        self._words = {word: number_of(held) for word, held in layout.words.items()}

    def _flat(self, steps: tuple[Step, ...]) -> list[list[Step]]:
        """Write classes out as the words and phrases they hold."""
        rows: list[list[Step]] = [[]]
        for step in steps:
            spots: list[list[Step]] = [[step]] if not step.classes else []
            for name in sorted(step.classes):
                held = self._lexicon.named(name)
                spots.append(
                    [Step(words=step.words | held.words, optional=step.optional)]
                )
                spots += [[Step(words=w) for w in one] for one in held.phrases]
            rows = [row + spot for row in rows for spot in spots]
        return rows

    def hears(self, row: list[Word]) -> bool:
        """Tell whether any pattern is in the row."""
        arcs: list[list[tuple[int, Mask]]] = [[]]
        for at, word in enumerate(row):
            mask = 0
            for way in word:
                mask |= self._words.get(way, 0)
            if word[0] != "|":
                mask |= self._machine.anything
            arcs.append([(at, self._machine.mask(mask))])
        return bool(self._machine.narrowed(arcs).hits())


_MEANS = {
    "not_safe": Heard.NOT_SAFE,
    "safe": Heard.SAFE,
    "denial": Heard.DENIAL,
}
_MEANS_IF_ASKED = {"no_not_safe": Heard.NOT_SAFE, "yes_safe": Heard.SAFE}
_MEANS_IF_NEAR = {
    "nobody_near": Heard.NOBODY_NEAR,
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


def hear(
    text: str, *, asked_if_safe: bool = False, asked_if_near: bool = False
) -> Heard:
    """Say what a message means in aftercare; total, like the screen.

    `asked_if_safe`: the last question was "are you safe right now?", so that a bare
    yes or no answers it; `asked_if_near`: it was whether someone is or could be there.
    """
    row = words(text[-400:])
    if asked_if_near:
        # Safe, or not, is said in more words than a bare yes or no, and comes first.
        first, last = _LISTENERS[:-1], _LISTENERS[-1:]
        listeners = [*first, *_IF_NEAR, *last]
    else:
        listeners = [*_IF_ASKED, *_LISTENERS] if asked_if_safe else _LISTENERS
    for kind, listener in listeners:
        if listener.hears(row):
            return kind
    return Heard.OTHER
