"""Nothing is kept longer than it is needed: what is old is counted, and removed.

The periods are in `retention.yml`. Rows go in portions, so that nobody waits for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, func, select

from foundations.clock import Clock
from foundations.content import read_yaml
from foundations.ids import YoungPersonId
from foundations.refusals import WillNotStart
from foundations.saying import Channel
from storage.audit_trimming import AuditTrimming
from storage.copies_elsewhere import Keeper, note
from storage.dialects import write_once
from storage.retention_rules import RULES, Kind, Rule, quiet_people
from storage.tables.keeping import legal_holds

DEFAULTS: Final = Path(__file__).with_name("retention.yml")


class PeriodsUnusable(WillNotStart):
    """The file of periods is not whole; the message names the kind."""


def read_periods(path: Path = DEFAULTS) -> Mapping[Kind, timedelta]:
    """Read how long each kind is kept. Raises PeriodsUnusable."""
    found = read_yaml(path)
    periods = {}
    for kind in Kind:
        entry = found.get(kind.value) if isinstance(found, dict) else None
        days = entry.get("days") if isinstance(entry, dict) else None
        if not isinstance(days, int) or isinstance(days, bool) or days < 1:
            raise PeriodsUnusable(f"{path.name}: {kind.value}: days is 1 or more")
        periods[kind] = timedelta(days=days)
    return periods


@dataclass(frozen=True)
class Retention:
    """Counts and removes what is older than its period."""

    connection: Connection
    clock: Clock
    forget: Callable[[YoungPersonId], None]
    trail: AuditTrimming

    def count(self, periods: Mapping[Kind, timedelta]) -> dict[Kind, int]:
        """Count what would go now, by kind; a person counts once, not by row."""
        now, found = self.clock(), dict.fromkeys(Kind, 0)
        for rule in RULES:
            old = select(func.count()).select_from(rule.table)
            old = old.where(rule.is_old(now - periods[rule.kind]))
            found[rule.kind] += self.connection.execute(old).scalar_one()
        quiet = quiet_people(now - periods[Kind.QUIET_PEOPLE]).subquery()
        people_gone = select(func.count()).select_from(quiet)
        found[Kind.QUIET_PEOPLE] = self.connection.execute(people_gone).scalar_one()
        found[Kind.AUDIT_TRAIL] = self.trail.count(now - periods[Kind.AUDIT_TRAIL])
        return found

    def remove_some(
        self, kind: Kind, periods: Mapping[Kind, timedelta], most: int
    ) -> int:
        """Remove up to `most` rows of each table of a kind; give how many went.

        Rows of the audit trail go by the hundreds, and only for an account of the
        database that may remove them. Raises TrailNotSound.
        """
        day = self.clock() - periods[kind]
        if kind is Kind.QUIET_PEOPLE:
            return self._forget_some(day, most)
        if kind is Kind.AUDIT_TRAIL:
            return self.trail.remove_some(day) if self.trail.may_remove() else 0
        return sum(self._remove(rule, day, most) for rule in RULES if rule.kind is kind)

    def hold(self, person: YoungPersonId, reference: str) -> bool:
        """Leave somebody's records alone until released; False when held already."""
        row = {"young_person": person, "reference": reference, "set_at": self.clock()}
        return write_once(self.connection, legal_holds, row)

    def release(self, person: YoungPersonId) -> bool:
        """End a hold; False when there was none."""
        held = legal_holds.c.young_person == person
        return self.connection.execute(delete(legal_holds).where(held)).rowcount == 1

    def _forget_some(self, day: datetime, most: int) -> int:
        quiet = self.connection.execute(quiet_people(day).limit(most)).scalars().all()
        for person in quiet:
            self.forget(YoungPersonId(person))
        return len(quiet)

    def _remove(self, rule: Rule, day: datetime, most: int) -> int:
        (key,) = rule.table.primary_key.columns
        wanted = select(key).where(rule.is_old(day)).limit(most)
        keys = self.connection.execute(wanted).scalars().all()
        if not keys:
            return 0
        if rule.copies is not None:
            self._note_copies(rule, rule.copies, key.in_(keys))
        removed = delete(rule.table).where(key.in_(keys))
        return self.connection.execute(removed).rowcount

    def _note_copies(
        self, rule: Rule, copies: ColumnElement[Any], going: ColumnElement[bool]
    ) -> None:
        held = select(copies).where(going, copies.is_not(None))
        if "channel" in rule.table.c:
            held = held.where(rule.table.c.channel == Channel.SMS.value)
        note(
            self.connection,
            Keeper.CARRIER,
            self.connection.execute(held).scalars().all(),
            self.clock(),
        )
