"""What the page about cover asks of the gateway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from channels.staff.signed_in import SignedIn


class CoverDeed(str, Enum):
    """One change of cover; a form names one of these."""

    ADD_HOURS = "add_hours"
    REMOVE_HOURS = "remove_hours"
    SAY = "say"
    TIMERS = "timers"
    ADD_CONTACT = "add_contact"
    REMOVE_CONTACT = "remove_contact"
    EARLIER = "earlier"
    ADD_TURN = "add_turn"
    REMOVE_TURN = "remove_turn"


@dataclass(frozen=True)
class HoursLine:
    """A row of hours in words: "Mon to Fri, 09:00 to 17:00"."""

    said: str
    on_bank_holidays: str


@dataclass(frozen=True)
class WayLine:
    """One way to reach a contact, and where it leads."""

    way: str
    to: str


@dataclass(frozen=True)
class ContactLine:
    """Somebody on call; without turns they are on call at any time."""

    name: str
    ways: Sequence[WayLine]
    turns: Sequence[HoursLine]
    is_on_now: bool


@dataclass(frozen=True)
class PlaceLines:
    """A place in the chain, and who is asked there, in order."""

    place: str
    contacts: Sequence[ContactLine]


@dataclass(frozen=True)
class HolidayLine:
    """A bank holiday ahead, and whether anybody is there on it."""

    day: date
    has_cover: bool
    has_first: bool


@dataclass(frozen=True)
class CoverPage:
    """Everything about my organisation's cover.

    `version` goes back with every form, so that two people never overwrite each other.
    """

    version: int
    changed_by: str | None
    changed_at: datetime | None
    is_covered: bool
    starts: datetime | None
    said: str
    shifts_count: bool
    hours: Sequence[HoursLine]
    places: Sequence[PlaceLines]
    timers: Mapping[str, int]
    tell: str
    holidays: Sequence[HolidayLine]


class CoverDesk(Protocol):
    """Cover of my organisation."""

    async def cover(self, me: SignedIn) -> CoverPage:
        """Show it."""

    async def change(
        self, me: SignedIn, deed: CoverDeed, version: int, fields: Mapping[str, str]
    ) -> str | None:
        """Make one change; gives the key of why it was refused, None when made."""
