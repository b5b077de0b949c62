"""A gateway starts while somebody else holds its records, or they refuse it."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.wiring import up_to_date
from runtime.wiring.up_to_date import UpToDate
from storage import CannotOpen, DatabaseUnavailable, Outage
from tests.journeys import new_home
from tests.journeys.handrail import start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Hold the records as another gateway that migrates them does."""
    new_home.furnish(home)
    file = home / "handrail.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_the_doors_open_for_crisis_words_while_the_records_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up_to_date, "DOORS_WAIT_S", 0.5)
    with held(tmp_path):
        began = time.monotonic()
        handrail = start(tmp_path, ReadableDialogue())
        came = time.monotonic() - began
        sms = handrail.sms()
        handrail.thread.do(sms.phone.sends("i want to die"))
        handrail.thread.do(sms.phone.received(1))
        said = list(sms.texts)
    try:
        later = handrail.house.up_to_date._later
        assert later is not None
        handrail.thread.do(asyncio.wait([later], timeout=60))
        assert later.done()
        handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
        handrail.settled()
        recorded = handrail.record(
            lambda unit: unit.escalations.of_conversation(sms.conversation())
        )
    finally:
        stop(handrail)

    assert came < 30
    assert "116 123" in said[0]
    assert [escalation.route for escalation in recorded] == ["suicide"]


def test_what_goes_wrong_after_the_doors_opened_is_said_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(up_to_date, "AGAIN_AFTER_S", 0.0)
    answers = iter(
        [DatabaseUnavailable(Outage.LOCKED), CannotOpen(), RuntimeError("words"), None]
    )

    async def bring() -> None:
        if trouble := next(answers):
            raise trouble

    async def starts() -> None:
        records = UpToDate(bring)
        await records.begin()
        assert records._later is not None
        await records._later

    with caplog.at_level(logging.ERROR, "handrail.wiring"):
        asyncio.run(starts())

    assert next(answers, "all came") == "all came"
    assert [record.getMessage() for record in caplog.records] == [
        "started without the database: locked",
        "the records are not up to date: CannotOpen",
        "the records are not up to date: RuntimeError",
    ]


@pytest.mark.parametrize("refusal", [CannotOpen(), DatabaseUnavailable(Outage.CORRUPT)])
def test_records_of_other_keys_and_damaged_ones_stop_the_start(
    refusal: Exception,
) -> None:
    async def bring() -> None:
        raise refusal

    with pytest.raises(type(refusal)):
        asyncio.run(UpToDate(bring).begin())
