"""Texts come in faster than they are written down: none is lost, none is refused."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from foundations.saying import Channel
from gateway.coming_in import ComingIn
from gateway.health import RECORDS_WITHIN_S
from gateway.inbound import ByPhone, Inbound
from gateway.spooling import SpoolTogether
from gateway.without_records import to_spool
from runtime.watched import Pace
from storage import Keys, Spool, UnitOfWork
from storage.database import READERS
from tests.journeys.handrail import Handrail

SLOW_FOR_S = 60


@contextmanager
def records_slow(handrail: Handrail, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold the one writer, with little patience for it."""
    patch.setattr("gateway.pipeline.TEXTS_WAIT_S", 0.05)
    # However busy this machine is, they are only slow and have not stopped.
    patch.setattr("gateway.coming_in.STANDS_STILL_S", 3600.0)
    may_end = threading.Event()

    def takes_long(_: UnitOfWork) -> None:
        may_end.wait(SLOW_FOR_S)

    loop, write = handrail.thread.loop, handrail.house.database.write
    holding = asyncio.run_coroutine_threadsafe(write(takes_long), loop)
    try:
        yield
    finally:
        may_end.set()
        patch.undo()
    holding.result(SLOW_FOR_S)


def test_a_text_that_is_not_written_down_in_time_waits_on_disk_and_has_its_answer(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    sms.phone.texts.clear()

    with records_slow(handrail, monkeypatch):
        handrail.thread.do(sms.phone.sends("WHO"))
        assert handrail.house.spool.waiting() == 1
        # Nothing is wrong, so nothing is said of trouble; Twilio had its 200.
        assert sms.phone.texts == []
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()

    assert handrail.house.spool.waiting() == 0
    inbox = "SELECT count(*) FROM inbox"
    count = handrail.record(
        lambda unit: unit.connection.exec_driver_sql(inbox).scalar_one()
    )
    assert count == 2
    assert len(sms.phone.texts) >= 1


def test_texts_that_waited_on_disk_are_written_down_in_their_order_and_once(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    said = ["music helps", "and my dog", "and a walk"]

    with records_slow(handrail, monkeypatch):
        for text in said:
            handrail.thread.do(sms.phone.sends(text))
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()

    conversation: Any = sms.conversation()
    lines = handrail.record(
        lambda unit: unit.messages.after(conversation, None, limit=100)
    )
    heard = [one.text for one in lines if one.speaker == "young_person"]
    assert heard == ["hello", *said]


def test_slow_records_are_told_of_before_the_watch_takes_the_gateway_for_stuck(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Pace().probe_timeout_s > RECORDS_WITHIN_S
    # Whatever else waits for the records may wait for ever here.
    monkeypatch.setattr(handrail.house.database, "_wait", float(SLOW_FOR_S))
    may_end = threading.Event()
    loop, read = handrail.thread.loop, handrail.house.database.read
    holding = [
        asyncio.run_coroutine_threadsafe(read(lambda _: may_end.wait(SLOW_FOR_S)), loop)
        for _ in range(READERS)
    ]

    try:
        address = f"{handrail.address}/health"
        answer = httpx.get(address, trust_env=False, timeout=SLOW_FOR_S / 2)
    finally:
        may_end.set()

    assert answer.status_code == 200
    assert answer.json()["database"] == "down"
    assert all(held.result(SLOW_FOR_S) for held in holding)


def test_an_answer_makes_way_for_who_waits_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    looks: list[float] = []

    async def sleeps(seconds: float) -> None:
        nonlocal now
        now += seconds
        looks.append(seconds)

    monkeypatch.setattr("gateway.coming_in.monotonic", lambda: now)
    monkeypatch.setattr("gateway.coming_in.asyncio.sleep", sleeps)
    coming_in = ComingIn()

    async def an_answer() -> None:
        await coming_in.make_way()
        assert looks == []
        with coming_in.one():
            now_before = now
            await coming_in.make_way()
            # It came just now: nobody makes way for it yet.
            assert now == now_before
            await sleeps(0.2)
            await coming_in.make_way()
            assert now == pytest.approx(now_before + 1.2)
        await coming_in.make_way()
        assert now == pytest.approx(now_before + 1.2)

    asyncio.run(an_answer())


class CountedSpool(Spool):
    """A spool that counts flushes, and can be refused by its disk."""

    flushes = 0
    refuses = False

    def append(self, *records: dict[str, Any]) -> None:
        self.flushes += 1
        if self.refuses:
            raise OSError("full")
        super().append(*records)


def text(number: int) -> dict[str, str]:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    sender = ByPhone("+447700900101")
    return to_spool(Inbound(Channel.SMS, f"SM{number}", sender, "hello", at))


def test_what_comes_in_together_is_flushed_together_and_in_order(
    tmp_path: Path,
) -> None:
    spool = CountedSpool(tmp_path / "spool", Keys.generate().spool)

    async def many() -> None:
        together = SpoolTogether(spool)
        await asyncio.gather(*(together.append(text(n)) for n in range(50)))

    asyncio.run(many())

    assert [one["provider_message_id"] for one in spool.records()] == [
        f"SM{n}" for n in range(50)
    ]
    assert spool.flushes <= 3


def test_everybody_is_told_when_the_disk_refuses(tmp_path: Path) -> None:
    spool = CountedSpool(tmp_path / "spool", Keys.generate().spool)
    spool.refuses = True

    async def many() -> list[BaseException | None]:
        together = SpoolTogether(spool)
        return await asyncio.gather(
            *(together.append(text(n)) for n in range(5)), return_exceptions=True
        )

    assert {type(one) for one in asyncio.run(many())} == {OSError}
