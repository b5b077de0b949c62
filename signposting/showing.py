"""Shows answers as plain rows, for a terminal and for JSON."""

from datetime import datetime
from typing import Any

from foundations.clock import in_london
from signposting.answers import Answer, Signpost
from signposting.directory import Directory
from signposting.hours import open_now
from signposting.reasons import because
from signposting.records import AgeRange, Service


def answer_as_rows(directory: Directory, answer: Answer) -> dict[str, Any]:
    """Show an answer as JSON-ready rows; moments are London time with offset."""

    def row(signpost: Signpost) -> dict[str, Any]:
        return signpost_as_row(directory, signpost, answer.at)

    return {
        "at": _moment(answer.at),
        "sample": directory.sample,
        "kind_is_open": answer.kind_is_open,
        "choices": [row(each) for each in answer.choices],
        "opens_next": row(answer.opens_next) if answer.opens_next else None,
        "not_sure": [row(each) for each in answer.not_sure],
        "emergency": answer.emergency.summary,
    }


def signpost_as_row(
    directory: Directory, signpost: Signpost, at: datetime
) -> dict[str, Any]:
    """Show one choice: what it is, how to reach it, whether it is open, and why it."""
    hours = signpost.hours
    return {
        "id": signpost.service.id,
        "name": signpost.service.name,
        "way": signpost.way.value,
        "state": hours.state.value,
        "opens_at": _moment(hours.opens_at),
        "closes_at": _moment(hours.closes_at),
        "why": because(directory.phrases, signpost, at),
        "summary": signpost.service.summary,
        "phone_number": hours.phone_number,
        "mark": directory.phrases.sample_mark if signpost.is_draft else None,
    }


def explain(
    directory: Directory, service: Service, at: datetime, ages: AgeRange | None
) -> list[str]:
    """Say, way by way, which rule decided whether a service is open."""
    lines = [f"{service.name} ({service.id}), {_moment(at)}"]
    if service not in directory.shown:
        lines.append(f"not shown: {service.provenance.gate.value}")
    for way in sorted(service.ways | {row.way for row in service.hours}):
        answer = open_now(
            service,
            at,
            holidays=directory.holidays,
            ages=ages,
            ways=frozenset({way}),
        )
        row = f" [{answer.row}]" if answer.row else ""
        lines.append(f"{way.value}: {answer.state.value}: {answer.why.value}{row}")
        if answer.opens_at:
            lines.append(f"  opens {_moment(answer.opens_at)}")
        if answer.closes_at:
            lines.append(f"  closes {_moment(answer.closes_at)}")
        if answer.site_up:
            lines.append("  the site is up, which says nothing about a person")
    return lines


def _moment(moment: datetime | None) -> str | None:
    return in_london(moment).isoformat(timespec="minutes") if moment else None
