"""While SQLite's statements run, the loop stands still; never for long, never stuck."""

import asyncio
import threading
import time
from dataclasses import dataclass

import pytest

from storage import Database, Keys, UnitOfWork
from storage.standing_still import STANDS_AT_MOST_S, StandingStill


@dataclass(frozen=True)
class Beside:
    """When a work began and ended, and when the loop got to compute."""

    begun: float
    ended: float
    turns: list[float]

    def within(self, first_s: float = 0.0) -> list[float]:
        """Turns of the loop while the work ran, but for its first seconds."""
        return [at for at in self.turns if self.begun + first_s < at < self.ended]


async def _beside_a_work(url: str, keys: Keys, seconds: float) -> Beside:
    when, turns = [], []

    def work(_unit: UnitOfWork) -> None:
        when.append(time.monotonic())
        threading.Event().wait(seconds)
        when.append(time.monotonic())

    database = Database(url, keys)
    writing = asyncio.ensure_future(database.write(work))
    while not writing.done():
        turns.append(time.monotonic())
        await asyncio.sleep(0)
    await database.close()
    return Beside(*when, turns)


def test_the_loop_stands_still_while_statements_run(
    sqlite_url: str, keys: Keys
) -> None:
    seen = asyncio.run(_beside_a_work(sqlite_url, keys, STANDS_AT_MOST_S / 2))

    assert seen.within() == []
    assert seen.turns[-1] > seen.ended


def test_the_loop_goes_on_beside_what_takes_long(sqlite_url: str, keys: Keys) -> None:
    seen = asyncio.run(_beside_a_work(sqlite_url, keys, STANDS_AT_MOST_S * 4))

    assert seen.within(first_s=STANDS_AT_MOST_S) != []


def test_beside_a_server_the_loop_never_stands(postgres_url: str, keys: Keys) -> None:
    seen = asyncio.run(_beside_a_work(postgres_url, keys, STANDS_AT_MOST_S / 2))

    assert seen.within() != []


def test_a_work_that_fails_lets_the_loop_go_on_at_once(
    sqlite_url: str, keys: Keys
) -> None:
    def fails(_unit: UnitOfWork) -> None:
        raise KeyError

    async def writes() -> None:
        database = Database(sqlite_url, keys)
        with pytest.raises(KeyError):
            await database.write(fails)
        begun = time.monotonic()
        await asyncio.sleep(0)
        assert time.monotonic() - begun < STANDS_AT_MOST_S / 2
        await database.close()

    asyncio.run(writes())


def test_a_loop_that_is_closed_holds_nothing_up() -> None:
    loop, done = asyncio.new_event_loop(), []
    loop.close()

    with StandingStill(loop).held():
        done.append("written")

    assert done == ["written"]


def test_a_loop_that_does_not_come_is_not_waited_for() -> None:
    async def computes_all_this_while() -> bool:
        beside, written = StandingStill(asyncio.get_running_loop()), threading.Event()

        def writes() -> None:
            with beside.held():
                written.set()

        threading.Thread(target=writes).start()
        return written.wait(5)

    assert asyncio.run(computes_all_this_while())
