"""Cover of an organisation, as its lead sees and changes it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.turns.cover import CoverLook
from channels.staff.cover_desk import (
    ContactLine,
    CoverDeed,
    CoverPage,
    HolidayLine,
    HoursLine,
    PlaceLines,
    WayLine,
)
from channels.staff.signed_in import SignedIn
from foundations.clock import in_london
from gateway.desk.noting import Did, note
from gateway.handing_over.cover_keeping import CoverKeeping
from handover import IsHoliday, Organisation, Organisations, changing_cover
from handover.changing_cover import NotChanged
from handover.cover import WHOLE_DAY, CoverHours
from handover.on_call import OnCallContact, Place, Way
from handover.reading import DAYS
from handover.timers import AlertStep
from handover.writing import Written
from storage import Database, UnitOfWork

LOOK_AHEAD_DAYS: Final = 60
CHANGED_MEANWHILE: Final = "changed_meanwhile"
NOT_ALLOWED: Final = "not_allowed"
UNREADABLE: Final = "unreadable"
NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Fields = Mapping[str, str]


class StaffCover:
    """Answers the page about cover."""

    def __init__(
        self,
        database: Database,
        organisations: Organisations,
        look: CoverLook,
        keeping: CoverKeeping,
        may_go_to: Callable[[str], bool],
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._look = look
        self._keeping = keeping
        self._may_go_to = may_go_to

    async def cover(self, me: SignedIn) -> CoverPage:
        """Show it."""
        return await self._database.read(lambda unit: self._page(unit, me))

    async def change(
        self, me: SignedIn, deed: CoverDeed, version: int, fields: Fields
    ) -> str | None:
        """Make one change; gives the key of why it was refused, None when made."""

        def work(unit: UnitOfWork) -> str | None:
            self._keeping.refresh(unit)
            kept = unit.cover_plans.newest(me.organisation)
            if version != (kept.number if kept else 0):
                return CHANGED_MEANWHILE
            organisation = self._organisations.named(me.organisation)
            address = fields.get(f"way_{Way.WEBHOOK.value}", "")
            if address and not self._may_go_to(address):
                note(unit, me, Did.ALERT_ADDRESS_REFUSED, me.organisation)
                return NOT_ALLOWED
            try:
                plan = DEEDS[deed](organisation, fields)
                self._keeping.change(unit, organisation, plan, me.id)
            except NotChanged as refused:
                return refused.why.value
            except (KeyError, ValueError):
                return UNREADABLE
            note(unit, me, Did.COVER_CHANGED, me.organisation)
            return None

        return await self._database.write(work)

    def _page(self, unit: UnitOfWork, me: SignedIn) -> CoverPage:
        organisation = self._organisations.named(me.organisation)
        kept = unit.cover_plans.newest(me.organisation)
        by = unit.staff.get(kept.changed_by) if kept else None
        now = self._look.now(unit, organisation)
        is_holiday, moment = self._look.is_holiday(organisation), unit.clock()
        on_call, timers = organisation.on_call, organisation.timers
        return CoverPage(
            version=kept.number if kept else 0,
            changed_by=by.name if by else None,
            changed_at=kept.changed_at if kept else None,
            is_covered=now.is_covered,
            starts=now.starts,
            said=organisation.cover_hours,
            shifts_count=organisation.cover.shifts_count,
            hours=tuple(_hours(row) for row in organisation.cover.hours),
            places=tuple(
                PlaceLines(
                    place.value,
                    tuple(
                        _contact(one, moment, is_holiday)
                        for one in on_call.places.get(place, ())
                    ),
                )
                for place in Place
            ),
            timers={step.value: timers.alert[step] for step in AlertStep},
            tell=", ".join(str(minutes) for minutes in timers.tell),
            holidays=tuple(_holidays(organisation, moment, is_holiday)),
        )


def _contact(
    contact: OnCallContact, now: datetime, is_holiday: IsHoliday
) -> ContactLine:
    return ContactLine(
        name=contact.name,
        ways=tuple(WayLine(one.way.value, one.to) for one in contact.addresses),
        turns=tuple(_hours(row) for row in contact.hours),
        is_on_now=contact.is_on(now, is_holiday),
    )


def _hours(row: CoverHours) -> HoursLine:
    closes = row.closes % WHOLE_DAY or WHOLE_DAY
    ends = (
        f"{_clock(closes)} the next day" if row.closes > WHOLE_DAY else _clock(closes)
    )
    days = sorted(row.weekdays)
    run = len(days) > 2 and days[-1] - days[0] == len(days) - 1
    named = (
        f"{NAMES[days[0]]} to {NAMES[days[-1]]}"
        if run
        else ", ".join(NAMES[day] for day in days)
    )
    return HoursLine(
        f"{named}, {_clock(row.opens)} to {ends}", row.on_bank_holidays.value
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _holidays(
    organisation: Organisation, now: datetime, is_holiday: IsHoliday
) -> Iterator[HolidayLine]:
    """List the bank holidays ahead, and who is there on each."""
    today = in_london(now).date()
    first = organisation.on_call.places.get(Place.FIRST, ())
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = today + timedelta(days=ahead)
        if is_holiday(day):
            yield HolidayLine(
                day,
                has_cover=_starts(organisation.cover.hours, day, is_holiday),
                has_first=any(
                    not one.hours or _starts(one.hours, day, is_holiday)
                    for one in first
                ),
            )


def _starts(hours: tuple[CoverHours, ...], day: date, is_holiday: IsHoliday) -> bool:
    return any(row.starts_on(day, is_holiday) for row in hours)


def _row(fields: Fields) -> dict[str, Any]:
    """Read a row of hours from a form; nothing about holidays is picked beforehand."""
    return {
        "days": [day for day in DAYS if f"day_{day}" in fields],
        "opens": fields["opens"],
        "closes": "24:00" if fields["closes"] == "00:00" else fields["closes"],
        "bank_holidays": fields["bank_holidays"],
    }


def _add_contact(organisation: Organisation, fields: Fields) -> Written:
    ways = [
        {way.value: fields[f"way_{way.value}"]}
        for way in Way
        if fields.get(f"way_{way.value}")
    ]
    contact = {"name": fields["name"], "ways": ways}
    return changing_cover.add_contact(organisation, fields["place"], contact)


def _timers(organisation: Organisation, fields: Fields) -> Written:
    told = [int(one) for one in fields["tell"].replace(",", " ").split()]
    later = (step.value for step in AlertStep if step is not AlertStep.FIRST)
    timers = {**{step: int(fields[step]) for step in later}, "tell": told}
    return changing_cover.set_timers(organisation, timers)


DEEDS: Final[Mapping[CoverDeed, Callable[[Organisation, Fields], Written]]] = {
    CoverDeed.ADD_HOURS: lambda one, said: changing_cover.add_hours(one, _row(said)),
    CoverDeed.REMOVE_HOURS: lambda one, said: changing_cover.remove_hours(
        one, int(said["row"])
    ),
    CoverDeed.SAY: lambda one, said: changing_cover.say_hours(
        one, said["said"], shifts_count=said["shifts"] == "counted"
    ),
    CoverDeed.TIMERS: _timers,
    CoverDeed.ADD_CONTACT: _add_contact,
    CoverDeed.REMOVE_CONTACT: lambda one, said: changing_cover.remove_contact(
        one, said["name"]
    ),
    CoverDeed.EARLIER: lambda one, said: changing_cover.ask_earlier(one, said["name"]),
    CoverDeed.ADD_TURN: lambda one, said: changing_cover.add_turn(
        one, said["name"], _row(said)
    ),
    CoverDeed.REMOVE_TURN: lambda one, said: changing_cover.remove_turn(
        one, said["name"], int(said["row"])
    ),
}
