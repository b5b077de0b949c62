"""`make bench-live`: people and workers on one gateway, into docs/benchmarks_live.md.

`--only relay,inbox` measures some and writes nothing; `--quick` tries with a few.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from foundations.clock import utc_now
from tests.bench import alerts, connected, desk, first_load, relay
from tests.bench.promises import Promise, table
from tests.bench.report import machine

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "benchmarks_live.md"
ABOUT: Final = Path(__file__).with_name("live_page.md")

PARTS: Final[dict[str, Callable[[bool], Awaitable[list[Promise]]]]] = {
    "inbox": desk.promises,
    "relay": relay.promises,
    "alerts": alerts.promises,
    "connected": connected.promises,
    "first_load": first_load.promises,
}


def main() -> None:
    """Measure one part after another, print, and keep the figures of a whole run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    wanted = [name for name in given.only.split(",") if name] or list(PARTS)
    found = asyncio.run(_measure(wanted, quick=given.quick))
    when = machine("make bench-live", f"{utc_now():%Y-%m-%d %H:%M} UTC")
    if os.sched_getscheduler(0) != os.SCHED_OTHER:
        when += " Other work ran on the machine; what is measured went before it."
    _say(f"{when}\n\n{table(found)}")
    if not given.only and not given.quick:
        page = ABOUT.read_text(encoding="utf-8")
        PAGE.write_text(page.format(machine=when, table=table(found)))
    sys.exit(0 if all(promise.is_kept for promise in found) else 1)


async def _measure(wanted: list[str], *, quick: bool) -> list[Promise]:
    found = []
    for name in wanted:
        _say(f"{name} ...")
        more = await PARTS[name](quick)
        _say(table(more))
        found += more
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
