"""The on-call chain: who is alerted first, second, and the lead, and by which ways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from handover.cover import CoverHours, IsHoliday, is_open
from handover.timers import AlertStep


class Way(str, Enum):
    """A way to reach a contact. None of them ever carries what was said."""

    SMS = "sms"
    EMAIL = "email"
    WEBHOOK = "webhook"


@dataclass(frozen=True)
class Address:
    """Where one way leads: a number, an e-mail address or an https address."""

    way: Way
    to: str


@dataclass(frozen=True)
class OnCallContact:
    """Somebody on call: their ways in the order they are used, and their rota hours.

    A contact without hours is on call at any time.
    """

    name: str
    addresses: tuple[Address, ...]
    hours: tuple[CoverHours, ...] = ()

    def is_on(self, now: datetime, is_holiday: IsHoliday) -> bool:
        """Tell whether this contact's rota covers now."""
        return not self.hours or is_open(self.hours, now, is_holiday)


class Place(str, Enum):
    """The places in the chain."""

    FIRST = "first"
    SECOND = "second"
    LEAD = "lead"


PLACE_OF: dict[AlertStep, Place] = {
    AlertStep.FIRST: Place.FIRST,
    AlertStep.REMIND: Place.FIRST,
    AlertStep.SECOND: Place.SECOND,
    AlertStep.LEAD: Place.LEAD,
}


@dataclass(frozen=True)
class OnCall:
    """Contacts by place; the first of a place whose rota covers now is asked."""

    places: Mapping[Place, tuple[OnCallContact, ...]]

    def for_step(
        self, step: AlertStep, now: datetime, is_holiday: IsHoliday
    ) -> OnCallContact | None:
        """Find whom a step reaches now; when nobody there is on, the next place's.

        The lead's place always has somebody, so only an empty chain gives None.
        """
        return next(
            (
                contact
                for place in _from(PLACE_OF[step])
                for contact in self.places.get(place, ())
                if contact.is_on(now, is_holiday)
            ),
            None,
        )

    def everyone(self) -> tuple[OnCallContact, ...]:
        """Give the whole chain, the first place first."""
        return tuple(one for place in Place for one in self.places.get(place, ()))

    def after(
        self, name: str, now: datetime, is_holiday: IsHoliday
    ) -> OnCallContact | None:
        """Find the next of the chain who is on now; None after the last one."""
        chain = self.everyone()
        names = [one.name for one in chain]
        rest = chain[names.index(name) + 1 :] if name in names else ()
        return next((one for one in rest if one.is_on(now, is_holiday)), None)


def _from(place: Place) -> Iterator[Place]:
    places = list(Place)
    yield from places[places.index(place) :]
