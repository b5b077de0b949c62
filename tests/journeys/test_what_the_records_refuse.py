"""A message that the records refuse is kept aside, and nobody waits behind it."""

import asyncio
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from foundations.saying import Channel
from gateway.inbound import ByPhone, Inbound
from gateway.replaying import Replaying, SetAside
from gateway.without_records import WithoutRecords, to_spool
from runtime.settings import Settings
from runtime.wiring.sweeping import kept_aside
from runtime.wiring.words import spoken
from storage import DatabaseUnavailable, Outage, RecordRefused, Spool
from tests.journeys.clocks import StillClock, london
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.journeys.test_crisis_floor import ABOUT_A_PLAN, ABOUT_DYING, database_full
from tests.journeys.test_what_waited_in_the_spool import said_by_the_young_person

KEY = secrets.token_bytes(32)
SOMEBODY, OTHER = ByPhone("+447700900131"), ByPhone("+447700900132")
REFUSED_ID = "SM\ud800"
"""No text has such an id, and the records take none that does."""


@pytest.fixture
def clock() -> StillClock:
    return london(2026, 11, 25, 14)


@pytest.fixture
def handrail(tmp_path: Path, clock: StillClock) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), clock=clock)
    yield running
    stop(running)


def from_somebody(clock: StillClock, id: str, sender: ByPhone = SOMEBODY) -> Inbound:
    return Inbound(Channel.SMS, id, sender, "marmalade", clock.now)


def sweep(handrail: Handrail) -> None:
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))


def waiting(handrail: Handrail) -> list[Any]:
    now = handrail.clock()
    return list(handrail.record(lambda unit: unit.inbox.unanswered(10, now)))


def alerts(handrail: Handrail) -> list[str]:
    sent = [text.body for text in handrail.stand_in.texts.values()]
    return [body for body in sent if "could not be written down" in body]


def set_aside(handrail: Handrail) -> list[dict[str, Any]]:
    return kept_aside(handrail.house.settings, handrail.house.keys).records()


def test_what_the_records_refuse_holds_up_nothing_that_came_after_it(
    handrail: Handrail, clock: StillClock
) -> None:
    sms = handrail.sms()
    handrail.house.spool.append(to_spool(from_somebody(clock, REFUSED_ID)))
    with database_full(handrail):
        handrail.thread.do(sms.phone.sends(ABOUT_DYING))

    sweep(handrail)

    assert said_by_the_young_person(handrail, sms.conversation()) == [ABOUT_DYING]
    assert handrail.house.spool.waiting() == 0


def test_the_lead_is_told_how_many_are_kept_aside_once_a_day_and_nothing_of_them(
    handrail: Handrail, clock: StillClock
) -> None:
    handrail.house.spool.append(to_spool(from_somebody(clock, REFUSED_ID)))
    for _ in range(3):
        sweep(handrail)
        handrail.later(hours=1)
    (told,) = alerts(handrail)

    assert " 1 " in told
    assert "marmalade" not in told
    assert SOMEBODY.number not in told
    assert handrail.house.metrics.set_aside._value.get() == 1
    handrail.later(days=1)
    sweep(handrail)
    handrail.settled()
    assert len(alerts(handrail)) == 2


def test_what_somebody_said_after_what_is_refused_is_still_taken_in_order(
    handrail: Handrail, clock: StillClock
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    refused = from_somebody(clock, REFUSED_ID, ByPhone(sms.number))
    with database_full(handrail):
        handrail.house.spool.append(to_spool(refused))
        handrail.thread.do(sms.phone.sends(ABOUT_A_PLAN))

    handrail.thread.do(sms.phone.sends("WHO"))
    handrail.settled()

    heard = said_by_the_young_person(handrail, sms.conversation())
    assert heard == ["hello", ABOUT_A_PLAN, "WHO"]


def test_an_answer_that_fails_again_and_again_keeps_nobody_after_it_waiting(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database_full(handrail):
        for number in ("+447700900133", "+447700900134"):
            phone = handrail.sms(number).phone
            handrail.thread.do(phone.sends(ABOUT_A_PLAN))
    answer, failed = handrail.house.pipeline.answer, []

    async def fails_for_the_first(received: Any) -> Any:
        if not failed or received.message == failed[0]:
            failed.append(received.message)
            raise RuntimeError
        return await answer(received)

    monkeypatch.setattr(handrail.house.pipeline, "answer", fails_for_the_first)
    sweep(handrail)
    monkeypatch.undo()

    assert [one.message_id for one in waiting(handrail)] == failed


def test_as_many_as_are_looked_at_together_may_fail_and_the_next_is_answered(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = ("+447700900133", "+447700900134", "+447700900135")
    with database_full(handrail):
        for number in numbers:
            handrail.thread.do(handrail.sms(number).phone.sends(ABOUT_A_PLAN))
    answer, answered = handrail.house.pipeline.answer, set[str]()

    async def fails_unless_in_the_list(received: Any) -> Any:
        if received.message not in answered:
            raise RuntimeError
        return await answer(received)

    monkeypatch.setattr(handrail.house.pipeline, "answer", fails_unless_in_the_list)
    monkeypatch.setattr("gateway.sweeper.AT_ONCE", 2)
    sweep(handrail)
    *failing, last = [one.message_id for one in waiting(handrail)]
    answered.add(last)
    sweep(handrail)

    assert [one.message_id for one in waiting(handrail)] == failing
    answered.update(failing)
    sweep(handrail)
    assert waiting(handrail) == []


def test_a_backlog_is_answered_without_a_pause_after_each_look(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database_full(handrail):
        for number in ("+447700900133", "+447700900134", "+447700900135"):
            handrail.thread.do(handrail.sms(number).phone.sends(ABOUT_A_PLAN))
    monkeypatch.setattr("gateway.sweeper.AT_ONCE", 1)
    running = asyncio.run_coroutine_threadsafe(
        handrail.house.sweeper.sweep_all(timedelta(0)), handrail.thread.loop
    )
    running.result(30)

    assert waiting(handrail) == []


def test_a_slow_answer_to_one_person_keeps_nobody_else_in_a_backlog_waiting(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database_full(handrail):
        for number in ("+447700900133", "+447700900134"):
            handrail.thread.do(handrail.sms(number).phone.sends(ABOUT_A_PLAN))
    answer, begun = handrail.house.pipeline.answer, set[str]()
    another = asyncio.Event()

    async def once_another_has_begun(received: Any) -> Any:
        begun.add(received.conversation)
        if len(begun) > 1:
            another.set()
        async with asyncio.timeout(30):
            await another.wait()
        return await answer(received)

    monkeypatch.setattr(handrail.house.pipeline, "answer", once_another_has_begun)
    sweep(handrail)

    assert waiting(handrail) == []


def test_a_fault_of_ours_in_the_recording_leaves_words_and_loses_nothing(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms, web = handrail.sms(), handrail.web_chat()

    def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError("marmalade")

    monkeypatch.setattr("gateway.pipeline.receive_into", fails)
    handrail.thread.do(sms.phone.sends("i want to die"))
    handrail.thread.do(sms.phone.received(1))
    web.young_person_says("i want to die")
    sweep(handrail)
    monkeypatch.undo()
    handrail.later(hours=1)
    sweep(handrail)
    handrail.settled()

    assert "116 123" in sms.texts[0]
    assert any(key.startswith("escalation.") for key in web.keys)
    for conversation in (sms.conversation(), web.conversation):
        heard = said_by_the_young_person(handrail, conversation)
        assert heard == ["i want to die"]


class Records:
    """Takes what it is handed, but for what it refuses; or is away."""

    def __init__(self) -> None:
        self.refuses: set[str] = set()
        self.is_away = False
        self.taken: list[str] = []
        self.told: list[int] = []
        self.tries = 0

    async def take(self, inbound: Inbound) -> None:
        self.tries += 1
        if self.is_away:
            raise DatabaseUnavailable(Outage.LOST)
        if inbound.provider_message_id in self.refuses:
            raise RecordRefused
        self.taken.append(inbound.provider_message_id)

    async def tell(self, found: SetAside) -> None:
        self.told.append(found.kept)


class Kept:
    """A spool, what is set aside beside it, and a gateway that starts on them."""

    def __init__(self, folder: Path, clock: StillClock) -> None:
        self.spool = Spool(folder / "spool", KEY)
        self.set_aside = Spool(folder / "spool.set_aside", KEY)
        self.records = Records()
        self.clock = clock
        self.starts()

    def starts(self) -> None:
        records = self.records
        self.replaying = Replaying(
            self.spool, self.set_aside, records.take, records.tell, self.clock
        )

    def waits(self, *ids: str) -> None:
        for id in ids:
            self.spool.append(to_spool(from_somebody(self.clock, id)))

    def replays(self) -> None:
        asyncio.run(self.replaying.do())

    def ids_aside(self) -> list[str]:
        return [one["provider_message_id"] for one in self.set_aside.records()]


@pytest.fixture
def kept(tmp_path: Path, clock: StillClock) -> Kept:
    return Kept(tmp_path, clock)


def test_what_is_set_aside_is_tried_every_hour_and_let_go_once_it_is_taken(
    kept: Kept, clock: StillClock
) -> None:
    kept.records.refuses = {"SM1", "SM3"}
    kept.waits("SM1", "SM2", "SM3")
    kept.replays()
    assert (kept.records.taken, kept.ids_aside()) == (["SM2"], ["SM1", "SM3"])

    kept.records.refuses = {"SM3"}
    tries = kept.records.tries
    kept.replays()
    assert kept.records.tries == tries, "not before an hour has gone"
    clock.now += timedelta(hours=1)
    kept.replays()

    assert (kept.records.taken, kept.ids_aside()) == (["SM2", "SM1"], ["SM3"])
    assert kept.records.told == [2, 1]


def test_a_new_start_tries_at_once(kept: Kept) -> None:
    kept.records.refuses = {"SM1"}
    kept.waits("SM1")
    kept.replays()
    kept.records.refuses = set()

    kept.starts()
    kept.replays()

    assert (kept.records.taken, kept.ids_aside()) == (["SM1"], [])


def test_an_outage_while_they_are_tried_again_changes_nothing(
    kept: Kept, clock: StillClock
) -> None:
    kept.records.refuses = {"SM1", "SM2"}
    kept.waits("SM1", "SM2")
    kept.replays()
    kept.records.is_away = True
    for _ in range(3):
        clock.now += timedelta(hours=1)
        with pytest.raises(DatabaseUnavailable):
            kept.replays()

    assert kept.ids_aside() == ["SM1", "SM2"]


def test_a_record_of_another_version_stops_neither_a_start_nor_a_replay(
    kept: Kept, tmp_path: Path
) -> None:
    kept.spool.append({"channel": "a way there is no more"})
    kept.waits("SM1")

    WithoutRecords(kept.spool, spoken(Settings(home=tmp_path)))
    kept.replays()

    assert kept.records.taken == ["SM1"]
    assert kept.set_aside.waiting() == 1


def test_whoever_has_everything_wiped_leaves_nothing_set_aside(
    handrail: Handrail, clock: StillClock
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    mine = from_somebody(clock, REFUSED_ID, ByPhone(sms.number))
    for refused in (mine, from_somebody(clock, REFUSED_ID)):
        handrail.house.spool.append(to_spool(refused))
    sweep(handrail)
    assert len(set_aside(handrail)) == 2
    sms.young_person_says("DELETE")
    sms.young_person_says("DELETE EVERYTHING")

    assert [record["phone"] for record in set_aside(handrail)] == [SOMEBODY.number]


def test_what_is_refused_for_three_months_is_let_go(
    handrail: Handrail, clock: StillClock
) -> None:
    handrail.house.spool.append(to_spool(from_somebody(clock, REFUSED_ID)))
    sweep(handrail)
    handrail.later(days=89)
    sweep(handrail)
    assert len(set_aside(handrail)) == 1
    handrail.later(days=2)
    sweep(handrail)

    assert set_aside(handrail) == []
