"""A process that dies, freezes or never gets well is replaced; stopping leaves none."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from runtime.settings import Settings
from runtime.supervisor import free_port, rasa, with_free_choices
from runtime.watched import Pace, Watched

ROOT = Path(__file__).resolve().parents[2]
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
        environment={"PYTHONPATH": str(ROOT)},
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
    """Say whether it still does anything; nobody may have asked how it ended."""
    with suppress(FileNotFoundError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
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


def test_the_pace_of_a_real_run_notices_a_frozen_gateway_within_twelve_seconds() -> (
    None
):
    assert longest_until_noticed(Pace()) <= 12


def test_the_pace_of_a_real_run_notices_a_frozen_rasa_within_eight_seconds(
    tmp_path: Path,
) -> None:
    settings = with_free_choices(Settings(home=tmp_path))

    assert longest_until_noticed(rasa(settings, tmp_path, tmp_path).pace) <= 8


def longest_until_noticed(pace: Pace) -> float:
    return pace.misses * (pace.probe_every_s + pace.probe_timeout_s)


def test_the_part_of_a_process_that_is_stuck_is_replaced_without_a_start(
    tmp_path: Path,
) -> None:
    one = watched_forks(tmp_path)

    async def replaced() -> None:
        async with kept_alive(one):
            async with asyncio.timeout(60):
                await one.ready.wait()
            first = await answering(one)
            os.kill(first, signal.SIGSTOP)
            async with asyncio.timeout(60):
                while await answering(one) in (0, first):
                    await asyncio.sleep(0.01)

            assert one.starts == 1
            assert not is_running(first)

    run(replaced())


def test_what_putting_another_in_its_place_does_not_help_is_started_again(
    tmp_path: Path,
) -> None:
    one = watched_forks(tmp_path)

    async def started_again() -> None:
        async with kept_alive(one):
            async with asyncio.timeout(60):
                await one.ready.wait()
            first, forks = pid_of(one), await answering(one)
            os.kill(first, signal.SIGSTOP)
            os.kill(forks, signal.SIGSTOP)
            await until(lambda: one.starts > 1 and one.ready.is_set())

            assert not is_running(first)
            assert not is_running(forks)

    run(started_again())


def watched_forks(folder: Path) -> Watched:
    """A tiny service that is forked, as Rasa is."""
    one = watched(folder, "forked")
    one.replaces_on = signal.SIGUSR1
    one.pace = Pace(**{**vars(BRISK), "probe_timeout_s": 0.3})
    return one


async def answering(one: Watched) -> int:
    """Give the process that answers; 0 when none does just now."""
    async with httpx.AsyncClient(trust_env=False, timeout=0.3) as client:
        with suppress(httpx.HTTPError):
            return int((await client.get(one.probe)).text)
    return 0
