"""What is known about one service: who it is for, how to reach it, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NewType

ServiceId = NewType("ServiceId", str)
AreaId = NewType("AreaId", str)


class Way(str, Enum):
    """A way to get in touch, named as in the records."""

    PHONE = "phone"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    WEBCHAT = "webchat"
    APP = "app"
    EMAIL = "email"
    ONLINE_FORM = "online-form"
    ONLINE_COMMUNITY = "online-community"
    ONLINE = "online"
    IN_PERSON = "in_person"


SPOKEN_ALOUD = frozenset({Way.PHONE, Way.IN_PERSON})
NEEDS_DATA = frozenset(
    {
        Way.WHATSAPP,
        Way.WEBCHAT,
        Way.APP,
        Way.EMAIL,
        Way.ONLINE_FORM,
        Way.ONLINE_COMMUNITY,
        Way.ONLINE,
    }
)


class ServiceStatus(str, Enum):
    """The four states of HSDS 3.0."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class ReleaseGate(str, Enum):
    """Whether a record may be shown, as decided when it was last read by a person."""

    AFTER_LIVE_CHECK = "show only after one live check"
    HOLD = "do not show until checked"
    NEVER = "never show"


class HoursStatus(str, Enum):
    """How well the hours of a service are known."""

    SOURCED = "sourced"
    GENERAL_KNOWLEDGE = "general-knowledge"
    STALE = "stale"
    CONFLICT = "conflict"
    PARTIAL = "partial"
    VARIES = "varies"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "n/a"


SURE_HOURS = frozenset({HoursStatus.SOURCED})
UNUSABLE_HOURS = frozenset(
    {HoursStatus.VARIES, HoursStatus.UNKNOWN, HoursStatus.NOT_APPLICABLE}
)


class OnBankHolidays(str, Enum):
    """What one row of hours says about bank holidays."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    SEE_WEEKEND = "see-weekend"


class Division(str, Enum):
    """A part of the UK with bank holidays of its own, named as GOV.UK names it."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class PhoneKind(str, Enum):
    """Whether a number is for talking or for texting (RFC 6350 names)."""

    VOICE = "voice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Ages in whole years, both ends included; the upper end may be open (200)."""

    lowest: int
    highest: int

    def covers(self, other: "AgeRange") -> bool:
        """Tell whether every age of the other is in this one."""
        return self.lowest <= other.lowest and other.highest <= self.highest

    def meets(self, other: "AgeRange") -> bool:
        """Tell whether at least one age is in both."""
        return self.lowest <= other.highest and other.lowest <= self.highest


ANY_AGE = AgeRange(0, 200)


@dataclass(frozen=True, slots=True)
class Phone:
    """One number; `free` is None where no source says what it costs."""

    number: str
    kind: PhoneKind
    free: bool | None
    keyword: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The first and the last day of one term."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """One row of weekly hours for one way, on the clock of a wall in London.

    `opens` and `closes` are minutes after midnight; `closes` is past 1440 when the
    row crosses midnight. `rule` is an RFC 5545 RRULE; `weekdays` is set when the rule
    is a plain weekly one (Monday is 0). `sure` is False where no good source vouches
    for this row, though others of the service are sourced.
    """

    row: str
    way: Way
    first_day: date
    rule: str
    weekdays: frozenset[int] | None
    opens: int
    closes: int
    on_bank_holidays: OnBankHolidays
    also_on_bank_holidays: bool = False
    person_there: bool = True
    ages: AgeRange = ANY_AGE
    valid_from: date | None = None
    valid_to: date | None = None
    until: date | None = None
    term_time_only: bool = False
    terms: tuple[Term, ...] = ()
    phone_number: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class WhatToExpect:
    """What happens when you get in touch; None where it is not known."""

    who: str | None = None
    cost: str | None = None
    private: str | None = None
    wait: str | None = None
    next_steps: str | None = None
    limits: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read, what it supports, and on which day it was seen."""

    supports: str
    seen_on: date
    url: str | None
    dated: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """How we know: sources, the checks made and due, and the gate for showing it."""

    sources: tuple[Source, ...]
    seen_on: date
    last_checked_live: date | None
    next_check_due: date | None
    gate: ReleaseGate
    contact_sourced: bool
    field_status: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """One service, as HSDS 3.0 knows it, with what we add to be able to trust it.

    `ways` are those the record gives a number or an address for; `place` is where
    its file lists it, which settles an order that nothing else does.
    """

    id: ServiceId
    hsds_id: str
    name: str
    organisation: str
    description: str | None
    summary: str | None
    status: ServiceStatus
    url: str | None
    email: str | None
    phones: tuple[Phone, ...]
    hours: tuple[ServiceHours, ...]
    hours_status: HoursStatus
    division: Division
    areas: frozenset[AreaId]
    area_names: tuple[str, ...]
    ages: AgeRange
    listed_ways: frozenset[Way]
    audiences: frozenset[str]
    formats: frozenset[str]
    access: frozenset[str]
    topics: frozenset[str]
    expect: WhatToExpect
    provenance: Provenance
    pinned: bool = False
    same_as: ServiceId | None = None
    instead: ServiceId | None = None
    other_names: tuple[str, ...] = ()
    ways: frozenset[Way] = frozenset()
    place: int = 0
