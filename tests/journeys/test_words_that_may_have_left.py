"""Crisis words whose fate nobody knows: looked for briefly, and said rather twice."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from channels.sms.outgoing import CannotTell
from runtime.wiring.house import House
from storage import UnitOfWork
from storage.records import NewOutbound, OutboundKind, OutboundState
from storage.tables.core import outbox
from tests.journeys.clocks import london
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from twilio_stand_in.settings import Behaviour
from twilio_stand_in.texts import Direction, Text

PHONE = "+447700900141"


@pytest.fixture
def handrail(tmp_path: Path) -> Iterator[Handrail]:
    """Here no report of any text comes back."""
    running = start(tmp_path, ReadableDialogue(), clock=london(2026, 11, 25, 14))
    running.stand_in.behave(Behaviour(callback_copies=0))
    running.thread.do(running.sms(PHONE).phone.sends("i want to die"))
    yield running
    stop(running)


def sent(handrail: Handrail) -> list[Text]:
    texts = handrail.stand_in.texts.values()
    return [text for text in texts if text.recipient == PHONE]


def nobody_reports_for_a_minute(handrail: Handrail) -> None:
    """Afterwards whoever looks for words, the test or the worker, has ended."""
    handrail.later(seconds=61)
    handrail.thread.do(handrail.house.outbox.do_round())
    handrail.thread.do(nothing_is_on_its_way(handrail.house))


async def nothing_is_on_its_way(house: House) -> None:
    leased = select(outbox.c.id).where(outbox.c.lease_until > house.clock())
    async with asyncio.timeout(60):
        while await house.database.read(
            lambda unit: unit.connection.execute(leased).first()
        ):
            await asyncio.sleep(0.01)


def test_words_that_twilio_has_are_not_said_again(handrail: Handrail) -> None:
    nobody_reports_for_a_minute(handrail)
    nobody_reports_for_a_minute(handrail)

    (text,) = sent(handrail)
    assert text.direction is Direction.OUTBOUND_REPLY
    assert "116 123" in text.body


def test_words_that_twilio_never_had_are_said(handrail: Handrail) -> None:
    (lost,) = sent(handrail)
    del handrail.stand_in.texts[lost.sid]
    nobody_reports_for_a_minute(handrail)
    nobody_reports_for_a_minute(handrail)

    assert [text.body for text in sent(handrail)] == [lost.body]


def test_a_webhook_that_is_brought_again_repeats_no_words_that_were_sent_since(
    handrail: Handrail,
) -> None:
    stand_in = handrail.stand_in
    (heard,) = [t for t in stand_in.texts.values() if t.sender == PHONE]
    (lost,) = sent(handrail)
    handrail.thread.do(stand_in.replay(heard.sid))
    assert [text.body for text in sent(handrail)] == [lost.body] * 2
    for text in sent(handrail):
        del stand_in.texts[text.sid]
    nobody_reports_for_a_minute(handrail)
    assert [text.body for text in sent(handrail)] == [lost.body]

    handrail.thread.do(stand_in.replay(heard.sid))
    handrail.settled()

    assert len(sent(handrail)) == 1


def test_one_text_that_twilio_has_is_not_taken_for_two(handrail: Handrail) -> None:
    (first,) = sent(handrail)
    conversation = handrail.sms(PHONE).conversation()

    def the_same_words_again(unit: UnitOfWork) -> None:
        person = unit.conversations.get(conversation).young_person
        unit.outbox.add(
            NewOutbound(
                dedup_key="again",
                kind=OutboundKind.CRISIS,
                body=first.body,
                not_before=unit.clock(),
                conversation=conversation,
                young_person=person,
                state=OutboundState.INLINE,
            )
        )

    handrail.thread.do(handrail.house.database.write(the_same_words_again))
    nobody_reports_for_a_minute(handrail)
    nobody_reports_for_a_minute(handrail)

    assert [text.body for text in sent(handrail)] == [first.body] * 2


@pytest.mark.parametrize("is_silent", [True, False])
def test_when_twilio_cannot_tell_they_are_said_again(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch, is_silent: bool
) -> None:
    async def cannot_tell(*_: Any) -> None:
        if is_silent:
            await asyncio.Event().wait()
        raise CannotTell

    monkeypatch.setattr("gateway.texting.outbox_worker.CRISIS_LOOKS_FOR_S", 0.1)
    monkeypatch.setattr("channels.sms.sending.TwilioSender.find_sent", cannot_tell)
    nobody_reports_for_a_minute(handrail)
    nobody_reports_for_a_minute(handrail)

    assert len(sent(handrail)) == 2
