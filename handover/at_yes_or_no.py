"""What is heard at a question that wants a yes or a no: may they write to you here?"""

import re
from functools import cache
from typing import Final

from handover.hearing import Heard, barely, hear, hesitates, written

LONGEST_CONDITION: Final = 12
"""Words of a yes or a no with a condition; a longer message tells of more."""
_DOES_NOT_WANT: Final = re.compile(
    r"(?:no|nah|nope) (?:i )?(?:dont|do not|wouldnt) (?:want|wanna|like)(?: \w+){0,6}"
)
"""A no and what it is about: "no i dont want the other ones"."""


def hear_yes_or_no(text: str) -> Heard:
    """Hear a yes or a no that goes on in the question's own words: "yes text me".

    Nothing else may stand in it: "yes but not at night" is half a yes.
    """
    heard = hear(text)
    if heard not in (Heard.ASIDE, Heard.WORDS) or text.rstrip().endswith("?"):
        return heard
    said = barely(text)
    if said in written()["refuses_them"] or _DOES_NOT_WANT.fullmatch(said):
        return Heard.NO
    if not hesitates(text) and _is_yes(said):
        return Heard.YES
    first, *more = said.split() or [""]
    if more and first in written()["before_no"] and _is_only(said, "after_no"):
        return Heard.NO
    return _on_condition(said.split()) or heard


def _is_yes(said: str) -> bool:
    if said in written()["lets_them"]:
        return True
    first = said.partition(" ")[0]
    return hear(first) is Heard.YES and _is_only(said, "after_yes")


def _is_only(said: str, kind: str) -> bool:
    """Tell whether nothing but words of a kind follows the first one."""
    _, _, more = said.partition(" ")
    return bool(more) and _any_of(kind).fullmatch(f"{more} ") is not None


def _on_condition(said: list[str]) -> Heard | None:
    """Hear a yes or a no with a condition, and what the condition asks about."""
    rules, words = written(), {word for word in said if not word.isdigit()}
    if len(said) > LONGEST_CONDITION or not words.issubset(_of_a_condition()):
        return None
    spared = {*rules["of_telling"], *rules["of_a_name"]}
    holds_back = words & set(rules["not_that"]) and words & spared
    answers = len(said) > 1 and hear(said[0]) in (Heard.YES, Heard.NO)
    turns = words & {*rules["on_condition"], *rules["of_reaching"]}
    if not (answers or holds_back or turns):
        return None
    if words & set(rules["of_telling"]):
        return Heard.WHO_IS_TOLD
    return Heard.SEE if words & set(rules["of_a_name"]) else Heard.HALF


@cache
def _of_a_condition() -> frozenset[str]:
    answers = (*written()["yes"], *written()["no"])
    alone = (one for one in answers if " " not in one)
    return frozenset((*alone, *written()["with_a_condition"]))


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    known = sorted(written()[kind], key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, known))}) )*")
