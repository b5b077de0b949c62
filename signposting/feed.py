"""Our shown records as an HSDS 3.0 feed, for partners to check and to use again.

Phones are nested in each service: the UK profile has no place for them, but it allows
extra fields, so one feed suits both. Times are wall-clock times in London.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from signposting.directory import Directory
from signposting.records import ANY_AGE, Phone, Service, ServiceHours

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/"
MOST_PER_PAGE = 100
WHOLE_DAY = 24 * 60

Row = dict[str, Any]


def front_page(openapi_url: str) -> Row:
    """Give what `GET /` of a feed declares."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": openapi_url}


def services_page(directory: Directory, *, page: int = 1, per_page: int = 50) -> Row:
    """Give one page of whole services; a page past the end is empty.

    Pages count from 1. Raises ValueError for a page or a size under 1, or over 100
    services to a page.
    """
    if page < 1 or not 1 <= per_page <= MOST_PER_PAGE:
        raise ValueError(f"page from 1, and 1 to {MOST_PER_PAGE} services to a page")
    total = len(directory.shown)
    pages = max(1, -(-total // per_page))
    contents = [
        service_row(directory, service)
        for service in directory.shown[(page - 1) * per_page : page * per_page]
    ]
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def service_detail(directory: Directory, hsds_id: str) -> Row | None:
    """Give one shown service by its HSDS id, or None."""
    found = (each for each in directory.shown if each.hsds_id == hsds_id)
    return next((service_row(directory, each) for each in found), None)


def service_row(directory: Directory, service: Service) -> Row:
    """Give one service as HSDS 3.0, with what we add in x_ fields."""
    known, expect = service.provenance, service.expect
    organization = {
        "id": _id("organization", service.organisation),
        "name": service.organisation,
        "description": service.organisation,
    }
    row: Row = {
        "id": service.hsds_id,
        "organization_id": organization["id"],
        "name": service.name,
        "description": service.description,
        "status": service.status.value,
        "url": service.url,
        "email": service.email,
        "fees_description": expect.cost,
        "application_process": expect.next_steps,
        "assured_date": _day(known.last_checked_live),
        "organization": organization,
        "phones": [_phone(service, each) for each in service.phones],
        "schedules": [
            _schedule(service, place, each) for place, each in enumerate(service.hours)
        ],
        "service_areas": [_area(service, name) for name in service.area_names],
        "attributes": list(_attributes(service)),
        **_ages(service),
        **_ours(directory, service),
    }
    return {field: value for field, value in row.items() if value is not None}


def _ages(service: Service) -> Row:
    lowest, highest = service.ages.lowest, service.ages.highest
    return {
        "minimum_age": lowest if lowest > ANY_AGE.lowest else None,
        "maximum_age": highest if highest < ANY_AGE.highest else None,
    }


def _ours(directory: Directory, service: Service) -> Row:
    expect = service.expect
    return {
        "x_slug": service.id,
        "x_hours_status": service.hours_status.value,
        "x_sms_summary": service.summary,
        "x_source_seen_on": _day(service.provenance.seen_on),
        "x_next_check_due": _day(service.provenance.next_check_due),
        "x_sample": True if directory.is_draft(service) else None,
        "x_what_to_expect": {
            "who": expect.who,
            "cost": expect.cost,
            "private": expect.private,
            "wait": expect.wait,
            "next_steps": expect.next_steps,
            "limits": expect.limits,
        },
    }


def _phone(service: Service, phone: Phone) -> Row:
    row = {
        "id": _id(service.hsds_id, "phone", phone.kind.value, phone.number),
        "service_id": service.hsds_id,
        "number": phone.number,
        "type": phone.kind.value,
        "x_free": phone.free,
        "x_text_keyword": phone.keyword,
    }
    return {field: value for field, value in row.items() if value is not None}


def _schedule(service: Service, place: int, hours: ServiceHours) -> Row:
    is_whole_day = (hours.opens, hours.closes) == (0, WHOLE_DAY)
    row = {
        "id": _id(service.hsds_id, "schedule", str(place)),
        "service_id": service.hsds_id,
        "dtstart": _day(hours.first_day),
        **_rule_in_fields(hours.rule),
        "opens_at": _clock(hours.opens),
        "closes_at": "23:59" if is_whole_day else _clock(hours.closes),
        "valid_from": _day(hours.valid_from),
        "valid_to": _day(hours.valid_to),
        "until": _day(hours.until),
        "description": hours.row,
        "attending_type": hours.way.value,
        **_our_hours(hours),
    }
    return {field: value for field, value in row.items() if value is not None}


def _rule_in_fields(rule: str) -> Row:
    """Take an RRULE apart into the fields that HSDS keeps it in."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    return {
        "freq": parts["FREQ"],
        "interval": int(parts.get("INTERVAL", "1")),
        "count": int(parts["COUNT"]) if "COUNT" in parts else None,
        "byday": parts.get("BYDAY"),
        "bymonthday": parts.get("BYMONTHDAY"),
        "wkst": parts.get("WKST"),
    }


def _our_hours(hours: ServiceHours) -> Row:
    return {
        "x_channel": hours.way.value,
        "x_timezone": "Europe/London",
        "x_bank_holidays": hours.on_bank_holidays.value,
        "x_also_on_bank_holidays": hours.also_on_bank_holidays or None,
        "x_human_available": hours.person_there,
        "x_min_age": hours.ages.lowest if hours.ages != ANY_AGE else None,
        "x_max_age": hours.ages.highest if hours.ages != ANY_AGE else None,
        "x_term_time_only": hours.term_time_only or None,
        "x_terms": [
            {"starts": _day(term.starts), "ends": _day(term.ends)}
            for term in hours.terms
        ]
        or None,
        "x_phone_number": hours.phone_number,
        "x_sure": None if hours.sure else False,
    }


def _area(service: Service, name: str) -> Row:
    return {
        "id": _id(service.hsds_id, "area", name),
        "service_id": service.hsds_id,
        "name": name,
        "extent": name,
        "extent_type": "text",
    }


def _attributes(service: Service) -> Iterator[Row]:
    kinds = {
        "channel": [way.value for way in service.listed_ways],
        "audience": service.audiences,
        "format": service.formats,
        "access": service.access,
        "topic": service.topics,
    }
    for kind, values in kinds.items():
        for value in sorted(values):
            term = _id("term", kind, value)
            yield {
                "id": _id(service.hsds_id, "attribute", kind, value),
                "link_id": service.hsds_id,
                "link_entity": "service",
                "link_type": kind,
                "value": value,
                "taxonomy_term_id": term,
                "taxonomy_term": {"id": term, "name": value, "description": kind},
            }


def _id(*parts: str) -> str:
    """Make the same UUID for the same parts every time."""
    return str(uuid5(NAMESPACE_URL, "/".join(("handrail", *parts))))


def _clock(minutes: int) -> str:
    return f"{minutes % WHOLE_DAY // 60:02}:{minutes % 60:02}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
