"""A process that dies, freezes or never gets well is replaced; stopping leaves none."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from runtime.supervisor import free_port
from runtime.watched import Pace, Watched

SERVER = Path(__file__).with_name("tiny_server.py")
BRISK = Pace(
    probe_every_s=0.05,
    probe_while_starting_s=0.02,
    probe_timeout_s=1.0,
    misses=2,
    stop_within_s=0.2,
    pause_s=0.01,
    longest_pause_s=0.02,
)


def watched(folder: Path, *more: str, start_within_s: float = 60.0) -> Watched:
    port = free_port()
    return Watched(
        name="tiny",
        command=[sys.executable, "-S", str(SERVER), str(port), *more],
        environment={},
        probe=f"http://127.0.0.1:{port}/",
        output=folder / "tiny.log",
        start_within_s=start_within_s,
        pace=BRISK,
    )


@asynccontextmanager
async def kept_alive(one: Watched) -> AsyncIterator[None]:
    keeping = asyncio.create_task(one.keep_alive())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happened():
            await asyncio.sleep(0.01)


def pid_of(one: Watched) -> int:
    assert one.process is not None
    return one.process.pid


def is_running(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


async def replaced_after(one: Watched, signalled: signal.Signals) -> None:
    async with kept_alive(one):
        async with asyncio.timeout(60):
            await one.ready.wait()
        first = pid_of(one)
        os.kill(first, signalled)
        await until(lambda: one.starts > 1 and one.ready.is_set())

        assert pid_of(one) != first
        assert not is_running(first)


def run(work: Awaitable[None]) -> None:
    async def running() -> None:
        await work

    asyncio.run(running())


def test_a_process_that_died_is_started_again(tmp_path: Path) -> None:
    run(replaced_after(watched(tmp_path), signal.SIGKILL))


def test_a_frozen_process_is_replaced_though_it_hears_no_request_to_leave(
    tmp_path: Path,
) -> None:
    one = watched(tmp_path)
    one.pace = Pace(**{**vars(BRISK), "probe_timeout_s": 0.2})

    run(replaced_after(one, signal.SIGSTOP))


def test_a_process_that_never_answers_is_tried_again(tmp_path: Path) -> None:
    one = watched(tmp_path, "deaf", start_within_s=0.1)

    async def tried() -> None:
        async with kept_alive(one):
            await until(lambda: one.starts >= 3)

            assert not one.ready.is_set()

    run(tried())


def test_a_start_slower_than_expected_is_given_longer_until_it_is_well(
    tmp_path: Path,
) -> None:
    one = watched(tmp_path, "slow", start_within_s=0.5)

    async def well() -> None:
        async with kept_alive(one):
            async with asyncio.timeout(60):
                await one.ready.wait()

            assert one.starts > 1

    run(well())


@pytest.mark.parametrize("state", ["well", "frozen"])
def test_stopping_leaves_no_process_behind(tmp_path: Path, state: str) -> None:
    one = watched(tmp_path)

    async def stopped() -> int:
        async with kept_alive(one):
            async with asyncio.timeout(60):
                await one.ready.wait()
            if state == "frozen":
                os.kill(pid_of(one), signal.SIGSTOP)
            return pid_of(one)

    assert not is_running(asyncio.run(stopped()))


def test_a_proxy_in_the_environment_is_not_asked_about_our_own_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    one = watched(tmp_path)

    async def well() -> None:
        async with kept_alive(one):
            async with asyncio.timeout(60):
                await one.ready.wait()

    run(well())


def test_the_pace_of_a_real_run_notices_a_frozen_rasa_within_twelve_seconds() -> None:
    pace = Pace()

    assert pace.misses * (pace.probe_every_s + pace.probe_timeout_s) <= 12
