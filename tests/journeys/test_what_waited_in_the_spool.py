"""What was said while the records were away comes before what was said after."""

import asyncio
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from escalation import screen
from foundations.ids import ConversationId
from foundations.saying import Channel
from gateway.inbound import ByPhone, Inbound
from gateway.without_records import WithoutRecords
from runtime.settings import Settings
from runtime.wiring.words import spoken
from storage import DatabaseUnavailable, NotFound, Outage, RecordRefused, Spool
from tests.journeys.handrail import Handrail
from tests.journeys.test_crisis_floor import ABOUT_A_PLAN, ABOUT_DYING, database_full

KEY = secrets.token_bytes(32)
ONE, OTHER = ByPhone("+447700900101"), ByPhone("+447700900102")
AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def said_by_the_young_person(handrail: Handrail, conversation: Any) -> list[str]:
    said = handrail.record(
        lambda unit: unit.messages.after(ConversationId(conversation), None, 100)
    )
    return [one.text for one in said if one.speaker == "young_person"]


def test_a_text_after_the_outage_is_recorded_after_those_from_before(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    with database_full(handrail):
        for text in (ABOUT_A_PLAN, ABOUT_DYING):
            handrail.thread.do(sms.phone.sends(text))
        sms.phone.texts.clear()

    handrail.thread.do(sms.phone.sends("WHO"))
    handrail.settled()

    heard = said_by_the_young_person(handrail, sms.conversation())
    assert heard == ["hello", ABOUT_A_PLAN, ABOUT_DYING, "WHO"]


def test_the_answer_to_a_text_that_waited_comes_before_the_answer_to_the_next(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    conversation = sms.conversation()
    with database_full(handrail):
        handrail.thread.do(sms.phone.sends(ABOUT_A_PLAN))

    handrail.thread.do(sms.phone.sends("WHO"))
    handrail.settled()

    answered = handrail.record(
        lambda unit: (
            unit.connection.exec_driver_sql(
                "SELECT inbox.position FROM outbox JOIN inbox "
                "ON outbox.dedup_key = 'answer:' || inbox.id ORDER BY outbox.position"
            )
            .scalars()
            .all()
        )
    )
    assert len(answered) == 3
    assert answered == sorted(answered)
    assert len(said_by_the_young_person(handrail, conversation)) == 3


@pytest.fixture
def without_records(tmp_path: Path) -> Callable[[], WithoutRecords]:
    """Each call is a gateway that starts again on the same spool."""
    words = spoken(Settings(home=tmp_path))
    return lambda: WithoutRecords(Spool(tmp_path / "spool", KEY), words)


def text(sender: ByPhone, number: int, body: str = "hello") -> Inbound:
    at = AT + timedelta(seconds=number)
    return Inbound(Channel.SMS, f"SM{number}", sender, body, at)


def put_aside(gateway: WithoutRecords, *texts: Inbound) -> None:
    for one in texts:
        asyncio.run(gateway.receive(one, screen(one.text)))


def caught_up(gateway: WithoutRecords, sender: ByPhone) -> list[str]:
    replayed: list[str] = []

    async def work(inbound: Inbound) -> None:
        replayed.append(inbound.provider_message_id)

    asyncio.run(gateway.catch_up(sender, work))
    return replayed


def test_only_what_this_person_said_is_caught_up_with_and_once(
    without_records: Callable[[], WithoutRecords],
) -> None:
    gateway = without_records()
    put_aside(gateway, text(ONE, 1), text(OTHER, 2), text(ONE, 3, "i want to die"))

    assert caught_up(gateway, ONE) == ["SM1", "SM3"]
    assert caught_up(gateway, ONE) == []
    assert caught_up(gateway, OTHER) == ["SM2"]


def test_a_gateway_that_starts_again_knows_who_is_behind(
    without_records: Callable[[], WithoutRecords],
) -> None:
    put_aside(without_records(), text(ONE, 1), text(ONE, 2))

    assert caught_up(without_records(), ONE) == ["SM1", "SM2"]


def test_whoever_could_not_be_caught_up_with_is_still_behind(
    without_records: Callable[[], WithoutRecords],
) -> None:
    gateway = without_records()
    put_aside(gateway, text(ONE, 1))

    async def still_away(_inbound: Inbound) -> None:
        raise DatabaseUnavailable(Outage.LOCKED)

    with pytest.raises(DatabaseUnavailable):
        asyncio.run(gateway.catch_up(ONE, still_away))

    assert caught_up(gateway, ONE) == ["SM1"]


@pytest.mark.parametrize("trouble", [OSError("the disk"), RecordRefused()])
def test_a_spool_that_cannot_be_caught_up_with_keeps_nobody_out_of_the_records(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def refuses() -> list[dict[str, Any]]:
        raise trouble

    web = handrail.web_chat()
    with database_full(handrail):
        web.post(ABOUT_A_PLAN)
    monkeypatch.setattr(handrail.house.spool, "records", refuses)

    web.young_person_says(ABOUT_DYING)

    assert any(key.startswith("escalation.") for key in web.keys)
    assert ABOUT_DYING in said_by_the_young_person(handrail, web.conversation)


def test_what_waits_on_disk_is_written_down_however_long_answers_take(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering, posted, written_down = (threading.Event() for _ in range(3))
    web, sweeper = handrail.web_chat(), handrail.house.sweeper
    replay = sweeper._replaying.do

    async def never(_forgotten: object) -> None:
        answering.set()
        await asyncio.Event().wait()

    async def replayed() -> None:
        await replay()
        if posted.is_set() and handrail.house.spool.is_empty():
            written_down.set()

    monkeypatch.setattr("gateway.sweeper.SWEEP_EVERY_S", 0.05)
    monkeypatch.setattr(sweeper, "_answer_all", never)
    monkeypatch.setattr(sweeper._replaying, "do", replayed)
    assert answering.wait(10)
    with database_full(handrail):
        web.post(ABOUT_A_PLAN)
    posted.set()

    assert written_down.wait(10)
    assert said_by_the_young_person(handrail, web.conversation) == [ABOUT_A_PLAN]


def test_a_chat_that_was_deleted_while_its_words_waited_holds_up_nobody(
    handrail: Handrail,
) -> None:
    web, sms = handrail.web_chat(), handrail.sms()
    with database_full(handrail):
        web.post(ABOUT_DYING)
        handrail.thread.do(sms.phone.sends(ABOUT_DYING))
    handrail.thread.do(
        handrail.house.database.write(
            lambda unit: unit.people.forget(
                unit.conversations.get(ConversationId(web.conversation)).young_person
            )
        )
    )

    handrail.thread.do(handrail.house.sweeper.sweep())

    with pytest.raises(NotFound):
        handrail.record(
            lambda unit: unit.conversations.get(ConversationId(web.conversation))
        )
    assert said_by_the_young_person(handrail, sms.conversation()) == [ABOUT_DYING]
    assert handrail.house.spool.waiting() == 0
