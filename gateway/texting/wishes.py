"""A shared phone: a word before the plan is read, no plan by text, and quiet hours."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from foundations.ids import ConversationId, YoungPersonId
from foundations.saying import Channel
from gateway.texting.hours import TextingHours
from storage import NotFound, UnitOfWork

TRIES: Final = 5
"""Wrong words in a row, after which no word opens the plan for a while."""

LOCKED_FOR: Final = timedelta(hours=1)

ANSWERING_FOR: Final = timedelta(minutes=15)
"""So long after a person's own words a text is an answer, whatever the hour."""

# Small enough for a busy moment, slow enough for a word of a few letters.
_HASHER: Final = PasswordHasher(time_cost=3, memory_cost=16 * 1024, parallelism=1)


@dataclass(frozen=True)
class TextingWishes:
    """How a person wishes to be texted; the word is only kept as a slow hash."""

    word: str | None = None
    wrong: int = 0
    locked_until: str | None = None
    no_plan: bool = False
    start: str | None = None
    end: str | None = None

    @classmethod
    def of(cls, unit: UnitOfWork, person: YoungPersonId) -> "TextingWishes":
        """Read a person's wishes; nobody has any before they said so."""
        kept = unit.texting_wishes.of_person(person)
        return cls() if kept is None else cls(**json.loads(kept))

    def keep(self, unit: UnitOfWork, person: YoungPersonId) -> None:
        """Write them down."""
        unit.texting_wishes.keep(person, json.dumps(asdict(self)))

    @property
    def hours(self) -> TextingHours | None:
        """The hours they chose."""
        if self.start is None or self.end is None:
            return None
        return TextingHours(
            time.fromisoformat(self.start), time.fromisoformat(self.end)
        )

    def within(self, hours: TextingHours | None) -> "TextingWishes":
        """Wish for these hours, or for any."""
        if hours is None:
            return replace(self, start=None, end=None)
        return replace(self, start=hours.start.isoformat(), end=hours.end.isoformat())

    def with_word(self, word: str) -> "TextingWishes":
        """Wish for this word before the plan is read."""
        hashed = _HASHER.hash(word.casefold())
        return replace(self, word=hashed, wrong=0, locked_until=None)

    def is_locked(self, now: datetime) -> bool:
        """Tell whether too many wrong words were tried lately."""
        until = self.locked_until
        return until is not None and now < datetime.fromisoformat(until)

    def is_word(self, word: str) -> bool:
        """Check a word against the one that was chosen."""
        try:
            return self.word is not None and _HASHER.verify(self.word, word.casefold())
        except VerificationError:
            return False

    def after_try(self, *, right: bool, now: datetime) -> "TextingWishes":
        """Count a wrong word, and lock after too many; a right one clears the count."""
        if right:
            return replace(self, wrong=0, locked_until=None)
        if self.wrong + 1 < TRIES:
            return replace(self, wrong=self.wrong + 1)
        until = (now + LOCKED_FOR).isoformat()
        return replace(self, wrong=0, locked_until=until)


def plan_stays_off(unit: UnitOfWork, person: YoungPersonId, channel: Channel) -> bool:
    """Tell whether a person keeps their plan off the phone that is written to now."""
    if channel is not Channel.SMS:
        return False
    wishes = TextingWishes.of(unit, person)
    return wishes.no_plan or wishes.word is not None


def may_leave_at(
    unit: UnitOfWork,
    person: YoungPersonId,
    conversation: ConversationId | None,
    now: datetime,
) -> datetime:
    """Tell when a text that is no crisis text may leave: now, or in their hours.

    An answer to something they just said is never held back. This is the one place
    that knows; the outbox asks it before every such text.
    """
    hours = TextingWishes.of(unit, person).hours
    if hours is None or hours.may_text(now):
        return now
    try:
        heard = conversation and unit.conversations.get(conversation).last_heard_at
    except NotFound:
        heard = None
    if heard and now - heard <= ANSWERING_FOR:
        return now
    return hours.next_start(now)
