"""Takes services from an HSDS or Open Referral UK 3.0 feed, with a report on each.

What is taken is held: a person reads it, writes the words, and opens the gate. Only
facts are taken. Nothing that a feed says about itself opens a gate or pins a record.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from signposting.errors import Broken
from signposting.fetching import NotFetched
from signposting.fields import Fields
from signposting.places import Places
from signposting.reading import read_service
from signposting.records import OnBankHolidays, ReleaseGate, Way
from signposting.retired import RetiredNumbers

Row = dict[str, Any]

_TAG = re.compile(r"<[^>]*>")
_TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)(:\d\d)?(Z|[+-]\d\d:?\d\d)?$")
_OLD_VERSION = frozenset({"eligibilitys", "regular_schedules", "service_taxonomys"})
_KEPT = ("id", "name", "status", "url", "email", "minimum_age", "maximum_age")
_KEPT_HOURS = (
    *("freq", "interval", "count", "byday", "bymonthday", "wkst"),
    *("dtstart", "valid_from", "valid_to", "until"),
)
_WAYS = {
    **{way.value: way for way in Way},
    "text": Way.SMS,
    "online": Way.ONLINE,
    "in-person": Way.IN_PERSON,
    "face-to-face": Way.IN_PERSON,
    "telephone": Way.PHONE,
}


class Outcome(str, Enum):
    """What became of one service of a feed."""

    TAKEN = "taken"
    CHANGED = "taken, changed"
    KEPT = "kept as a person left it"
    GONE = "no longer in the feed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Reported:
    """One service of a feed: what became of it, and every reason."""

    outcome: Outcome
    about: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ": ".join((self.outcome.value, self.about, *self.notes))


@dataclass(frozen=True)
class Imported:
    """The records taken, in our own shape and held, and a report on every service."""

    records: tuple[Row, ...]
    report: tuple[Reported, ...]


class _Refused(Exception):
    """This one service cannot be taken."""


def take(
    services: Iterable[Any],
    *,
    source: str,
    seen_on: date,
    places: Places,
    retired: RetiredNumbers,
    ours: Collection[str] = (),
) -> Imported:
    """Take what can be taken, one service at a time; a bad one never stops the rest.

    `ours` are the HSDS ids of records that we have from elsewhere.
    """
    records: list[Row] = []
    report: list[Reported] = []
    seen: set[str] = set()
    for number, service in enumerate(services):
        about = _about(service, number)
        notes: list[str] = []
        try:
            record = _record(service, notes, source, seen_on)
            if record["id"] in ours:
                raise _Refused("is one of our own records already")
            _refuse_unfit(record, seen, places, retired, notes)
        except _Refused as refused:
            report.append(Reported(Outcome.REFUSED, about, (str(refused),)))
            continue
        seen.add(record["id"])
        records.append(record)
        outcome = Outcome.CHANGED if notes else Outcome.TAKEN
        report.append(Reported(outcome, about, tuple(notes)))
    return Imported(tuple(records), tuple(report))


def _about(service: Any, number: int) -> str:
    if isinstance(service, NotFetched):
        return service.id[:80]
    if isinstance(service, Mapping) and service.get("id"):
        return str(service["id"])[:80]
    return f"[{number}]"


def _record(service: Any, notes: list[str], source: str, seen_on: date) -> Row:
    if isinstance(service, NotFetched):
        raise _Refused(service.why)
    if not isinstance(service, Mapping):
        raise _Refused("is not an object")
    if _OLD_VERSION & set(service):
        raise _Refused("is in version 1.0, and we take 3.0")
    _refuse_bad_id(service)
    record: Row = {field: service[field] for field in _KEPT if service.get(field)}
    record["name"] = _plain(service.get("name"), "name", notes)
    phones = list(_phones(service))
    schedules = list(_schedules(service, notes))
    ways = {row["x_channel"] for row in schedules} | _ways_of(phones)
    return record | {
        "organization": {"name": _organisation(service, record["name"], notes)},
        "phones": phones,
        "schedules": schedules,
        "service_areas": [
            {"name": str(area.get("name") or area.get("extent") or "")}
            for area in _rows(service, "service_areas")
        ],
        "attributes": [
            *({"link_type": "channel", "value": way} for way in sorted(ways)),
            *_tags(service),
        ],
        "x_slug": f"imported-{service['id']}",
        "x_hours_status": "sourced" if schedules else "unknown",
        "x_contact_sourced": bool(phones or record.get("url") or record.get("email")),
        **_held(source, seen_on),
    }


def _held(source: str, seen_on: date) -> Row:
    """Say where a record is from, and that no one may see it yet."""
    return {
        "x_release_gate": ReleaseGate.HOLD.value,
        "x_sources": [
            {
                "url": source if "://" in source else None,
                "supports": "import",
                "seen_on": seen_on.isoformat(),
            }
        ],
        "x_source_seen_on": seen_on.isoformat(),
    }


def _refuse_bad_id(service: Mapping[str, Any]) -> None:
    try:
        UUID(str(service.get("id")))
    except ValueError:
        raise _Refused("has an id that is not a UUID, as version 1.0 has") from None


def _refuse_unfit(
    record: Row,
    seen: set[str],
    places: Places,
    retired: RetiredNumbers,
    notes: list[str],
) -> None:
    """Refuse what our own loading would refuse, so that it never stops a start."""
    if record["id"] in seen:
        raise _Refused("has an id that came before")
    for number in retired.found_in(json.dumps(record)):
        raise _Refused(f"uses {number}, which is retired")
    known = [
        area
        for area in record["service_areas"]
        if places.named(area["name"]) is not None
    ]
    if len(known) < len(record["service_areas"]):
        notes.append("some areas are not in our table, and were left out")
    record["service_areas"] = known
    faults: list[Broken] = []
    fields = Fields(record, file="feed", record=record["id"], faults=faults)
    read_service(fields, places, 0)
    if faults:
        raise _Refused("; ".join(f"{each.field} {each.why}" for each in faults))


def _phones(service: Mapping[str, Any]) -> Iterator[Row]:
    """Gather numbers from every place that feeds put them, each once."""
    holders = [service, service.get("organization") or {}]
    for field in ("contacts", "service_at_locations", "locations"):
        holders += _rows(service, field)
    found = set()
    for holder in holders:
        for phone in _rows(holder, "phones"):
            number = " ".join(str(phone.get("number") or "").split())
            kind = "text" if phone.get("type") == "text" else "voice"
            if number and (kind, number) not in found:
                found.add((kind, number))
                yield {"number": number, "type": kind}


def _ways_of(phones: Iterable[Row]) -> set[str]:
    kinds = {phone["type"] for phone in phones}
    ways = {"voice": Way.PHONE.value, "text": Way.SMS.value}
    return {ways[kind] for kind in kinds}


def _schedules(service: Mapping[str, Any], notes: list[str]) -> Iterator[Row]:
    rows = _rows(service, "schedules")
    for at_location in _rows(service, "service_at_locations"):
        rows = [*rows, *_rows(at_location, "schedules")]
    for place, row in enumerate(rows):
        opens, closes = _clock(row.get("opens_at")), _clock(row.get("closes_at"))
        if not (row.get("freq") and opens and closes):
            notes.append(f"schedules[{place}] has no times that can be kept")
            continue
        if any(str(row.get(f)).endswith("Z") for f in ("opens_at", "closes_at")):
            notes.append(f"schedules[{place}] says Z; read as London wall-clock time")
        yield {
            **{field: row[field] for field in _KEPT_HOURS if row.get(field)},
            "id": str(row.get("id") or place),
            "opens_at": opens,
            "closes_at": closes,
            "x_channel": _way(row),
            "x_bank_holidays": _on_bank_holidays(row),
            # Only a person can say whether someone is there when a page says "open".
            "x_human_available": row.get("x_human_available") is True,
        }


def _clock(value: Any) -> str | None:
    """Keep the time as the wall shows it: what Z means in UK feeds is London time."""
    match = _TIME.match(str(value or ""))
    return f"{int(match[1]):02}:{match[2]}" if match else None


def _way(row: Mapping[str, Any]) -> str:
    said = str(row.get("x_channel") or row.get("attending_type") or "").lower()
    return _WAYS.get(said.replace(" ", "-"), Way.ONLINE).value


def _on_bank_holidays(row: Mapping[str, Any]) -> str:
    said = row.get("x_bank_holidays")
    known = {each.value for each in OnBankHolidays}
    return said if said in known else OnBankHolidays.UNKNOWN.value


def _tags(service: Mapping[str, Any]) -> Iterator[Row]:
    for each in _rows(service, "attributes"):
        kind, value = each.get("link_type"), each.get("value")
        if kind in ("audience", "format", "access", "topic") and isinstance(value, str):
            yield {"link_type": kind, "value": value}


def _organisation(service: Mapping[str, Any], name: str, notes: list[str]) -> str:
    found = service.get("organization")
    if isinstance(found, Mapping) and found.get("name"):
        return _plain(found["name"], "organization", notes)
    notes.append("names no organisation")
    return name


def _plain(value: Any, field: str, notes: list[str]) -> str:
    """Take markup out of a name; what it leaves behind must still be a name."""
    if not isinstance(value, str):
        raise _Refused(f"has no {field}")
    plain = " ".join(_TAG.sub(" ", value).replace("<", " ").replace(">", " ").split())
    if not plain:
        raise _Refused(f"has no {field}")
    if plain != value:
        notes.append(f"markup or spaces were taken out of {field}")
    return plain


def _rows(holder: Any, field: str) -> list[Mapping[str, Any]]:
    found = holder.get(field) if isinstance(holder, Mapping) else None
    if not isinstance(found, list):
        return []
    return [row for row in found if isinstance(row, Mapping)]
