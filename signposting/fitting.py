"""Does a service fit what was asked for? Age first; then who it is for; then how."""

from functools import cache

from signposting.records import (
    ANY_AGE,
    SURE_HOURS,
    AreaId,
    OnBankHolidays,
    Phone,
    PhoneKind,
    Service,
    Way,
)
from signposting.wishes import Wishes

EMERGENCY = "emergency"
ADULTS_ONLY = "parents-carers"
EVERYONE = "everyone"

# Someone to talk to about anything; other topics are offered to those who ask.
LISTENING = frozenset({"crisis", "listening", "counselling", "peer-support"})
ABOUT_ANYTHING = LISTENING | {"suicidal-thoughts"}

EVERY_DAY = frozenset(range(7))
WHOLE_DAY = 24 * 60
"""In minutes."""

NATIONAL = frozenset(map(AreaId, ("united-kingdom", "england-and-wales", "england")))

# Where a person answers while you wait; a form or a forum is offered when asked for.
AT_ONCE = frozenset(
    {Way.PHONE, Way.SMS, Way.WHATSAPP, Way.WEBCHAT, Way.APP, Way.IN_PERSON}
)


def is_ever_offered(service: Service) -> bool:
    """Tell whether it is one choice among others: no emergency line, no second name."""
    return EMERGENCY not in service.topics and not _is_another_name(service)


def is_possible(service: Service, wishes: Wishes) -> bool:
    """Tell whether nothing rules a service out: age, audience, ways, or a no."""
    return (
        service.id not in wishes.without
        and (wishes.ages is None or service.ages.meets(wishes.ages))
        and _is_for_them(service, wishes)
        and bool(usable_ways(service, wishes))
    )


def is_the_kind(service: Service, wishes: Wishes) -> bool:
    """Tell whether a possible service is also of the kind that was asked for."""
    return (
        (not wishes.ways or bool(service.ways & wishes.ways))
        and (not wishes.audiences or bool(service.audiences & wishes.audiences))
        and (not wishes.formats or bool(service.formats & wishes.formats))
        and wishes.access <= service.access
        and bool(service.topics & (wishes.topics or ABOUT_ANYTHING))
    )


def is_about_anything(service: Service) -> bool:
    """Tell whether it is there for any worry, and so can stand in for another."""
    return not service.topics.isdisjoint(ABOUT_ANYTHING)


def usable_ways(service: Service, wishes: Wishes) -> frozenset[Way]:
    """Give the ways that are not refused, can be paid for, and are there when asked."""
    ways = _not_refused(service.ways, wishes.ways, wishes.refused)
    if wishes.at_any_hour:
        ways &= _always_there(service)
    if not wishes.no_credit:
        return ways
    return frozenset(way for way in ways if is_free(service, way) is not False)


@cache
def _not_refused(
    ways: frozenset[Way], wanted: frozenset[Way], refused: frozenset[Way]
) -> frozenset[Way]:
    """Take the wanted ways; without any, those answered at once; without any, all."""
    return (ways & wanted or ways & AT_ONCE or ways) - refused


def _always_there(service: Service) -> frozenset[Way]:
    """Give the ways that a person answers at every hour of every day of the year."""
    if service.hours_status not in SURE_HOURS:
        return frozenset()
    return frozenset(
        row.way
        for row in service.hours
        if row.person_there
        and row.sure
        and row.weekdays == EVERY_DAY
        and (row.opens, row.closes) == (0, WHOLE_DAY)
        and row.on_bank_holidays is OnBankHolidays.OPEN
        and not row.term_time_only
        and row.ages == ANY_AGE
        and (row.valid_to, row.until) == (None, None)
    )


def wanted_ways(service: Service, wishes: Wishes) -> frozenset[Way]:
    """Give the usable ways that were asked for; all of them if none was."""
    ways = usable_ways(service, wishes)
    return ways & wishes.ways if wishes.ways else ways


def phone_for(service: Service, way: Way) -> Phone | None:
    """Give the number that a way uses; None for the ways without one."""
    match way:
        case Way.PHONE:
            kind = PhoneKind.VOICE
        case Way.SMS | Way.WHATSAPP:
            kind = PhoneKind.TEXT
        case _:
            return None
    return next((phone for phone in service.phones if phone.kind is kind), None)


def is_free(service: Service, way: Way) -> bool | None:
    """Tell whether a way costs no credit; None where that is not known.

    With no credit, a number that is not known to be free cannot be relied on.
    """
    phone = phone_for(service, way)
    if phone is None:
        return None
    return phone.free or False


def _is_another_name(service: Service) -> bool:
    """A second national name for the same people adds nothing; a local door does."""
    return service.same_as is not None and bool(service.areas & NATIONAL)


def _is_for_them(service: Service, wishes: Wishes) -> bool:
    if ADULTS_ONLY in service.audiences:
        return ADULTS_ONLY in wishes.audiences
    return EVERYONE in service.audiences or not service.audiences.isdisjoint(
        wishes.audiences
    )
