"""A directory of sample records, and small records made for one rule at a time."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from foundations.clock import LONDON
from signposting import Directory, Service, load
from signposting.bank_holidays import BankHolidays, load_bank_holidays
from signposting.errors import Broken
from signposting.fields import Fields
from signposting.places import load_places
from signposting.reading import read_service

MakeService = Callable[..., Service]
London = Callable[..., datetime]


@cache
def _sample() -> Directory:
    return load(sample=True)


@pytest.fixture
def directory() -> Directory:
    return _sample()


@pytest.fixture
def holidays() -> BankHolidays:
    return load_bank_holidays()


@pytest.fixture
def london() -> London:
    """Read a wall-clock time in London, as a moment in UTC.

    `second` is the second pass of the hour that the clocks repeat.
    """

    def read(text: str, *, second: bool = False) -> datetime:
        wall = datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=int(second))
        return wall.astimezone(UTC)

    return read


@pytest.fixture
def a_row() -> Callable[..., dict[str, Any]]:
    """Make one row of hours: every day 09:00 to 17:00 unless told otherwise."""

    def make(**changes: Any) -> dict[str, Any]:
        row = {
            "id": "00000000-0000-4000-8000-000000000002",
            "dtstart": "2026-01-01",
            "freq": "WEEKLY",
            "interval": 1,
            "byday": "MO,TU,WE,TH,FR,SA,SU",
            "opens_at": "09:00",
            "closes_at": "17:00",
            "x_channel": "phone",
            "x_bank_holidays": "open",
            "x_human_available": True,
        }
        return {name: value for name, value in (row | changes).items() if value}

    return make


@pytest.fixture
def a_service() -> MakeService:
    """Make a sound record with the rows of hours given; it must have no faults."""

    def make(*rows: dict[str, Any], **changes: Any) -> Service:
        faults: list[Broken] = []
        record = a_record(schedules=list(rows), **changes)
        fields = Fields(record, file="made.json", record="made", faults=faults)
        service = read_service(fields, load_places(), 0)
        assert faults == []
        return service

    return make


def a_record(**changes: Any) -> dict[str, Any]:
    record = {
        "id": "00000000-0000-4000-8000-000000000001",
        "name": "The Lighthouse",
        "description": "Someone to listen.",
        "status": "active",
        "organization": {"name": "The Lighthouse"},
        "phones": [{"number": "07700 900111", "type": "voice", "x_free": True}],
        "service_areas": [{"name": "Plymouth"}],
        "attributes": [
            {"link_type": "channel", "value": "phone"},
            {"link_type": "audience", "value": "everyone"},
            {"link_type": "topic", "value": "listening"},
        ],
        "x_slug": "the-lighthouse",
        "x_hours_status": "sourced",
        "x_contact_sourced": True,
        "x_release_gate": "show only after one live check",
        "x_sms_summary": "The Lighthouse: call 07700 900111.",
        "x_sources": [{"url": None, "supports": "hours", "seen_on": "2026-11-22"}],
    }
    return record | changes


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    return a_record
