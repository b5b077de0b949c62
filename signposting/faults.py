"""What makes a record unfit to load, beyond the shape of its fields."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from foundations.gsm7 import encoding, segments
from signposting.errors import Broken
from signposting.records import (
    ReleaseGate,
    Service,
    ServiceId,
    ServiceStatus,
    WhatToExpect,
)

# Always there, whatever else is known or wished (services note, 4.2).
PINNED = tuple(
    map(
        ServiceId,
        (
            "emergency-999",
            "nhs-111-mental-health",
            "samaritans",
            "shout-85258",
            "childline",
            "papyrus-hopeline247",
        ),
    )
)

# Three lines, their numbers and a first line have to fit into three segments.
SUMMARY_LIMIT = 112

# Any one fact has to fit into a text of two parts beside a name and three choices.
FACT_LIMIT = 165
_FACTS = tuple(field.name for field in fields(WhatToExpect))


def faults_of(service: Service) -> Iterator[tuple[str, str]]:
    """Give the field and the fault, for all that is wrong within one record."""
    known = service.provenance
    if known.last_checked_live and known.next_check_due is None:
        yield "x_next_check_due", "is missing for a record that was checked live"
    if (
        known.last_checked_live
        and known.next_check_due
        and known.next_check_due <= known.last_checked_live
    ):
        yield "x_next_check_due", "must be after the check it follows"
    if service.pinned != (service.id in PINNED):
        yield "x_pinned", "does not agree with the pinned set"
    if known.gate is ReleaseGate.AFTER_LIVE_CHECK and known.contact_sourced:
        yield from _faults_of_showable(service)


def _faults_of_showable(service: Service) -> Iterator[tuple[str, str]]:
    needed = (
        ("status", service.status is ServiceStatus.ACTIVE, "only an active service"),
        ("x_sources", service.provenance.sources, "a source"),
        ("phones", service.ways, "a way to get in touch"),
        ("service_areas", service.areas, "an area"),
        ("description", service.description, "a description"),
        ("x_sms_summary", service.summary, "a summary"),
    )
    for field, there, what in needed:
        if not there:
            yield field, f"a record that may be shown needs {what}"
    if service.summary and segments(service.summary) != 1:
        yield "x_sms_summary", "must be one segment"
    if service.summary and encoding(service.summary) != "GSM-7":
        yield "x_sms_summary", "must be GSM-7"
    if service.summary and len(service.summary) > SUMMARY_LIMIT:
        yield "x_sms_summary", f"must be {SUMMARY_LIMIT} characters or fewer"
    for name in _FACTS:
        fact: str | None = getattr(service.expect, name)
        if fact and len(fact) > FACT_LIMIT:
            why = f"must be {FACT_LIMIT} characters or fewer"
            yield f"x_what_to_expect.{name}", why


def faults_together(services: Sequence[tuple[str, Service]]) -> Iterator[Broken]:
    """Give what is wrong between records: twins, dead ends, a missing pinned one."""
    found = {service.id: file for file, service in services}
    yield from _twins(services)
    for file, service in services:
        for field, other in (
            ("x_same_as", service.same_as),
            ("x_instead", service.instead),
        ):
            if other is not None and other not in found:
                yield Broken(file, service.id, field, f"{other} is not a record")
    for pinned in PINNED:
        if pinned not in found:
            yield Broken("-", pinned, "x_pinned", "the pinned record is missing")


def _twins(services: Sequence[tuple[str, Service]]) -> Iterator[Broken]:
    seen: dict[str, str] = {}
    for file, service in services:
        for field, value in (("x_slug", service.id), ("id", service.hsds_id)):
            if value in seen:
                yield Broken(file, service.id, field, f"is also in {seen[value]}")
            seen[value] = file
