"""The table, the ratios and the bars, on the terminal and in docs/benchmarks.md."""

import math
import os
import platform
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.measuring import Figures

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
ABOUT: Final = Path(__file__).with_name("page.md")

STOCK: Final = "a. stock Rasa"
WHOLE_PATH: Final = "b. Handrail, web"
TEXTING: Final = "d. Handrail, SMS"
PUSHED: Final = "d. SMS, no pause"
CRISIS: Final = "c. crisis, SMS"

HEAD: Final = (
    "| what | people | messages | messages/s | p50 ms | p95 ms | p99 ms | faults |\n"
    "|---|---:|---:|---:|---:|---:|---:|---|"
)


@dataclass(frozen=True)
class Row:
    """One line of the table: the rounds that were measured, by their p99."""

    what: str
    rounds: tuple[Figures, ...]

    @property
    def figures(self) -> Figures:
        """The middle round."""
        return self.rounds[len(self.rounds) // 2]

    @property
    def answered(self) -> int:
        """How many messages were answered well, in all rounds."""
        return sum(figures.messages for figures in self.rounds)

    @property
    def faults(self) -> Counter[str]:
        """What went wrong in any round."""
        return sum((Counter(figures.faults) for figures in self.rounds), Counter())


@dataclass(frozen=True)
class Bar:
    """A promise about speed, what was found, and whether it was kept."""

    promise: str
    found: str
    is_kept: bool


def bars(rows: list[Row]) -> list[Bar]:
    """Hold the rows against what is promised."""
    ratio = _of(rows, WHOLE_PATH, 8).a_second / _of(rows, STOCK, 8).a_second
    found = [
        Bar(
            "the whole path carries at least 1.5 x stock Rasa's messages/s at 8 people",
            f"{ratio:.2f} x",
            ratio >= 1.5,
        )
    ]
    for what, people, most, promise in (
        (CRISIS, 8, 50.0, "crisis words within 50 ms (p99) at 8 people, Rasa stopped"),
        (CRISIS, 50, 250.0, "crisis words within 250 ms (p99) at 50, Rasa stopped"),
        (TEXTING, 50, 100.0, "a text accepted and recorded within 100 ms (p99) at 50"),
    ):
        row = _row(rows, what, people)
        is_kept = row.figures.p99 < most and not row.faults
        seen = ", ".join(f"{figures.p99:.1f}" for figures in row.rounds)
        found.append(Bar(promise, f"{row.figures.p99:.1f} ms ({seen})", is_kept))
    return found


def table(rows: list[Row]) -> str:
    """Write the rows as a table."""
    return "\n".join([HEAD, *(_line(row) for row in rows)])


def ratios(rows: list[Row]) -> str:
    """Compare a and b at each number of people."""
    lines = ["| people | b / a, messages/s | b / a, p99 |", "|---:|---:|---:|"]
    for row in rows:
        if row.what == WHOLE_PATH:
            ours, stock = row.figures, _of(rows, STOCK, row.figures.people)
            more, slower = ours.a_second / stock.a_second, ours.p99 / stock.p99
            lines.append(f"| {ours.people} | {more:.2f} x | {slower:.2f} x |")
    return "\n".join(lines)


def bar_lines(found: list[Bar]) -> str:
    """Write the bars as a list."""
    return "\n".join(
        f"* {'kept' if bar.is_kept else '**not kept**'}: {bar.promise}: {bar.found}"
        for bar in found
    )


def page(rows: list[Row], command: str, when: str, recorded: str, recalled: str) -> str:
    """Write docs/benchmarks.md."""
    return ABOUT.read_text(encoding="utf-8").format(
        machine=machine(command, when),
        table=f"{table(rows)}\n\n{ratios(rows)}",
        bars=bar_lines(bars(rows)),
        recorded=recorded,
        recalled=recalled,
        replied=_replied(rows),
    )


def machine(command: str, when: str) -> str:
    """Say what the run was made on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = os.getloadavg()[0]
    return (
        f"{when}; `{command}`; {os.cpu_count()} cores ({platform.machine()}), "
        f"{memory:.0f} GB, {platform.system()}, Python {platform.python_version()} "
        f"(Rasa on 3.10); load average {load:.1f} at the end."
    )


def _replied(rows: list[Row]) -> str:
    return "; ".join(
        f"{row.figures.replied_p50:.0f} ms (p50) and {row.figures.replied_p99:.0f} ms "
        f"(p99) at {row.figures.people}"
        for row in rows
        if row.figures.replied_p50 is not None
    )


def _of(rows: list[Row], what: str, people: int) -> Figures:
    return _row(rows, what, people).figures


def _row(rows: list[Row], what: str, people: int) -> Row:
    return next(
        row for row in rows if row.what == what and row.figures.people == people
    )


def _line(row: Row) -> str:
    found = row.figures
    faults = ", ".join(f"{n} {fault}" for fault, n in row.faults.items()) or "none"
    times = " | ".join(
        "-" if math.isnan(time) else f"{time:.1f}"
        for time in (found.p50, found.p95, found.p99)
    )
    return (
        f"| {row.what} | {found.people} | {found.messages} | {found.a_second:.1f} "
        f"| {times} | {faults} |"
    )
