"""The directory as a whole: loaded, checked, and ready to be asked."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from signposting.bank_holidays import BankHolidays, load_bank_holidays
from signposting.errors import Broken, DirectoryBroken
from signposting.faults import faults_of, faults_together
from signposting.fields import Fields
from signposting.fitting import is_ever_offered
from signposting.phrases import Phrases, load_phrases
from signposting.places import Places, load_places, plain_name
from signposting.reading import read_service
from signposting.records import (
    AreaId,
    ReleaseGate,
    Service,
    ServiceId,
    ServiceStatus,
)
from signposting.retired import RetiredNumbers, load_retired_numbers

SERVICES = Path(__file__).with_name("services")

# Told how many records of how many have been read in a file.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Directory:
    """Every record we keep, and those of them that may be shown.

    `offered_by_area` are those that may be a choice among others.
    `sample` shows drafts that no one has checked live; whoever shows them says so.
    """

    services: Mapping[ServiceId, Service]
    shown: tuple[Service, ...]
    offered_by_area: Mapping[AreaId, tuple[Service, ...]]
    pinned: tuple[Service, ...]
    places: Places
    holidays: BankHolidays
    phrases: Phrases
    sample: bool

    def is_draft(self, service: Service) -> bool:
        """Tell whether a shown record must carry the mark for sample data."""
        return self.sample and not (
            service.pinned or service.provenance.last_checked_live
        )

    def named(self, text: str) -> Service | None:
        """Find the record that someone means by a name, an id or another name."""
        return self._by_name.get(plain_name(text))

    @cached_property
    def _by_name(self) -> Mapping[str, Service]:
        return {
            plain_name(name): service
            for service in self.services.values()
            for name in (service.id, service.name, *service.other_names)
        }


def load(
    folder: Path = SERVICES, *, sample: bool = False, progress: Progress | None = None
) -> Directory:
    """Load and check a folder of records; refuse all of it if any part is broken.

    Without `sample`, only records that a person has checked live are shown, and the
    pinned set. Raises DirectoryBroken, which names every file and field.
    """
    places, retired = load_places(), load_retired_numbers()
    faults: list[Broken] = []
    services: list[tuple[str, Service]] = []
    for path in sorted(folder.glob("*.json")):
        services += _read_file(path, places, retired, faults, progress)
    faults += faults_together(services)
    if faults:
        raise DirectoryBroken(tuple(faults))
    return make_directory(
        (service for _, service in services), places=places, sample=sample
    )


def make_directory(
    services: Iterable[Service], *, places: Places, sample: bool
) -> Directory:
    """Index records that are known to be sound."""
    kept = {service.id: service for service in services}
    shown = tuple(each for each in kept.values() if may_be_shown(each, sample=sample))
    by_area: dict[AreaId, list[Service]] = {}
    for service in filter(is_ever_offered, shown):
        for area in service.areas:
            by_area.setdefault(area, []).append(service)
    return Directory(
        services=kept,
        shown=shown,
        offered_by_area={area: tuple(there) for area, there in by_area.items()},
        pinned=tuple(service for service in shown if service.pinned),
        places=places,
        holidays=load_bank_holidays(),
        phrases=load_phrases(),
        sample=sample,
    )


def may_be_shown(service: Service, *, sample: bool) -> bool:
    """Tell whether a record may be shown at all: sourced, active, and checked live."""
    known = service.provenance
    ready = (
        service.status is ServiceStatus.ACTIVE
        and known.gate is ReleaseGate.AFTER_LIVE_CHECK
        and known.contact_sourced
    )
    return ready and (service.pinned or sample or known.last_checked_live is not None)


def _read_file(
    path: Path,
    places: Places,
    retired: RetiredNumbers,
    faults: list[Broken],
    progress: Progress | None,
) -> Iterator[tuple[str, Service]]:
    text = path.read_text(encoding="utf-8")
    # Looking once through the whole file is quicker than once for each record.
    has_retired = any(retired.found_in(text))
    rows = _rows(path.name, text, faults)
    for place, row in enumerate(rows):
        if progress:
            progress(place + 1, len(rows))
        if not isinstance(row, Mapping):
            faults.append(Broken(path.name, f"[{place}]", "-", "must be an object"))
            continue
        record = str(row.get("x_slug") or f"[{place}]")
        written = json.dumps(row, ensure_ascii=False) if has_retired else ""
        for number in retired.found_in(written):
            faults.append(Broken(path.name, record, "-", f"{number} is retired"))
        fields = Fields(row, file=path.name, record=record, faults=faults)
        service = read_service(fields, places, place)
        for field, why in faults_of(service):
            fields.fault(field, why)
        yield path.name, service


def _rows(file: str, text: str, faults: list[Broken]) -> list[Any]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        faults.append(Broken(file, "-", "-", f"is not JSON: {error}"))
        return []
    if not isinstance(rows, list):
        faults.append(Broken(file, "-", "-", "must be a list of services"))
        return []
    return rows
