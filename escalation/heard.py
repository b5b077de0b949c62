"""What a message means in the day after a crisis reply: a denial, safe, who is near."""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from escalation.files import read_words
from escalation.grammar import PhraseError
from escalation.lexicon import Lexicon
from escalation.machine import Machine
from escalation.needs import number_of
from escalation.normalise import words

_PATH = Path(__file__).parent / "aftercare.yml"
_LONGEST = 400
"""Characters that are read, from the end of a message."""


class Heard(str, Enum):
    """What was heard; `other` is anything else, and goes on as usual."""

    NOT_SAFE = "not_safe"
    HELP_COMING = "help_coming"
    NOT_REACHED = "not_reached"
    THEY_HAVE_HELP = "they_have_help"
    THEY_SEEM_BETTER = "they_seem_better"
    WILL_THEY_DIE = "will_they_die"
    WHAT_TO_SAY = "what_to_say"
    WHOSE_FAULT = "whose_fault"
    WHOSE_FAULT_IF = "whose_fault_if"
    MAY_BE_TOLD = "may_be_told"
    WHERE_THEY_ARE = "where_they_are"
    HAPPENING_NOW = "happening_now"
    COMES_NEAR = "comes_near"
    MEANT_IT = "meant_it"
    HOW_TO_STOP = "how_to_stop"
    NO_NUMBERS = "no_numbers"
    TOLD_SOMEBODY = "told_somebody"
    SAFE = "safe"
    NOBODY_NEAR = "nobody_near"
    SOMEONE_NEAR = "someone_near"
    NEAR_BESIDE_HARM = "near_beside_harm"
    SAYS_OK = "says_ok"
    DENIAL = "denial"
    OTHER = "other"


# Each kind of answer, under the name it has in the file.
_ALWAYS = {
    "not_safe": Heard.NOT_SAFE,
    "meant_it": Heard.MEANT_IT,
    "no_numbers": Heard.NO_NUMBERS,
    "asked_or_wished": Heard.OTHER,
    "help_coming": Heard.HELP_COMING,
    "safe": Heard.SAFE,
}
_DENIAL = {"says_ok": Heard.SAYS_OK, "denial": Heard.DENIAL}
_IF_ASKED = {"no_not_safe": Heard.NOT_SAFE, "yes_safe": Heard.SAFE}
_IF_NEAR = {
    "nobody_near": Heard.NOBODY_NEAR,
    "someone_here": Heard.SAFE,
    "someone_near": Heard.SOMEONE_NEAR,
}
_IF_FOR_ANOTHER = {
    "not_reached": Heard.NOT_REACHED,
    "whose_fault_if": Heard.WHOSE_FAULT_IF,
    "may_be_told": Heard.MAY_BE_TOLD,
    "they_are_with_them": Heard.THEY_HAVE_HELP,
    "taken_to_help": Heard.THEY_HAVE_HELP,
    "whose_fault": Heard.WHOSE_FAULT,
    "told_somebody": Heard.TOLD_SOMEBODY,
    "with_their_family": Heard.TOLD_SOMEBODY,
}
_IF_OF_ANOTHER = {
    "they_have_help": Heard.THEY_HAVE_HELP,
    "will_they_die": Heard.WILL_THEY_DIE,
    "what_to_say": Heard.WHAT_TO_SAY,
}
_IF_OF_HARM = {
    "not_safe": Heard.NOT_SAFE,
    "whose_fault": Heard.WHOSE_FAULT,
    "where_they_are": Heard.WHERE_THEY_ARE,
}
_IF_OF_SELF_HARM = {"how_to_stop": Heard.HOW_TO_STOP}
_TAKEN = {"taken_to_help": Heard.THEY_HAVE_HELP}
_NOW = {"happening_now": Heard.HAPPENING_NOW}
_NEAR_NOW = {**_NOW, "comes_near": Heard.COMES_NEAR}
_WITH_THEM = {"someone_here": Heard.SAFE}
_ONE_OF_THEM = {"one_of_them_here": Heard.OTHER}
_OUT_OF_IT = {"out_of_it": Heard.SAYS_OK}
_TREATED = {"treated": Heard.THEY_HAVE_HELP}
_KINDS = tuple(
    _ALWAYS
    | _DENIAL
    | _IF_ASKED
    | _IF_NEAR
    | _IF_FOR_ANOTHER
    | _IF_OF_ANOTHER
    | _IF_OF_HARM
    | _IF_OF_SELF_HARM
    | _NEAR_NOW
    | _ONE_OF_THEM
    | _OUT_OF_IT
    | _TREATED
)


def _load() -> Machine:
    """Lay out every kind of answer; each is known by its place among the kinds."""
    found = read_words(_PATH)
    if not isinstance(found, dict):
        raise PhraseError(f"{_PATH.name}: expected kinds of answers and classes")
    lexicon = Lexicon(found["classes"])
    patterns = []
    for owner, kind in enumerate(_KINDS):
        try:
            whole = [f"^ {pattern} $" for pattern in found[kind].get("whole", [])]
            for pattern in whole + found[kind].get("anywhere", []):
                patterns += [(row, owner) for row in lexicon.read(pattern)]
        except (KeyError, PhraseError) as problem:
            raise PhraseError(f"{_PATH.name}: {kind}: {problem}") from problem
    return Machine(patterns, lexicon, stop_gaps=lexicon.named("not").words)


_MACHINE = _load()
_OF_KIND = {
    kind: number_of(_MACHINE.bits_of[owner]) for owner, kind in enumerate(_KINDS)
}


def says_who_is_here(text: str) -> bool:
    """Tell whether a message says that somebody is with them now; total."""
    return _which(text, _WITH_THEM) is not None


def says_it_may_be_them(text: str) -> bool:
    """Tell whether who is here may be the one they told of; total."""
    return _which(text, _ONE_OF_THEM) is not None


def says_they_are_out_of_it(text: str) -> bool:
    """Tell whether they say that they got away, or put it away; total."""
    return _which(text, _OUT_OF_IT) is not None


def says_they_are_treated(text: str) -> bool:
    """Tell whether a message names a hospital, or people of one; total."""
    return _which(text, _TREATED) is not None


def says_they_are_taken(text: str) -> bool:
    """Tell whether somebody is being taken to where they are helped; total."""
    return _which(text, _TAKEN) is not None


def says_it_is_now(text: str) -> bool:
    """Tell whether a message says that what they told of is happening now; total."""
    return _which(text, _NOW) is not None


def says_they_come_near(text: str) -> bool:
    """Tell whether whoever hurts them comes near, or does it now; total."""
    return _which(text, _NEAR_NOW) is not None


def hear(
    text: str,
    *,
    asked_if_safe: bool = False,
    asked_if_near: bool = False,
    for_another: bool = False,
    of_another: bool = False,
    of_harm: bool = False,
    of_self_harm: bool = False,
) -> Heard:
    """Say what a message means in aftercare; total, like the screen.

    `asked_if_safe`: the last question was "are you safe right now?", so that a bare
    yes or no answers it; `asked_if_near`: it was whether someone is or could be there.
    `for_another`: they worry about somebody else, whom they may not be able to reach.
    `of_another`: somebody else may have been in danger, and may have help now.
    `of_harm`: somebody hurts or scares them; who is there may be that one.
    `of_self_harm`: they hurt themselves.
    """
    # Safe, or not, is said in more words than a bare yes or no; who is there, in more
    # words than that, and a denial is what is left.
    if asked_if_near:
        kinds = _ALWAYS | _IF_NEAR | _DENIAL
    elif asked_if_safe:
        kinds = _IF_ASKED | _ALWAYS | _WITH_THEM | _DENIAL
    else:
        kinds = _ALWAYS | _DENIAL
    if for_another:
        kinds = _IF_FOR_ANOTHER | kinds
    if of_another:
        kinds = kinds | _IF_OF_ANOTHER
    if of_harm:
        kinds = _IF_OF_HARM | kinds
    if of_self_harm:
        kinds = _IF_OF_SELF_HARM | kinds
    return _which(text, kinds) or Heard.OTHER


def _which(text: str, kinds: Mapping[str, Heard]) -> Heard | None:
    """Say which of these kinds of answer a message is, the first of them that fits."""
    row = _MACHINE.read(words(text[-_LONGEST:]))
    for kind, means in kinds.items():
        if any(map(row.ends, _MACHINE.patterns(row.possible & _OF_KIND[kind]))):
            return means
    return None
