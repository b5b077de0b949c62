"""A disk that hangs holds the records and the spool; the words leave all the same."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from foundations.ids import ConversationId
from gateway.pipeline import CRISIS_WAITS_S
from gateway.spooling import SpoolTogether
from gateway.without_records import CRISIS_KEEPS_S
from storage import Keys, Spool
from tests.journeys.handrail import Handrail
from tests.journeys.test_crisis_floor import (
    ABOUT_A_PLAN,
    ABOUT_DYING,
    Fault,
    database_full,
    database_locked,
)
from tests.journeys.test_slow_records import text

HANGS_FOR_S = 12.0
"""Longer than anybody here waits; a disk that hangs for good would hang the tests."""
WORDS_WITHIN_S = 1.0
MACHINE_IS_BUSY_S = 1.0


@contextmanager
def disk_hangs(patch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No flush of the spool comes to an end until this does."""
    is_hanging, goes_on, flush = threading.Event(), threading.Event(), os.fsync

    def hangs(file: int) -> None:
        is_hanging.set()
        goes_on.wait(HANGS_FOR_S)
        flush(file)

    patch.setattr(os, "fsync", hangs)
    try:
        yield is_hanging
    finally:
        goes_on.set()
        patch.undo()


def sweep(handrail: Handrail) -> None:
    """Take up what was left, once all that was under way to the disk is there."""
    kept = handrail.house.pipeline._without_records

    async def is_kept() -> None:
        if kept._keeping:
            await asyncio.wait(kept._keeping)

    handrail.thread.do(is_kept())
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()


def took(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def routes(handrail: Handrail, conversation: ConversationId) -> list[str]:
    found = handrail.record(lambda u: u.escalations.of_conversation(conversation))
    return [escalation.route for escalation in found]


def test_the_records_and_the_spool_together_take_less_than_a_second() -> None:
    assert CRISIS_WAITS_S + CRISIS_KEEPS_S < WORDS_WITHIN_S


@pytest.mark.parametrize("records", [database_locked, database_full])
def test_a_crisis_on_the_web_is_answered_while_the_disk_hangs_and_recorded_once(
    handrail: Handrail, records: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = handrail.web_chat()
    with records(handrail), disk_hangs(monkeypatch):
        waited = took(lambda: web.young_person_says(ABOUT_DYING))

        assert "116 123" in web.was_sent("escalation.suicide")
        assert waited < WORDS_WITHIN_S + MACHINE_IS_BUSY_S
    for _ in range(2):
        sweep(handrail)

    assert routes(handrail, ConversationId(web.conversation)) == ["suicide"]
    said = [message["key"] for message in web.missed()]
    assert said.count("escalation.suicide") == 1
    assert handrail.house.spool.waiting() == 0


@pytest.mark.parametrize("records", [database_locked, database_full])
def test_a_crisis_text_is_answered_while_the_disk_hangs_and_recorded_once(
    handrail: Handrail, records: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms = handrail.sms()
    with records(handrail), disk_hangs(monkeypatch):

        def texts() -> None:
            handrail.thread.do(sms.phone.sends(ABOUT_DYING))
            handrail.thread.do(sms.phone.received(1))

        waited = took(texts)

        assert "116 123" in sms.texts[0]
        assert waited < WORDS_WITHIN_S + MACHINE_IS_BUSY_S
    for _ in range(2):
        sweep(handrail)

    assert routes(handrail, sms.conversation()) == ["suicide"]
    assert len(sms.texts) == 1
    assert handrail.house.spool.waiting() == 0


def test_what_waits_is_taken_up_from_a_disk_that_hangs_and_nobody_else_waits_for_it(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms, web = handrail.sms(), handrail.web_chat()
    with database_full(handrail):
        handrail.thread.do(sms.phone.sends(ABOUT_A_PLAN))
    sweeps = handrail.house.sweeper.sweep(timedelta(0))

    with disk_hangs(monkeypatch) as is_hanging:
        sweeping = asyncio.run_coroutine_threadsafe(sweeps, handrail.thread.loop)
        assert is_hanging.wait(HANGS_FOR_S)
        waited = took(lambda: web.young_person_says(ABOUT_DYING))

        assert "116 123" in web.was_sent("escalation.suicide")
        assert waited < WORDS_WITHIN_S + MACHINE_IS_BUSY_S
        assert not sweeping.done()
    sweeping.result(HANGS_FOR_S)
    assert handrail.house.spool.waiting() == 0


def test_work_that_holds_every_shared_thread_keeps_nothing_from_the_spool(
    tmp_path: Path,
) -> None:
    spool, may_end = Spool(tmp_path / "spool", Keys.generate().spool), threading.Event()

    async def appends() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        holding = asyncio.create_task(asyncio.to_thread(may_end.wait, HANGS_FOR_S))
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(HANGS_FOR_S / 2):
                await SpoolTogether(spool).append(text(1))
        finally:
            may_end.set()
            await holding

    asyncio.run(appends())

    assert spool.waiting() == 1
