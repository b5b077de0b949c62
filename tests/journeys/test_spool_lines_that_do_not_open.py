"""Lines of the spool whose key is gone: counted, told of, and let go in the end."""

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.without_records import to_spool
from storage import Spool
from tests.journeys.clocks import StillClock, london
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.journeys.test_what_the_records_refuse import alerts, from_somebody, sweep

KEY = secrets.token_bytes(32)


@pytest.fixture
def clock() -> StillClock:
    return london(2026, 11, 25, 14)


@pytest.fixture
def handrail(tmp_path: Path, clock: StillClock) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), clock=clock)
    yield running
    stop(running)


def test_what_waited_under_a_key_that_is_gone_is_counted_and_told_of_once(
    handrail: Handrail, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    place = handrail.house.settings.home / "spool"
    Spool(place, KEY).append(to_spool(from_somebody(clock, "SM1")))
    for _ in range(3):
        sweep(handrail)
        handrail.settled()
        handrail.later(days=1)

    (told,) = alerts(handrail)
    assert " 1 " in told
    assert handrail.house.metrics.set_aside._value.get() == 1
    assert "lines of the spool that do not open: 1" in caplog.text
    assert handrail.house.spool.waiting() == 0
    assert place.with_name("spool.unreadable").read_bytes() != b""


def test_what_does_not_open_for_three_months_is_let_go(
    handrail: Handrail, clock: StillClock
) -> None:
    place = handrail.house.settings.home / "spool"
    Spool(place, KEY).append(to_spool(from_somebody(clock, "SM1")))
    sweep(handrail)
    beside = place.with_name("spool.unreadable")
    for age, is_kept in ((89, True), (91, False)):
        written = (clock.now - timedelta(days=age)).timestamp()
        os.utime(beside, (written, written))
        clock.now += timedelta(hours=1)
        sweep(handrail)
        assert beside.exists() is is_kept

    assert handrail.house.metrics.set_aside._value.get() == 0
