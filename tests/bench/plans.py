"""How quickly a plan is found again among ten thousand, on both databases.

`python -m tests.bench.plans`; `make bench` runs it with the rest. A recall is what PLAN
does with the records: read the history, open it, fold it, and shape the first text.
"""

import asyncio
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Final

from bot.turns.safety_plan import plan_words
from foundations.clock import utc_now
from foundations.ids import PlanLineId, YoungPersonId, new_id
from foundations.saying import Channel
from safety_plans.folding import plan_from
from safety_plans.plan import SEVEN, ChangeKind, PlanChange
from storage import Database, Keys, UnitOfWork
from tests.storage.postgres import NoPostgres, running_postgres

PLANS: Final = 10_000
LINES: Final = 40
RECALLS: Final = 2_000
TOGETHER: Final = 50
P99_MS: Final = 50.0

HEAD: Final = (
    "| plans found again | plans | lines each | p50 ms | p95 ms | p99 ms "
    "| processor p99 ms | bar |\n"
    "|---|---:|---:|---:|---:|---:|---:|---|"
)


@dataclass(frozen=True)
class Recalled:
    """What was found on one database; times in milliseconds.

    `own_p99` is this process's own time: what a busy machine does not change.
    """

    database: str
    plans: int
    p50: float
    p95: float
    p99: float
    own_p99: float

    @property
    def is_kept(self) -> bool:
        """Say whether the promise was kept: p99 under 50 ms."""
        return self.p99 < P99_MS

    def line(self) -> str:
        """Write the row of the table."""
        bar = "kept" if self.is_kept else "**not kept**"
        times = f"{self.p50:.1f} | {self.p95:.1f} | {self.p99:.1f}"
        times += f" | {self.own_p99:.1f}"
        return f"| {self.database} | {self.plans} | {LINES} | {times} | {bar} |"


def table(*, quick: bool) -> tuple[str, bool]:
    """Measure both databases; give the table, and whether every bar was kept."""
    plans, recalls = (200, 200) if quick else (PLANS, RECALLS)
    found = []
    for name, place in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        try:
            with place() as url:
                found.append(asyncio.run(_measure(name, url, plans, recalls)))
        except NoPostgres as reason:
            sys.stderr.write(f"{reason}\n")
    lines = "\n".join([HEAD, *(each.line() for each in found)])
    return lines, all(each.is_kept for each in found)


async def _measure(name: str, url: str, plans: int, recalls: int) -> Recalled:
    database = Database(url, Keys.generate(), longest_wait_s=60.0)
    database.migrate()
    people: list[YoungPersonId] = []
    for _ in range(0, plans, TOGETHER):
        people += await database.write(_fifty_plans)
    chosen = random.Random(7).choices(people, k=recalls)
    times, own = [], []
    for person in chosen:
        began, began_own = perf_counter(), process_time()
        changes = await database.read(
            lambda unit, person=person: unit.plans.changes(person)
        )
        plan_words("PLAN", plan_from(changes), Channel.SMS)
        times.append((perf_counter() - began) * 1000)
        own.append((process_time() - began_own) * 1000)
    await database.close()
    cut = quantiles(times, n=100)
    own_cut = quantiles(own, n=100)
    return Recalled(name, len(people), cut[49], cut[94], cut[98], own_cut[98])


def _fifty_plans(unit: UnitOfWork) -> list[YoungPersonId]:
    people = [unit.people.create() for _ in range(TOGETHER)]
    for person in people:
        unit.plans.append(person, _forty_lines())
    return people


def _forty_lines() -> list[PlanChange]:
    """Make a plan as it comes to be: asked about, answered, read back and closed."""
    changes = [_change(ChangeKind.BUILDING_OFFERED)]
    for number in range(LINES):
        section = SEVEN[number * len(SEVEN) // LINES]
        if changes[-1].section is not section:
            changes.append(_change(ChangeKind.SECTION_OPENED, section=section))
        changes.append(
            _change(
                ChangeKind.LINE_ADDED,
                line=PlanLineId(new_id()),
                section=section,
                words=f"something of my own, number {number}, after school",
            )
        )
    return changes


def _change(kind: ChangeKind, **more: object) -> PlanChange:
    return PlanChange(new_id(), kind, utc_now(), **more)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="handrail-plans-") as folder:
        yield f"sqlite:///{Path(folder) / 'plans.db'}"


@contextmanager
def _postgresql() -> Iterator[str]:
    with running_postgres() as server:
        yield server.url(server.new_database())


if __name__ == "__main__":
    shown, is_kept = table(quick="--quick" in sys.argv)
    sys.stdout.write(shown + "\n")
    sys.exit(0 if is_kept else 1)
