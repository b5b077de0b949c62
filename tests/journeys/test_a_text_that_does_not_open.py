"""A text that was sealed with a key that is not here: everybody else has theirs."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from foundations.ids import new_id
from gateway.texting.outbox_worker import CANNOT_OPEN, MOST_TRIES
from storage.records import NewOutbound, OutboundKind, OutboundState
from storage.tables.core import messages, outbox
from tests.journeys.clocks import london
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.journeys.test_crisis_floor import ABOUT_A_PLAN, database_full
from tests.journeys.test_texts_that_do_not_arrive import LEAD, sent

ONE, OTHER = "+447700900161", "+447700900162"


@pytest.fixture
def handrail(tmp_path: Path) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), clock=london(2026, 11, 25, 14))
    yield running
    stop(running)


def is_queued_and_does_not_open(handrail: Handrail, sms: Sms) -> Any:
    """Queue crisis words for somebody, and seal them with what nobody has."""
    conversation = sms.conversation()

    def work(unit: Any) -> Any:
        outbound = NewOutbound(
            dedup_key=new_id(),
            kind=OutboundKind.CRISIS,
            body="Call 116 123.",
            not_before=unit.clock(),
            conversation=conversation,
            young_person=unit.conversations.get(conversation).young_person,
        )
        unit.outbox.add(outbound)
        changed = update(outbox).where(outbox.c.id == outbound.id)
        unit.connection.execute(changed.values(body=b"\1" * 60))
        return outbound.id

    return handrail.thread.do(handrail.house.database.write(work))


def test_a_message_that_does_not_open_hides_nobody_who_waits_for_an_answer(
    handrail: Handrail,
) -> None:
    one, other = handrail.sms(ONE), handrail.sms(OTHER)
    with database_full(handrail):
        for sms in (one, other):
            handrail.thread.do(sms.phone.sends(ABOUT_A_PLAN))
        for sms in (one, other):
            sms.phone.texts.clear()
    replays = handrail.house.sweeper._replaying.do()
    handrail.thread.do(replays)
    of_one = update(messages).where(messages.c.conversation == one.conversation())
    sealed = of_one.values(text=b"\1" * 60)
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.connection.execute(sealed))
    )

    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.thread.do(other.phone.received(1))

    assert one.texts == []


def row(handrail: Handrail, id: Any) -> Any:
    query = select(outbox).where(outbox.c.id == id)
    return handrail.record(lambda unit: unit.connection.execute(query).one())


def test_a_text_that_does_not_open_keeps_nobody_elses_from_leaving(
    handrail: Handrail,
) -> None:
    one, other = handrail.sms(ONE), handrail.sms(OTHER)
    one.young_person_says("hello")
    id = is_queued_and_does_not_open(handrail, one)

    handrail.thread.do(other.phone.sends("hello"))
    handrail.thread.do(other.phone.received(1))

    assert row(handrail, id).state == OutboundState.WAITING.value


def test_crisis_words_that_do_not_open_are_given_up_in_the_end_and_the_lead_is_told(
    handrail: Handrail,
) -> None:
    one = handrail.sms(ONE)
    one.young_person_says("hello")
    id = is_queued_and_does_not_open(handrail, one)
    tried = update(outbox).where(outbox.c.id == id).values(tries=MOST_TRIES)
    leased = tried.values(lease_until=None)
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.connection.execute(leased))
    )

    handrail.thread.do(handrail.house.outbox.do_round())
    handrail.settled()

    left = row(handrail, id)
    assert (left.state, left.last_code) == (
        OutboundState.UNDELIVERABLE.value,
        CANNOT_OPEN,
    )
    (told,) = [text.body for text in sent(handrail, LEAD)]
    assert "a text with crisis words did not arrive" in told
