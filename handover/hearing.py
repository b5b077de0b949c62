"""What a message is heard as, while consent is being asked for."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from itertools import dropwhile
from pathlib import Path
from typing import Any, Final

from foundations.content import read_yaml
from handover.about_the_worker import asks_about_worker

HEARD = Path(__file__).with_name("heard.yml")
LONGEST_ASIDE: Final = 8
"""Words of a question without its mark; a longer message is an answer."""
_OF_A_PLAN: Final = re.compile(r"\bmy plan\b|\d\s*\.\s*\d")
_STAR: Final = r"(?: \S+){0,8}"


class Heard(str, Enum):
    """What a message is heard as, while one of these questions stands."""

    YES = "yes"
    NO = "no"
    HALF = "half"
    UNSURE = "unsure"
    LEAVE_OUT = "leave_out"
    TAKE_OUT = "take_out"
    SHOW = "show"
    SEND = "send"
    CHANGE = "change"
    BACK = "back"
    NEVER_MIND = "never_mind"
    SEE = "see"
    UNCLEAR = "unclear"
    HELLO = "hello"
    WHO_AND_WHEN = "who_and_when"
    WHO_IS_TOLD = "who_is_told"
    WHO_THEY_ARE = "who_they_are"
    ASIDE = "aside"
    WORDS = "words"


def hear(text: str) -> Heard:
    """Hear a message as an answer, as a question of their own, or as their words."""
    forms = _forms(text)
    known = next((_answers()[form] for form in forms if form in _answers()), None)
    if known is None and _is_yes_twice(forms[-1]):
        known = Heard.YES
    if known is Heard.YES and hesitates(text):
        return Heard.HALF
    if known is not None:
        return known
    if _asks_to_send(forms[-1]):
        return Heard.SEND
    asked = asks_about_worker(text)
    if asked is not None:
        return Heard(asked.value)
    if any(_goes_back().match(form) for form in forms):
        return Heard.BACK
    if forms[0] and not forms[-1]:
        return Heard.UNCLEAR
    return Heard.ASIDE if _is_aside(text, forms) else Heard.WORDS


@cache
def written() -> Mapping[str, Any]:
    """Give what `heard.yml` holds, read once."""
    found: Mapping[str, Any] = read_yaml(HEARD)
    return found


def barely(text: str) -> str:
    """Give a message in small letters, short forms written out, without small words."""
    return _forms(text)[-1]


def hesitates(text: str) -> bool:
    """Tell a yes that is asked, or that somebody holds back: "ok?", "yes wait"."""
    return text.rstrip().endswith("?") or "wait" in _forms(text)[0].split()


def skips(text: str) -> bool:
    """Tell a no to one question more, where there may be none."""
    return any(form in written()["skips"] for form in _forms(text))


def wishes_change(text: str) -> bool:
    """Tell a wish to change what was just shown; their plan is changed elsewhere."""
    heard = hear(text)
    if heard in (Heard.TAKE_OUT, Heard.LEAVE_OUT):
        return True
    if heard not in (Heard.WORDS, Heard.ASIDE) or _OF_A_PLAN.search(text.lower()):
        return False
    before = written()["before_change"]
    words = dropwhile(lambda word: word in before, _forms(text)[-1].split())
    return _change_words().fullmatch("".join(f" {word}" for word in words)) is not None


def _is_yes_twice(said: str) -> bool:
    """Hear "ok yes" and "yeah sure fine"; two words for yes are one yes."""
    words = said.split()
    return bool(words) and all(_answers().get(word) is Heard.YES for word in words)


def _asks_to_send(said: str) -> bool:
    """Hear "ok then share" and "fine send it": one word more than a yes."""
    rest = " ".join(dropwhile(lambda w: _answers().get(w) is Heard.YES, said.split()))
    if len(rest) == len(said):
        return False
    return rest == "share" or _answers().get(rest) is Heard.SEND


def _forms(text: str) -> tuple[str, ...]:
    """Give a message as it is, then with short forms written out; the barest last."""
    said = " ".join(text.lower().replace("\u2019", "'").split()).strip(" .,!?")
    short = written()["short_forms"]
    words = re.findall(r"\w+", said.replace("'", ""))
    full = " ".join(short.get(word, word) for word in words)
    return said, _without_small_words(said), full, _without_small_words(full)


def _without_small_words(said: str) -> str:
    small = written()["small_words"]
    return " ".join(word for word in said.split() if word not in small)


def _is_aside(text: str, forms: tuple[str, ...]) -> bool:
    if text.rstrip().endswith("?"):
        return True
    return len(forms[0].split()) <= LONGEST_ASIDE and any(
        form == begins or form.startswith(f"{begins} ")
        for begins in written()["asides"]
        for form in forms
    )


@cache
def _answers() -> Mapping[str, Heard]:
    kinds = [heard for heard in Heard if heard.value in written()]
    return {word: heard for heard in kinds for word in written()[heard.value]}


@cache
def _goes_back() -> re.Pattern[str]:
    begins = "|".join(map(re.escape, written()["back_begins"]))
    return re.compile(rf"(?:{begins})\b(?! to\b)")


@cache
def _change_words() -> re.Pattern[str]:
    frames = (frame.split(" ") for frame in written()["change_words"])
    # Each word of a frame brings the space before it.
    wishes = "|".join(
        "".join(_STAR if word == "*" else rf" {word}" for word in frame)
        for frame in frames
    )
    return re.compile(wishes)
