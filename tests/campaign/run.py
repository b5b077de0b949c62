"""`make campaign`: every row on every database it is for, with the real processes.

`--rows T06,T09` runs some of them; `--quick` those that run with the other tests.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
import traceback
from contextlib import nullcontext
from pathlib import Path

from tests.campaign import (  # noqa: F401 - importing them enters their rows
    rows_clock,
    rows_dialogue,
    rows_people,
    rows_records,
    rows_sending,
)
from tests.campaign.night import Kind, night
from tests.campaign.rows import ROWS, Row
from tests.campaign.tested import holds, rows_of_tests
from tests.storage.postgres import Postgres, running_postgres
from tests.vonage_end import settings_for, vonage_end


def main() -> None:
    """Run what was asked for, one line a row; fail if any row failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    wanted = set(filter(None, asked.rows.split(",")))
    rows = [
        row
        for row in ROWS
        if (not wanted or row.name in wanted) and (row.is_quick or not asked.quick)
    ]
    needs_server = any(Kind.POSTGRESQL in row.kinds for row in rows)
    failed = 0
    begun = time.monotonic()
    with running_postgres() if needs_server else nullcontext() as postgres:
        for row in rows:
            for kind in row.kinds:
                failed += not _went_well(row, kind, postgres)
    for name, files in rows_of_tests().items():
        if name in wanted or not (wanted or asked.quick):
            failed += not _hold(name, files)
    load = os.getloadavg()[0]
    say(f"{failed} failed, {time.monotonic() - begun:.0f} s, load average {load:.1f}")
    sys.exit(1 if failed else 0)


async def run_row(row: Row, kind: Kind, home: Path, postgres: Postgres | None) -> None:
    """Run one row on a night of its own, then hold it against the invariants."""
    server = postgres if kind is Kind.POSTGRESQL else None
    with vonage_end() as second:
        more = settings_for(second) if row.with_second else {}
        async with night(
            home, kind, with_rasa=row.with_rasa, postgres=server, **more
        ) as here:
            here.second = second
            await row.does(here)
            await here.check(row.settles_within_s)


def _went_well(row: Row, kind: Kind, postgres: Postgres | None) -> bool:
    begun, why = time.monotonic(), ""
    with tempfile.TemporaryDirectory(prefix="handrail-campaign-") as folder:
        try:
            asyncio.run(run_row(row, kind, Path(folder) / "home", postgres))
        except Exception:
            why = traceback.format_exc(limit=-6)
    took = time.monotonic() - begun
    result = "FAILED" if why else "holds"
    say(f"{row.name} {kind.value:10} {result:6} {took:5.1f} s  {row.what}")
    if why:
        say(why)
    return not why


def _hold(name: str, files: list[str]) -> bool:
    begun = time.monotonic()
    result = "holds" if (did := holds(files)) else "FAILED"
    say(f"{name} {'tests':10} {result:6} {time.monotonic() - begun:5.1f} s")
    return did


def say(line: str) -> None:
    """Show how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
