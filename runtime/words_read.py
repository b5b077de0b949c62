"""Who has read the words that a young person sees, and what real use does without it.

The reason for each rule is in docs/adr/0013: nothing that nobody read is shown in real
use, unless one named person stands up for exactly these words, for a time.
"""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from foundations.content import read_yaml
from runtime.settings import ROOT, NotReadyForProduction, Settings

log = logging.getLogger("handrail.words")

NOBODY: Final = "not reviewed"
CONVERSATION: Final = ROOT / "bot" / "domain"
REVIEWS: Final = ROOT / "bot" / "reviews.yml"
MARKED: Final[Sequence[str]] = (
    "escalation/replies.yml",
    "safety_plans/sections.yml",
    "channels/web_chat/words.yml",
    "channels/web_chat/crisis_card.yml",
    "channels/help_pages/words.yml",
    "channels/plan_pages/words.yml",
    "channels/plan_pages/helping.yml",
    "gateway/desk/poster_words.yml",
)
"""Files of words that carry their own mark; a test finds any that is missing here."""

FINGERPRINT_LETTERS: Final = 12


@dataclass(frozen=True)
class Acceptance:
    """A named person stands up for words that nobody signed yet, until a last day."""

    name: str
    role: str
    last_day: date
    fingerprint: str

    @classmethod
    def read(cls, written: str) -> "Acceptance":
        """Read `Name; role; YYYY-MM-DD; fingerprint`; ValueError if it is not."""
        parts = [part.strip() for part in written.split(";")]
        if len(parts) != len(cls.__annotations__) or not all(parts):
            raise ValueError("must be: name; role; last day; fingerprint")
        name, role, last_day, fingerprint = parts
        return cls(name, role, date.fromisoformat(last_day), fingerprint)


def fingerprint(settings: Settings) -> str:
    """Tell these words from any others: it changes with every letter of them."""
    hashed = hashlib.sha256()
    files = [*_conversation(), *(ROOT / name for name in MARKED)]
    if settings.words_overlay is not None and settings.words_overlay.exists():
        files.append(settings.words_overlay)
    for file in files:
        hashed.update(hashlib.sha256(file.read_bytes()).digest())
    return hashed.hexdigest()[:FINGERPRINT_LETTERS]


def unread() -> tuple[str, ...]:
    """Name every file, and in the crisis words every key, that nobody signed."""
    reviews = _read(REVIEWS)["files"]
    conversation = (
        f"bot/domain/{file.name}"
        for file in _conversation()
        if _is_unsigned(reviews.get(file.name) or {})
    )
    return (*conversation, *(place for name in MARKED for place in _unsigned_in(name)))


def words_are_read(settings: Settings, today: date | None = None) -> None:
    """Refuse real use of words that nobody read and nobody stands up for.

    Raises NotReadyForProduction, naming them and the one setting. A last day that has
    passed is an alarm and no refusal: a restart at night must not take away the
    crisis words, which need this process.
    """
    if settings.is_local or not (places := unread()):
        return
    now = fingerprint(settings)
    how = f"HANDRAIL_WORDS_ACCEPTED='name; role; last day; {now}'"
    if not settings.words_accepted:
        raise NotReadyForProduction(
            f"nobody has read {', '.join(places)}. Have them read and signed "
            f"(docs/content-guide.md), or for a pilot the safeguarding lead takes them "
            f"on by name: {how}"
        )
    accepted = _accepted(settings)
    if accepted.fingerprint != now:
        raise NotReadyForProduction(
            f"HANDRAIL_WORDS_ACCEPTED is for other words than these. Once they are "
            f"read again: {how}"
        )
    if has_passed(accepted, today or date.today()):  # noqa: DTZ011  a day is enough
        log.error("HANDRAIL_WORDS_ACCEPTED: its last day has passed; have them read")


def has_passed(accepted: Acceptance, today: date) -> bool:
    """Tell whether the last day of an acceptance is over."""
    return accepted.last_day < today


def how_they_stand(settings: Settings, today: date) -> str:
    """Say what is to be mended about the words; empty when nothing is."""
    try:
        words_are_read(settings, today)
    except NotReadyForProduction as wrong:
        return str(wrong)
    if unread() and settings.words_accepted:
        accepted = _accepted(settings)
        if has_passed(accepted, today):
            return f"the last day of HANDRAIL_WORDS_ACCEPTED was {accepted.last_day}"
    return ""


def _accepted(settings: Settings) -> Acceptance:
    try:
        return Acceptance.read(settings.words_accepted)
    except ValueError as wrong:
        raise NotReadyForProduction(f"HANDRAIL_WORDS_ACCEPTED {wrong}") from wrong


def _conversation() -> list[Path]:
    return [file for file in sorted(CONVERSATION.glob("*.yml")) if _speaks(file)]


def _speaks(file: Path) -> bool:
    return "responses" in _read(file)


def _unsigned_in(name: str) -> Iterator[str]:
    written = _read(ROOT / name)
    if isinstance(written, list):
        yield from (f"{name}: {one['key']}" for one in written if _is_unsigned(one))
    elif _is_unsigned(written.get("review") or written):
        yield name


def _is_unsigned(mark: dict[str, Any]) -> bool:
    """No name, or the mark of nobody; `status` is how the plan's files write it."""
    return (mark.get("reviewed_by") or mark.get("status") or NOBODY) == NOBODY


def _read(file: Path) -> Any:
    return read_yaml(file) or {}
