"""A gateway that goes between writing a message down and answering it loses nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from foundations.saying import Channel
from gateway.inbound import ByPhone, Inbound
from tests.journeys.clocks import StillClock
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=StillClock(NOON))
    yield running
    stop(running)


def is_written_down_and_no_more(robin: Sms, text: str, sid: str) -> None:
    """What a gateway that is killed then leaves behind."""
    house = robin.handrail.house
    inbound = Inbound(
        channel=Channel.SMS,
        provider_message_id=f"SM{sid:0>32}",
        sender=ByPhone(robin.number),
        text=text,
        received_at=house.clock(),
    )
    robin.handrail.thread.do(house.pipeline.receive(inbound))


def sweeps(handrail: Handrail) -> None:
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))


def test_the_plan_that_was_to_start_with_im_safe_starts(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("i want to die")
    sms.young_person_says("make a plan")
    assert heard_by(sms)[-2:] == ["plan.start_next", "escalation.ask_safe"]
    is_written_down_and_no_more(sms, "im safe right now", "1")
    sweeps(handrail)

    assert heard_by(sms)[-2:] == ["escalation.glad_safe_plan", "plan.permission"]
    sms.young_person_says("yes")
    sms.was_sent("plan.ask_getting_through")


def test_the_words_that_go_with_an_answer_come_with_it(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("i want to die")
    heard_by(sms)
    is_written_down_and_no_more(sms, "what is this", "2")
    sweeps(handrail)

    assert heard_by(sms)[-1] == "escalation.ask_safe"


def test_a_first_text_has_its_greeting(handrail: Handrail, sms: Sms) -> None:
    is_written_down_and_no_more(sms, "hello", "3")
    sweeps(handrail)

    assert heard_by(sms)[0] == "welcome.sms"
