"""Runs people at once for a while, and turns what they saw into figures."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter

from tests.bench.people import Person, Turn


@dataclass(frozen=True)
class Amount:
    """How much is measured: whichever of messages and seconds is used up first."""

    messages: int
    warm_up_turns: int = 3
    within_s: float = 60.0


@dataclass(frozen=True)
class Figures:
    """What one row of the table says; times in milliseconds."""

    people: int
    messages: int
    a_second: float
    p50: float
    p95: float
    p99: float
    replied_p50: float | None = None
    replied_p99: float | None = None
    faults: dict[str, int] = field(default_factory=dict)


@dataclass
class Window:
    """Open from when everybody is warm until enough was said; nobody pauses for it."""

    people: int
    amount: Amount
    warm: int = 0
    begun: float = 0.0
    ended: float = 0.0
    turns: list[Turn] = field(default_factory=list)

    def is_over(self) -> bool:
        """Tell whether enough was said, or the time is up."""
        if not self.begun:
            return False
        spent = perf_counter() - self.begun
        enough = len(self.turns) >= self.amount.messages
        return enough or spent > self.amount.within_s

    def one_more_is_warm(self) -> None:
        """Open when the last person is through their warm-up."""
        self.warm += 1
        if self.warm == self.people:
            self.begun = perf_counter()

    def add(self, began: float, turn: Turn) -> None:
        """Count a turn that began while the window was open."""
        if self.begun and began >= self.begun and not self.is_over():
            self.turns.append(turn)
            self.ended = perf_counter()


async def measure(people: Sequence[Person], amount: Amount) -> Figures:
    """Let everybody talk until the window is over. Raises TimeoutError if stuck."""
    window = Window(len(people), amount)
    async with asyncio.timeout(amount.within_s * 2 + 60):
        await asyncio.gather(*(_talk(person, window) for person in people))
    for person in people:
        person.connection.close()
    return _figures(window)


async def _talk(person: Person, window: Window) -> None:
    number = 0
    while not window.is_over():
        began = perf_counter()
        turn = await person.says(number)
        number += 1
        if number == window.amount.warm_up_turns:
            window.one_more_is_warm()
        window.add(began, turn)


def _figures(window: Window) -> Figures:
    good = [turn for turn in window.turns if not turn.fault]
    answered = [turn.answered_s * 1000 for turn in good]
    replied = [turn.replied_s * 1000 for turn in good if turn.replied_s is not None]
    return Figures(
        people=window.people,
        messages=len(good),
        a_second=len(good) / max(window.ended - window.begun, 1e-9),
        p50=_percentile(answered, 50),
        p95=_percentile(answered, 95),
        p99=_percentile(answered, 99),
        replied_p50=_percentile(replied, 50) if replied else None,
        replied_p99=_percentile(replied, 99) if replied else None,
        faults=dict(Counter(turn.fault for turn in window.turns if turn.fault)),
    )


def _percentile(values: list[float], which: int) -> float:
    if len(values) < 2:
        return values[0] if values else float("nan")
    return quantiles(values, n=100, method="inclusive")[which - 1]
