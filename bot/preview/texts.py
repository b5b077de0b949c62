"""Every text with what has to be known about it: room, reading age, review, change."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.lint import as_texted, problems, reading_age
from bot.words import DOMAIN, UTTER, Variation, Words
from foundations.content import from_yaml, read_yaml
from foundations.gsm7 import segments
from foundations.saying import Channel, Choice

REVIEWS: Final = DOMAIN.parent / "reviews.yml"
ROOT: Final = DOMAIN.parents[1]
MODES: Final = ("easy", "literal")
"""A key that starts like one of these, after the dot, is another way to say it."""


@dataclass(frozen=True)
class Text:
    """One way to say a response on one channel."""

    feature: str
    key: str
    mode: str
    channel: Channel
    text: str
    choices: tuple[Choice, ...]
    parts: int
    age: float | None
    reviewed_by: str
    review_date: str
    changed: bool
    problems: tuple[str, ...]


def every_text(words: Words, since: str = "HEAD") -> Iterator[Text]:
    """Give every text on each channel it is said on, by feature and key.

    `since` names what git compares with; a text that was not there then is changed.
    """
    reviews = read_yaml(REVIEWS)["files"]
    for file in sorted(DOMAIN.rglob("*.yml")):
        before = _texts_at(since, file)
        review = reviews.get(file.name, {})
        for name in _responses(file.read_text(encoding="utf-8")):
            key = name.removeprefix(UTTER)
            wrong = tuple(dict.fromkeys(problems(words, key)))
            for channel in Channel:
                for said in words.variations(key, channel):
                    yield _text(file.stem, key, channel, said, review, before, wrong)


def _text(
    feature: str,
    key: str,
    channel: Channel,
    said: Variation,
    review: Mapping[str, Any],
    before: frozenset[str],
    wrong: tuple[str, ...],
) -> Text:
    listed = as_texted(said)[1]
    start = key.partition(".")[2]
    return Text(
        feature=feature,
        key=key,
        mode=next((mode for mode in MODES if start.startswith(mode)), "usual"),
        channel=channel,
        text=said.text,
        choices=said.choices,
        parts=segments(listed),
        age=reading_age(said.text),
        reviewed_by=_names(review.get("reviewed_by")),
        review_date=str(review.get("review_date") or ""),
        changed=said.text not in before,
        problems=wrong,
    )


def _names(reviewed_by: Any) -> str:
    names = reviewed_by if isinstance(reviewed_by, list) else [reviewed_by]
    return ", ".join(str(name) for name in names if name) or "not reviewed"


def _responses(written: str) -> dict[str, list[dict[str, Any]]]:
    return dict((from_yaml(written) or {}).get("responses") or {})


def _texts_at(since: str, file: Path) -> frozenset[str]:
    """Give the texts of a file as git knows it; none when it was not there."""
    shown = subprocess.run(  # noqa: S603
        ["git", "show", f"{since}:{file.relative_to(ROOT)}"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if shown.returncode:
        return frozenset()
    return frozenset(
        one["text"].strip()
        for written in _responses(shown.stdout).values()
        for one in written
    )
