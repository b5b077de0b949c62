"""Twilio fails for everybody: texts leave by the second provider, each of them once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from storage.records import OutboundState
from storage.tables.core import outbox
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.vonage_end import VonageEnd, message_id, settings_for, vonage_end
from twilio_stand_in.settings import Behaviour, SendFault

PEOPLE = [f"+4477009001{number:02d}" for number in range(1, 8)]


@pytest.fixture
def end() -> Iterator[VonageEnd]:
    with vonage_end() as running:
        yield running


@pytest.fixture
def handrail(tmp_path: Path, end: VonageEnd) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), **settings_for(end))
    yield running
    stop(running)


def everybody_says_hello(handrail: Handrail) -> None:
    for number in PEOPLE:
        handrail.thread.do(handrail.stand_in.from_phone(number, "hello", None))
    handrail.settled()


def by_twilio(handrail: Handrail, number: str) -> int:
    texts = handrail.stand_in.texts.values()
    return sum(text.recipient == number for text in texts)


def state(handrail: Handrail, form: dict[str, str]) -> OutboundState:
    def look(unit: Any) -> Any:
        wanted = select(outbox.c.state).where(outbox.c.id == form["client-ref"])
        return unit.connection.execute(wanted).scalar_one()

    return OutboundState(handrail.record(look))


def health(handrail: Handrail) -> str:
    answer = httpx.get(f"{handrail.address}/health", trust_env=False)
    return str(answer.json()["texts_by"])


def test_while_twilio_is_well_nothing_goes_by_the_second(
    handrail: Handrail, end: VonageEnd
) -> None:
    everybody_says_hello(handrail)

    assert end.taken == []
    assert health(handrail) == "first"


def test_everybody_is_answered_once_though_twilio_refuses_everything(
    handrail: Handrail, end: VonageEnd
) -> None:
    handrail.stand_in.behave(Behaviour(every_send=SendFault.TOO_MANY))

    everybody_says_hello(handrail)

    assert health(handrail) == "second"
    for number in PEOPLE:
        assert len(end.texts_to(number)) + by_twilio(handrail, number) == 1


def test_a_receipt_moves_its_text_and_a_forged_one_moves_nothing(
    handrail: Handrail, end: VonageEnd
) -> None:
    handrail.stand_in.behave(Behaviour(every_send=SendFault.TOO_MANY))
    everybody_says_hello(handrail)
    form = end.taken[0]

    forged = form["callback"][:-32] + "0" * 32
    receipt = {"messageId": message_id(form), "status": "delivered"}
    refused = httpx.post(forged, json=receipt, trust_env=False)
    assert refused.status_code == 403
    assert state(handrail, form) is OutboundState.SENT

    taken = end.reports(form, status="delivered")

    assert taken.status_code == 204
    assert state(handrail, form) is OutboundState.DELIVERED
