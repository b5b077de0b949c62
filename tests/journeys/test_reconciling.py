"""Texts that came while the gateway was away are fetched from Twilio, and answered."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from channels.sms.inbound import InboundSms
from foundations.clock import utc_now
from gateway.inbound import ByPhone
from gateway.texting import reconciling
from gateway.texting.reconciling import Reconciler
from storage import RecordRefused
from storage.tables.core import inbox
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from twilio_stand_in.settings import Behaviour, LongTexts

NOWHERE = "http://127.0.0.1:9/hooks/twilio/sms"


def five_minutes_on() -> datetime:
    """Late enough that what Twilio has now is no longer on its way."""
    return utc_now() + timedelta(minutes=5)


@pytest.fixture
def handrail(tmp_path: Path) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), clock=five_minutes_on)
    # The look at the start comes first; the next by itself is minutes away.
    running.thread.do(running.house.reconciler.do_round())
    yield running
    stop(running)


@contextmanager
def away(handrail: Handrail) -> Iterator[None]:
    """Twilio cannot reach us."""
    stand_in = handrail.stand_in
    usual = stand_in.settings
    stand_in.settings = replace(usual, webhook=NOWHERE)
    yield
    stand_in.settings = usual


def reconciled(handrail: Handrail) -> int:
    missing: int = handrail.thread.do(handrail.house.reconciler.reconcile())
    handrail.settled()
    return missing


def test_a_crisis_text_that_never_reached_us_is_answered_and_recorded(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    with away(handrail):
        handrail.thread.do(sms.phone.sends("i want to die"))

    assert reconciled(handrail) == 1
    handrail.thread.do(sms.phone.received(1, within=30))
    assert ["116 123" in text for text in sms.texts] == [True]
    escalations = handrail.record(
        lambda unit: unit.escalations.of_conversation(sms.conversation())
    )
    assert [escalation.route for escalation in escalations] == ["suicide"]
    assert reconciled(handrail) == 0
    assert len(sms.texts) == 1


def test_whoever_is_in_a_crisis_is_written_down_first_with_all_they_said(
    handrail: Handrail,
) -> None:
    other, in_crisis = handrail.sms("+447700900151"), handrail.sms("+447700900152")
    with away(handrail):
        for sms, words in (
            (other, "hello"),
            (in_crisis, "hello"),
            (other, "WHO"),
            (in_crisis, "i want to die"),
        ):
            handrail.thread.do(sms.phone.sends(words))

    assert reconciled(handrail) == 4
    heard = handrail.record(
        lambda unit: (
            unit.connection.execute(
                select(inbox.c.conversation).order_by(inbox.c.position)
            )
            .scalars()
            .all()
        )
    )
    assert heard == [in_crisis.conversation()] * 2 + [other.conversation()] * 2


def test_an_ordinary_text_is_fetched_once_and_answered_in_its_order(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    with away(handrail):
        handrail.thread.do(sms.phone.sends("WHO"))
        handrail.thread.do(sms.phone.sends("PLAN"))

    assert reconciled(handrail) == 2
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()
    said = handrail.record(
        lambda unit: unit.messages.after(sms.conversation(), None, 100)
    )
    young = [one.text for one in said if one.speaker == "young_person"]
    assert young == ["hello", "WHO", "PLAN"]
    assert len(sms.texts) == 3
    assert reconciled(handrail) == 0


def test_while_twilio_is_away_nothing_is_lost_and_the_next_look_goes_as_far_back(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    with away(handrail):
        handrail.thread.do(sms.phone.sends("i want to die"))
    account = handrail.stand_in.settings.account_sid
    handrail.stand_in.settings = replace(
        handrail.stand_in.settings, account_sid="AC" + "f" * 32
    )
    assert handrail.thread.do(handrail.house.reconciler.do_round()) is False
    assert sms.conversation() is None
    handrail.stand_in.settings = replace(
        handrail.stand_in.settings, account_sid=account
    )

    assert reconciled(handrail) == 1


def test_a_clock_that_was_set_back_keeps_nobody_from_being_looked_for(
    handrail: Handrail,
) -> None:
    handrail.house.reconciler._good_until = utc_now() + timedelta(days=1)
    with away(handrail):
        handrail.thread.do(handrail.sms().phone.sends("i want to die"))

    assert reconciled(handrail) == 1


def test_a_machines_text_starts_no_conversation(handrail: Handrail) -> None:
    with away(handrail):
        for sender in ("60777", "NHSnoreply"):
            handrail.thread.do(handrail.stand_in.from_phone(sender, "hello", None))

    assert reconciled(handrail) == 0


def test_whoever_wrote_a_long_text_of_which_a_part_never_came_is_asked_once_for_it(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    handrail.stand_in.behave(Behaviour(long_texts=LongTexts.LAST_PART_LOST))
    sms.young_person_says("mum and dad fight a lot and i hear it all " * 5)

    assert reconciled(handrail) == 0
    assert reconciled(handrail) == 0
    handrail.thread.do(sms.phone.received(2, within=30))
    assert ["got lost on the way" in text for text in sms.texts] == [False, True]


def test_a_worker_who_is_reading_asks_for_a_lost_part_themselves(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    sms.asks_for_a_person()
    conversation = sms.conversation()
    (case,) = handrail.record(lambda u: u.handovers.of_conversation(conversation))
    handrail.desk().claims(str(case.id)).raise_for_status()
    handrail.settled()
    heard = len(sms.texts)
    handrail.stand_in.behave(Behaviour(long_texts=LongTexts.LAST_PART_LOST))
    sms.young_person_says("mum and dad fight a lot and i hear it all " * 5)
    reconciled(handrail)

    assert len(sms.texts) == heard


def test_many_texts_are_looked_up_together(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms = handrail.sms()
    for _ in range(5):
        sms.young_person_says("PLAN")
    looks = []
    monkeypatch.setattr(reconciling, "LOOKED_UP_AT_ONCE", 2)
    unknown = Reconciler._unknown

    async def counted(self: Reconciler, some: Sequence[InboundSms]) -> Any:
        looks.append(len(some))
        return await unknown(self, some)

    monkeypatch.setattr(Reconciler, "_unknown", counted)

    assert handrail.thread.do(handrail.house.reconciler.reconcile()) == 0
    assert looks == [2, 2, 1]


def test_a_text_that_the_records_refuse_keeps_nobody_elses_from_being_fetched(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, other = handrail.sms("+447700900153"), handrail.sms("+447700900154")
    with away(handrail):
        for sms in (refused, other):
            handrail.thread.do(sms.phone.sends("i want to die"))
    record = handrail.house.pipeline.record

    async def refuses_one(inbound: Any, *rest: Any) -> Any:
        if inbound.sender == ByPhone(refused.number):
            # No text has such an id, and the records take none that does.
            inbound = replace(inbound, provider_message_id="SM\ud800")
        return await record(inbound, *rest)

    monkeypatch.setattr(handrail.house.pipeline, "record", refuses_one)
    assert reconciled(handrail) == 1
    handrail.thread.do(other.phone.received(1, within=30))
    monkeypatch.undo()

    assert refused.texts == []
    assert reconciled(handrail) == 1
    handrail.thread.do(refused.phone.received(1, within=30))
    assert [len(sms.texts) for sms in (refused, other)] == [1, 1]


def test_a_text_that_is_refused_for_hours_is_fetched_once_it_is_not(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_: Any) -> Any:
        raise RecordRefused

    sms = handrail.sms()
    with away(handrail):
        handrail.thread.do(sms.phone.sends("i want to die"))
    clock = handrail.house.reconciler._clock
    with monkeypatch.context() as refusing:
        refusing.setattr(handrail.house.pipeline, "record", refuses)
        for hours in (1, 2):
            later = timedelta(hours=hours)
            monkeypatch.setattr(
                handrail.house.reconciler, "_clock", lambda later=later: clock() + later
            )
            assert reconciled(handrail) == 0

    assert reconciled(handrail) == 1
    handrail.thread.do(sms.phone.received(1, within=30))
