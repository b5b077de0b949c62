"""Reads HSDS 3.0 service objects, with our x_ fields, into records."""

import re
from datetime import date
from functools import lru_cache
from uuid import UUID

from dateutil.rrule import rrulestr

from signposting.fields import Fields
from signposting.places import Places
from signposting.records import (
    ANY_AGE,
    NEEDS_DATA,
    AgeRange,
    AreaId,
    Division,
    HoursStatus,
    OnBankHolidays,
    Phone,
    PhoneKind,
    Provenance,
    ReleaseGate,
    Service,
    ServiceHours,
    ServiceId,
    ServiceStatus,
    Source,
    Term,
    Way,
    WhatToExpect,
)

WHOLE_DAY = 24 * 60
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBER = re.compile(r"^\+?\d[\d ]{1,15}\d$|^\d{3}$")
_FIRST_DAY = date(2000, 1, 1)
_ATTRIBUTES = "attributes"


def read_service(fields: Fields, places: Places, place: int) -> Service:
    """Read one service; what is wrong is noted in the fields' list of faults."""
    attributes = _attributes(fields)
    phones = tuple(_phone(each) for each in fields.parts("phones"))
    listed = frozenset(_ways(fields, attributes.get("channel", ())))
    names, areas = _areas(fields, places)
    service = Service(
        id=ServiceId(fields.text("x_slug")),
        hsds_id=_uuid(fields, "id"),
        name=fields.text("name"),
        organisation=fields.part("organization").text("name"),
        description=fields.optional_text("description"),
        summary=fields.optional_text("x_sms_summary"),
        status=fields.member("status", ServiceStatus, ServiceStatus.INACTIVE),
        url=fields.optional_text("url"),
        email=fields.optional_text("email"),
        phones=phones,
        hours=tuple(_hours(each) for each in fields.parts("schedules")),
        hours_status=fields.member("x_hours_status", HoursStatus, HoursStatus.UNKNOWN),
        division=_division(fields, areas, places),
        areas=areas,
        area_names=names,
        ages=_ages(fields, "minimum_age", "maximum_age"),
        listed_ways=listed,
        audiences=frozenset(attributes.get("audience", ())),
        formats=frozenset(attributes.get("format", ())),
        access=frozenset(attributes.get("access", ())),
        topics=frozenset(attributes.get("topic", ())),
        expect=_expect(fields.part("x_what_to_expect")),
        provenance=_provenance(fields),
        pinned=fields.truth("x_pinned", otherwise=False),
        same_as=_other(fields, "x_same_as"),
        instead=_other(fields, "x_instead"),
        other_names=fields.texts("x_other_names"),
        ways=_reachable(fields, phones, listed),
        place=place,
    )
    return service


def _attributes(fields: Fields) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in fields.parts(_ATTRIBUTES):
        kind, value = each.text("link_type"), each.text("value")
        found[kind] = (*found.get(kind, ()), value)
    return found


def _ways(fields: Fields, values: tuple[str, ...]) -> list[Way]:
    ways = []
    for value in values:
        try:
            ways.append(Way(value))
        except ValueError:
            fields.fault(_ATTRIBUTES, f"{value} is not a way to get in touch we know")
    return ways


def _reachable(
    fields: Fields, phones: tuple[Phone, ...], listed: frozenset[Way]
) -> frozenset[Way]:
    """Keep the ways that the record really gives a number or an address for."""
    kinds = {phone.kind for phone in phones}
    ways = set()
    if PhoneKind.VOICE in kinds:
        ways.add(Way.PHONE)
    if PhoneKind.TEXT in kinds:
        ways |= {Way.SMS} | (listed & {Way.WHATSAPP})
    if fields.has("email"):
        ways.add(Way.EMAIL)
    if fields.has("url"):
        ways |= listed & (NEEDS_DATA - {Way.WHATSAPP, Way.EMAIL} | {Way.IN_PERSON})
        # Its page says how to get in touch when the record itself does not.
        ways = ways or {Way.ONLINE}
    return frozenset(ways)


def _areas(fields: Fields, places: Places) -> tuple[tuple[str, ...], frozenset[AreaId]]:
    """Read the areas served; `x_only_in` narrows a brand bought area by area."""
    field = "x_only_in" if fields.has("x_only_in") else "service_areas"
    listed = [each.text("name") for each in fields.parts("service_areas")]
    names = fields.texts("x_only_in") if field == "x_only_in" else tuple(listed)
    areas = set()
    for name in names:
        area = places.named(name)
        if area:
            areas.add(area)
        else:
            fields.fault(field, f"{name} is not an area in areas.yml")
    return names, frozenset(areas)


def _division(fields: Fields, areas: frozenset[AreaId], places: Places) -> Division:
    """Take the bank holidays of the area served; those of England for the whole UK."""
    around = places.around(areas)
    otherwise = Division.ENGLAND_AND_WALES
    if AreaId("england-and-wales") not in around:
        if AreaId("scotland") in around:
            otherwise = Division.SCOTLAND
        if AreaId("northern-ireland") in around:
            otherwise = Division.NORTHERN_IRELAND
    return fields.member("x_bank_holidays_of", Division, otherwise)


def _phone(fields: Fields) -> Phone:
    number = fields.text("number")
    if number and not _NUMBER.match(number):
        fields.fault("number", "must be digits and spaces")
    return Phone(
        number=number,
        kind=fields.member("type", PhoneKind, PhoneKind.VOICE),
        free=fields.maybe("x_free"),
        keyword=fields.optional_text("x_text_keyword"),
    )


def _hours(fields: Fields) -> ServiceHours:
    opens, closes = fields.minutes("opens_at"), fields.minutes("closes_at")
    # 00:00 to 23:59 is how HSDS writes a whole day; the last minute is meant too.
    if (opens, closes) == (0, WHOLE_DAY - 1) or fields.truth(
        "x_always_open", otherwise=False
    ):
        opens, closes = 0, WHOLE_DAY
    elif closes <= opens:
        closes += WHOLE_DAY
    rule = _rule(fields)
    return ServiceHours(
        row=fields.optional_text("description") or fields.text("id"),
        way=fields.member("x_channel", Way, Way.PHONE),
        first_day=fields.day("dtstart") or _FIRST_DAY,
        rule=rule,
        weekdays=_plain_weekdays(rule),
        opens=opens,
        closes=closes,
        on_bank_holidays=fields.member(
            "x_bank_holidays", OnBankHolidays, OnBankHolidays.UNKNOWN
        ),
        also_on_bank_holidays=fields.truth("x_also_on_bank_holidays", otherwise=False),
        person_there=fields.truth("x_human_available", otherwise=False),
        ages=_ages(fields, "x_min_age", "x_max_age"),
        valid_from=fields.day("valid_from"),
        valid_to=fields.day("valid_to"),
        until=fields.day("until"),
        term_time_only=fields.truth("x_term_time_only", otherwise=False),
        terms=tuple(_term(each) for each in fields.parts("x_terms")),
        phone_number=fields.optional_text("x_phone_number"),
        sure=fields.truth("x_sure", otherwise=True),
    )


def _term(fields: Fields) -> Term:
    starts, ends = fields.day("starts"), fields.day("ends")
    if starts is None or ends is None or ends < starts:
        fields.fault("ends", "a term needs a first day and a later last day")
    return Term(starts or _FIRST_DAY, ends or _FIRST_DAY)


def _rule(fields: Fields) -> str:
    """Put the RRULE together from the fields that HSDS keeps it in."""
    parts = {
        "FREQ": fields.text("freq"),
        "INTERVAL": str(fields.number("interval", 1)),
        "COUNT": str(fields.number("count", 0)),
        "BYDAY": fields.optional_text("byday"),
        "BYMONTHDAY": fields.optional_text("bymonthday"),
        "WKST": fields.optional_text("wkst"),
    }
    rule = ";".join(
        f"{name}={value}" for name, value in parts.items() if value not in (None, "0")
    )
    if not _can_be_kept(rule):
        fields.fault("byday", f"does not make a rule that can be kept: {rule}")
        return "FREQ=WEEKLY;INTERVAL=1;COUNT=1"
    return rule


@lru_cache(maxsize=1024)
def _can_be_kept(rule: str) -> bool:
    try:
        rrulestr(rule)
    except (ValueError, KeyError, TypeError):
        return False
    return True


@lru_cache(maxsize=1024)
def _plain_weekdays(rule: str) -> frozenset[int] | None:
    """Give the weekdays of a rule that is nothing but weekdays, every week."""
    match = re.fullmatch(r"FREQ=WEEKLY;INTERVAL=1;BYDAY=([A-Z,]+)(;WKST=\w\w)?", rule)
    if not match:
        return None
    return frozenset(_WEEKDAYS.index(day) for day in match[1].split(","))


def _ages(fields: Fields, lowest: str, highest: str) -> AgeRange:
    ages = AgeRange(
        fields.number(lowest, ANY_AGE.lowest), fields.number(highest, ANY_AGE.highest)
    )
    if ages.lowest > ages.highest:
        fields.fault(highest, "is under the lowest age")
        return ANY_AGE
    return ages


def _expect(fields: Fields) -> WhatToExpect:
    return WhatToExpect(
        who=fields.optional_text("who"),
        cost=fields.optional_text("cost"),
        private=fields.optional_text("private"),
        wait=fields.optional_text("wait"),
        next_steps=fields.optional_text("next_steps"),
        limits=fields.optional_text("limits"),
    )


def _provenance(fields: Fields) -> Provenance:
    return Provenance(
        sources=tuple(
            Source(
                supports=each.text("supports"),
                seen_on=each.day("seen_on") or _FIRST_DAY,
                url=each.optional_text("url"),
                dated=each.optional_text("dated"),
            )
            for each in fields.parts("x_sources")
        ),
        seen_on=fields.day("x_source_seen_on") or _FIRST_DAY,
        last_checked_live=fields.day("x_last_checked_live"),
        next_check_due=fields.day("x_next_check_due"),
        gate=fields.member("x_release_gate", ReleaseGate, ReleaseGate.HOLD),
        contact_sourced=fields.truth("x_contact_sourced", otherwise=False),
        field_status=fields.pairs("x_what_to_expect_status"),
    )


def _other(fields: Fields, field: str) -> ServiceId | None:
    slug = fields.optional_text(field)
    return ServiceId(slug) if slug else None


def _uuid(fields: Fields, field: str) -> str:
    found = fields.text(field)
    try:
        UUID(found)
    except ValueError:
        fields.fault(field, "must be a UUID")
    return found
