"""What a person has to look at: due, overdue, never checked, in conflict, retired."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path

from foundations.clock import in_london
from signposting.directory import Directory
from signposting.freshness import check_is_overdue, is_too_old_to_show
from signposting.records import HoursStatus, Service
from signposting.retired import RetiredNumbers

DUE_WITHIN = timedelta(days=14)
CONTENT = frozenset({".yml", ".yaml", ".json", ".html", ".md", ".txt", ".js"})
NOT_CONTENT = frozenset({"retired_numbers.yml", "node_modules", "tests"})


class Finding(str, Enum):
    """One kind of thing to look at."""

    NEVER_CHECKED = "never checked live"
    DUE = "check due"
    OVERDUE = "check overdue, shown as probably open"
    EXPIRED = "too old to show"
    UNSOURCED = "shown without a source"
    CONFLICT = "sources do not agree on the hours"
    SHARED_NUMBER = "same number as another record"
    RETIRED = "uses a retired number"


STOPS_A_BUILD = frozenset({Finding.EXPIRED, Finding.UNSOURCED, Finding.RETIRED})


@dataclass(frozen=True)
class ToLookAt:
    """One finding, about a record or a file, with what helps to settle it."""

    finding: Finding
    about: str
    detail: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.finding.value, self.about, self.detail)))


def check(directory: Directory, at: datetime) -> tuple[ToLookAt, ...]:
    """List everything about the shown records that a person should look at."""
    found = [each for service in directory.shown for each in _check_one(service, at)]
    return (*found, *_shared_numbers(directory))


def retired_in_content(root: Path, retired: RetiredNumbers) -> Iterator[ToLookAt]:
    """Find retired numbers in every content file below a folder."""
    for folder, folders, files in os.walk(root):
        # Not looked into at all: environments hold gigabytes.
        folders[:] = sorted(name for name in folders if _is_content(name))
        for name in sorted(filter(_is_content, files)):
            path = Path(folder, name)
            if path.suffix not in CONTENT:
                continue
            for number in retired.found_in(path.read_text("utf-8", errors="replace")):
                yield ToLookAt(Finding.RETIRED, str(path.relative_to(root)), number)


def _is_content(name: str) -> bool:
    return not name.startswith(".") and name not in NOT_CONTENT


def _check_one(service: Service, at: datetime) -> Iterator[ToLookAt]:
    known, today = service.provenance, in_london(at).date()
    if known.last_checked_live is None:
        yield ToLookAt(Finding.NEVER_CHECKED, service.id)
    elif is_too_old_to_show(service, at):
        yield ToLookAt(Finding.EXPIRED, service.id, _due(known.next_check_due))
    elif check_is_overdue(service, at):
        yield ToLookAt(Finding.OVERDUE, service.id, _due(known.next_check_due))
    elif known.next_check_due and known.next_check_due <= today + DUE_WITHIN:
        yield ToLookAt(Finding.DUE, service.id, _due(known.next_check_due))
    if not any(source.supports for source in known.sources):
        yield ToLookAt(Finding.UNSOURCED, service.id)
    if service.hours_status is HoursStatus.CONFLICT:
        yield ToLookAt(Finding.CONFLICT, service.id)


def _due(due: date | None) -> str:
    return f"was due {due.isoformat()}" if due else ""


def _shared_numbers(directory: Directory) -> Iterator[ToLookAt]:
    """The same people may answer two records, if the records say so."""
    owners: dict[str, Service] = {}
    for service in directory.shown:
        for phone in service.phones:
            key = f"{phone.kind.value} {phone.number.replace(' ', '')}"
            first = owners.setdefault(key, service)
            if (first.same_as or first.id) != (service.same_as or service.id):
                detail = f"{phone.number} is also in {first.id}"
                yield ToLookAt(Finding.SHARED_NUMBER, service.id, detail)
