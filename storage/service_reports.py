"""Reports that a service did not work: which, why and on which day, and not by whom."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from storage.tables.reports import service_reports

ENOUGH: Final = 2
"""Reports after which a person has to look at a record."""

_SERVICE = service_reports.c.service
_FLAGGED = (
    select(_SERVICE, func.count().label("times"), func.max(service_reports.c.day))
    .group_by(_SERVICE)
    .having(func.count() >= ENOUGH)
    .order_by(func.count().desc(), _SERVICE)
)


@dataclass(frozen=True)
class ReportedService:
    """How often a service was reported, why, and when last."""

    service: str
    times: int
    reasons: tuple[str, ...]
    last_on: date


@dataclass(frozen=True)
class ServiceReports:
    """The reports; forgetting a person changes none, as no row is about one."""

    connection: Connection

    def add(self, service: str, reason: str, day: date) -> int:
        """Keep a report; give its number, which only its sender's own row holds."""
        kept = self.connection.execute(
            insert(service_reports).returning(service_reports.c.number),
            {"service": service, "reason": reason, "day": day},
        )
        return int(kept.scalar_one())

    def say_why(self, number: int, reason: str) -> None:
        """Add the reason to a report made before."""
        self.connection.execute(
            update(service_reports)
            .where(service_reports.c.number == number)
            .values(reason=reason)
        )

    def flagged(self) -> list[ReportedService]:
        """List the services with enough reports for a person to look at, most first."""
        return [
            ReportedService(service, times, self._reasons(service), last_on)
            for service, times, last_on in self.connection.execute(_FLAGGED)
        ]

    def looked_at(self, service: str) -> int:
        """Remove the reports of a service that a person looked at; give how many."""
        gone = self.connection.execute(
            service_reports.delete().where(service_reports.c.service == service)
        )
        return gone.rowcount

    def _reasons(self, service: str) -> tuple[str, ...]:
        found = self.connection.execute(
            select(service_reports.c.reason)
            .where(service_reports.c.service == service)
            .order_by(service_reports.c.number)
        )
        return tuple(found.scalars())
