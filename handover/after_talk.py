"""What somebody asks about the worker they talked with, once that worker has gone."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from foundations.content import read_yaml

WORDS = Path(__file__).with_name("after_talk.yml")


def asked_after(text: str) -> str | None:
    """Give whom a message asks after: a name, or "she"; None when it asks after nobody.

    Whether that is the worker's name only the records know.
    """
    found = _asks().fullmatch(_bare(text))
    if found is None:
        return None
    return next(who for who in found.groups() if who is not None)


def is_worker(who: str, first_name: str, *, has_just_gone: bool) -> bool:
    """Tell the worker's name; "she" means them where their leaving was said last."""
    return who == _bare(first_name) or (has_just_gone and who in _written()["they"])


def _bare(text: str) -> str:
    """Leave small words out, unless there is nothing else."""
    said = re.sub(r"['\u2019]", "", text.casefold())
    short, small = _written()["short_forms"], _written()["small_words"]
    words = " ".join(short.get(word, word) for word in re.findall(r"\w+", said)).split()
    return " ".join([word for word in words if word not in small] or words)


@cache
def _written() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(WORDS)
    return found


@cache
def _asks() -> re.Pattern[str]:
    who = rf"({'|'.join(map(re.escape, _written()['they']))}|\w+)"
    asks = (re.escape(each).replace(r"\{who\}", who) for each in _written()["asks"])
    return re.compile("|".join(asks))
