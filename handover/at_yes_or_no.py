"""What is heard at a question that wants a yes or a no: may they write to you here?"""

from collections.abc import Collection

from handover.hearing import Heard, barely, hear, written


def hear_yes_or_no(text: str) -> Heard:
    """Hear a yes or a no that goes on in the question's own words: "yes text me".

    Nothing else may stand in it: "yes but not at night" is their own words.
    """
    heard = hear(text)
    if heard not in (Heard.ASIDE, Heard.WORDS) or text.rstrip().endswith("?"):
        return heard
    said = barely(text)
    if said in written()["lets_them"]:
        return Heard.YES
    first, *more = said.split() or [""]
    if not more:
        return heard
    if _is_only(more, written()["after_yes"]) and hear(first) is Heard.YES:
        return Heard.YES
    if first in written()["before_no"] and _is_only(more, written()["after_no"]):
        return Heard.NO
    return heard


def _is_only(words: list[str], known: Collection[str]) -> bool:
    return all(word in known for word in words)
