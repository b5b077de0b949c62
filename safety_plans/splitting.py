"""Splits one answer into the items it lists, each still word for word as written."""

import re
from typing import Final

MOST_WORDS_IN_A_LISTED_ITEM: Final = 7
"""A longer part between commas reads as prose, which stays whole."""

_ROW_MARK = re.compile(r"^\s*(?:[-*•·–]|\(?\d{1,2}[.)](?=\s)|[a-h]\)(?=\s))\s*")
_ONE_ROW_MARKS = re.compile(r"(?:^|(?<=[\s,;]))\(?\d{1,2}[.)]\s+")
_OPENERS: Final = {"(": ")", "[": "]", "{": "}", "“": "”", '"': '"'}
_NUMBER = re.compile(r"^[+()\d][\d\s()+-]{4,}$")

_GOES_ON = re.compile(
    r"(?:when|if|because|cos|cause|but|so|then|which|who|where|until|till|after|before"
    r"|while|though|although|as|like|unless|or|except|especially|maybe|usually|even"
    r"|just|not|only|without|with|for|to|at|in|on|of|from|than|that"
    r"|he|she|they|it|hes|shes|theyre|its)$"
)
"""First words that carry on the part before, so the comma is inside a sentence."""

_LEADS_IN = re.compile(
    r"(?:when|if|because|after|before|while|although|though|as|unless|until|once"
    r"|sometimes|usually|normally|well|um|erm|honestly|basically)$"
)
"""First words of a part that leads into the rest of a sentence."""

_AND: Final = r"(?:and|nd|n|&|\+|plus)"
"""How young people write "and"; alone between spaces, so no name is cut."""

MOST_WORDS_IN_A_CHAINED_ITEM: Final = 3
"""A longer part between two of these is a sentence that goes on."""

_HOLDS_TOGETHER = re.compile(
    r"[(\[{“\"'’.!?\d]|^(?:i|im|ill|we|me|just)\b", re.IGNORECASE
)
"""What is quoted, in brackets, a sentence or a number is no chain of things."""

_STARTS_AFRESH = re.compile(r"^(?:my|the|a|an|some|our|\w+ing)\s+\S", re.IGNORECASE)


def items_in(answer: str) -> tuple[str, ...]:
    """Split an answer into its listed items; prose, and empty rows, are not items.

    Rows and semicolons always divide. Commas divide only what reads as a list: not
    numbers, not brackets or quotes, not sentences. A last "and", or "n", divides only
    after a comma and before a word that starts afresh ("my dog and ringing nan"), or
    where it comes twice between short parts ("xbox n musik n my dog"): one alone may
    hold one thing together, as in "fish n chips" or "me n my sister".
    """
    rows = [row for row in re.split(r"[\r\n\u2028\u2029]+|;\s", answer) if row.strip()]
    items: list[str] = []
    for row in rows:
        for part in _numbered_parts(row):
            items.extend(_listed(_ROW_MARK.sub("", part, count=1).strip()))
    return tuple(item for item in items if item)


def _numbered_parts(row: str) -> list[str]:
    """Divide "1. music 2. my dog" written on one row; anything else stays whole."""
    marks = list(_ONE_ROW_MARKS.finditer(row))
    numbers = [int(re.sub(r"\D", "", mark.group())) for mark in marks]
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return [row]
    ends = [mark.start() for mark in marks[1:]] + [len(row)]
    parts = [row[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return [row[: marks[0].start()], *(part.strip().rstrip(",") for part in parts)]


def _listed(row: str) -> list[str]:
    parts = _between_commas(row)
    if len(parts) < 2:
        return [link for part in parts for link in _chained(part)]
    if not _reads_as_a_list(parts):
        return [row]
    return [*parts[:-1], *_last_and(parts[-1])]


def _between_commas(row: str) -> list[str]:
    """Divide at commas outside brackets and quotes; a number stays with its name."""
    parts, start, closer = [], 0, ""
    for place, letter in enumerate(row):
        if closer:
            closer = "" if letter == closer else closer
        elif letter in _OPENERS and row.find(_OPENERS[letter], place + 1) > 0:
            closer = _OPENERS[letter]
        elif letter in ",،、" and not _inside_a_number(row, place):
            parts.append((start, place))
            start = place + 1
    parts.append((start, len(row)))
    joined: list[tuple[int, int]] = []
    for begin, end in parts:
        if joined and _NUMBER.match(row[begin:end].strip()):
            joined[-1] = (joined[-1][0], end)
        elif row[begin:end].strip():
            joined.append((begin, end))
    return [row[begin:end].strip() for begin, end in joined]


def _inside_a_number(row: str, place: int) -> bool:
    return (
        0 < place < len(row) - 1
        and row[place - 1].isdigit()
        and row[place + 1].isdigit()
    )


def _reads_as_a_list(parts: list[str]) -> bool:
    short = all(len(part.split()) <= MOST_WORDS_IN_A_LISTED_ITEM for part in parts)
    leads = _LEADS_IN.match(_first_word(parts[0]))
    goes_on = any(_GOES_ON.match(_first_word(part)) for part in parts[1:])
    sentences = any(re.search(r"[.!?]\s+\S", part) for part in parts)
    return short and not (leads or goes_on or sentences)


def _first_word(part: str) -> str:
    return re.sub(r"\W", "", part.split(maxsplit=1)[0]).casefold() if part else ""


def _last_and(part: str) -> list[str]:
    bare = re.sub(rf"^{_AND}\s+", "", part, flags=re.IGNORECASE)
    halves = re.split(rf"\s+{_AND}\s+", bare, flags=re.IGNORECASE)
    if len(halves) == 2 and all(map(_STARTS_AFRESH.match, halves)):
        return halves
    return [bare]


def _chained(row: str) -> list[str]:
    """Divide "mum n dad n nan", where every part is short, and nothing else."""
    links = re.split(rf"\s+{_AND}\s+", row.strip(), flags=re.IGNORECASE)
    if len(links) < 3 or _HOLDS_TOGETHER.search(row) or not all(links):
        return [row]
    short = all(len(link.split()) <= MOST_WORDS_IN_A_CHAINED_ITEM for link in links)
    words = [word for link in links for word in link.casefold().split()]
    # "round and round and round" and "i lie down n cry n sleep" are one thing.
    differ = len(set(words)) == len(words)
    return links if short and differ and _reads_as_a_list(links) else [row]
