"""An organisation's own words over ours: only where permitted, and of the same shape.

Standard library and YAML: the gateway and Rasa lay the same file over the same texts.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.gaps import gaps_in
from foundations.content import read_yaml

SETTING = "HANDRAIL_WORDS_OVERLAY"
"""Names the file, for both processes; empty when there is none."""

PERMITTED = Path(__file__).parent / "overlay.yml"
UTTER = "utter_"

Responses = dict[str, list[dict[str, Any]]]


class OverlayRefused(ValueError):
    """Words that may not be laid over ours; names the key and what is wrong."""


def overlay_file() -> Path | None:
    """Give the file that the environment names, if it names one."""
    named = os.environ.get(SETTING, "").strip()
    return Path(named) if named else None


def laid_over(ours: Responses, file: Path | None) -> Responses:
    """Give our responses with an organisation's in place of some of them.

    Raises OverlayRefused for a key that is not ours or not permitted, for other gaps,
    for other choices, and for words that nobody put their name to.
    """
    if file is None:
        return ours
    theirs = read_yaml(file) or {}
    if not theirs.get("reviewed_by") or not theirs.get("review_date"):
        raise OverlayRefused("it does not say who reviewed it, and when")
    responses: Responses = theirs.get("responses") or {}
    for name, written in responses.items():
        _check(name, written, ours)
    return {**ours, **responses}


def _check(name: str, written: list[dict[str, Any]], ours: Responses) -> None:
    key = name[len(UTTER) :] if name.startswith(UTTER) else name
    if name not in ours:
        raise OverlayRefused(f"{key}: there is no such text")
    if not key.startswith(permitted()):
        raise OverlayRefused(f"{key}: this text may not be replaced")
    if _gaps(written) != _gaps(ours[name]):
        raise OverlayRefused(f"{key}: its gaps are not ours")
    if _payloads(written) != _payloads(ours[name]):
        raise OverlayRefused(f"{key}: its choices lead somewhere else")


@lru_cache(maxsize=1)
def permitted() -> tuple[str, ...]:
    """Give the beginnings of the keys that may be replaced."""
    written = read_yaml(PERMITTED)
    return tuple(written["may_be_replaced"])


def _gaps(written: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset().union(*(gaps_in(one["text"]) for one in written))


def _payloads(written: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    return {
        tuple(button["payload"] for button in one.get("buttons") or ())
        for one in written
    }
