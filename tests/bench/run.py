"""`make bench`: measure speed side by side with stock Rasa, on one machine, in one run.

`--quick` tries everything with a few messages and writes nothing.
"""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from typing import Final

from foundations.clock import utc_now
from tests.bench import plan_by_text, plans, report
from tests.bench.measuring import Amount, measure
from tests.bench.people import (
    Person,
    PersonInCrisis,
    StockPerson,
    TextingPerson,
    WebPerson,
)
from tests.bench.report import Row
from tests.bench.services import (
    Running,
    handrail,
    make_stock_project,
    stock_rasa,
)
from tests.bench.twilio_end import TwilioEnd

Crowd = Callable[[int, int], Person]

TALKING: Final = {1: Amount(150), 8: Amount(600), 50: Amount(1200)}
CRISIS: Final = {1: Amount(300), 8: Amount(1500), 50: Amount(3000)}
PUSHED: Final = {50: Amount(1000, warm_up_turns=5)}
QUICK: Final = {1: 4, 8: 16, 50: 60}
ROUNDS: Final = 3
"""Of what a bar in milliseconds is on: a machine's minutes are not all alike."""


class NotRecorded(Exception):
    """Something was answered that is not in the file: the figures are void."""


def main() -> None:
    """Measure, print, and keep the figures unless this was only a try."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rows, recorded = asyncio.run(measure_all(quick=quick))
    command = "make bench" + (" --quick" if quick else "")
    when = f"{utc_now():%Y-%m-%d %H:%M} UTC"
    bars = report.bars(rows)
    say(report.machine(command, when))
    say(f"\n{report.table(rows)}\n\n{report.ratios(rows)}\n\n{report.bar_lines(bars)}")
    say(recorded)
    recalled, is_kept = plans.table(quick=quick)
    say(recalled)
    by_text, is_prompt = plan_by_text.line(quick=quick)
    say(by_text)
    recalled = f"{recalled}\n\n{by_text}"
    if not quick:
        report.PAGE.write_text(report.page(rows, command, when, recorded, recalled))
        sys.exit(0 if is_kept and is_prompt and all(bar.is_kept for bar in bars) else 1)


async def measure_all(*, quick: bool) -> tuple[list[Row], str]:
    """Start each service by itself, one after another, and measure it."""
    say("Making Rasa's template project (once) ...")
    make_stock_project()
    far_end = TwilioEnd()
    await far_end.open()
    try:
        rows = await _stock(quick=quick)
        rows += await _whole_path(far_end, quick=quick)
        crisis, recorded = await _crisis(far_end, quick=quick)
    finally:
        far_end.close()
    return rows + crisis, recorded


async def _stock(*, quick: bool) -> list[Row]:
    async with stock_rasa() as port:
        crowd = partial(StockPerson, port)
        return await _rows(report.STOCK, crowd, TALKING, quick=quick)


async def _whole_path(far_end: TwilioEnd, *, quick: bool) -> list[Row]:
    async with handrail(far_end.port, with_rasa=True) as ours:
        chats = partial(WebPerson, ours.port)
        texting = partial(TextingPerson, ours.line, far_end)
        pushing = partial(TextingPerson, ours.line, None)
        return [
            *await _rows(report.WHOLE_PATH, chats, TALKING, quick=quick),
            *await _rows(report.TEXTING, texting, TALKING, quick=quick, rounds=ROUNDS),
            *await _rows(report.PUSHED, pushing, PUSHED, quick=quick),
        ]


async def _crisis(far_end: TwilioEnd, *, quick: bool) -> tuple[list[Row], str]:
    async with handrail(far_end.port, with_rasa=False) as ours:
        crowd = partial(PersonInCrisis, ours.line)
        rows = await _rows(report.CRISIS, crowd, CRISIS, quick=quick, rounds=ROUNDS)
        answered = sum(row.answered for row in rows)
        return rows, _recorded(ours, answered)


async def _rows(
    what: str,
    crowd: Crowd,
    amounts: Mapping[int, Amount],
    *,
    quick: bool,
    rounds: int = 1,
) -> list[Row]:
    """Measure each number of people; of several rounds the middle one, by its p99."""
    rows = []
    for people, amount in amounts.items():
        if quick:
            amount = Amount(QUICK[people], warm_up_turns=1)
        found = [
            await measure([crowd(n, people) for n in range(people)], amount)
            for _ in range(rounds)
        ]
        row = Row(what, tuple(sorted(found, key=lambda figures: figures.p99)))
        say(report.table([row]).splitlines()[-1])
        rows.append(row)
    return rows


def _recorded(ours: Running, answered: int) -> str:
    """Look into the file itself for what was answered and for how it is written."""
    escalations = ours.records.count("escalations")
    with closing(sqlite3.connect(ours.home / "handrail.sqlite3")) as kept:
        (journal,) = kept.execute("PRAGMA journal_mode").fetchone()
    if escalations < answered or journal != "wal":
        raise NotRecorded(f"{answered} answered, {escalations} in the file ({journal})")
    return (
        f"The file held {escalations} crisis records afterwards, for {answered} "
        "counted answers, the warm-up and what was under way at the end."
    )


def say(line: str) -> None:
    """Show how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
