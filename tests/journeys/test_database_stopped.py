"""PostgreSQL is stopped in the middle of conversations, as a power cut would."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.postgres import Postgres, postgres_or_skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with postgres_or_skip() as server:
        yield server


@pytest.fixture
def handrail(
    tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Handrail]:
    # However busy this machine is, the records are there when the talk begins.
    monkeypatch.setattr("runtime.wiring.up_to_date.DOORS_WAIT_S", 60.0)
    url = postgres.url(postgres.new_database())
    running = start(tmp_path, ReadableDialogue(), database_url=url)
    yield running
    stop(running)


def test_a_crisis_is_answered_while_the_database_is_gone_and_recorded_when_it_is_back(
    handrail: Handrail, postgres: Postgres
) -> None:
    sms, web = handrail.sms(), handrail.web_chat()
    sms.young_person_says("hello")
    # What has not left by then waits for the records.
    handrail.thread.do(sms.phone.received(1))
    postgres.stop()
    handrail.thread.do(sms.phone.sends("i want to die"))
    handrail.thread.do(sms.phone.received(2))
    web.young_person_says("i want to die")
    postgres.start()
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()

    assert "116 123" in sms.texts[1]
    assert "116 123" in web.was_sent("escalation.suicide")
    for conversation in (sms.conversation(), web.conversation):
        recorded = handrail.record(
            lambda unit, id=conversation: unit.escalations.of_conversation(id)
        )
        assert [escalation.route for escalation in recorded] == ["suicide"]
    assert len(sms.texts) == 2


def test_the_gateway_opens_its_doors_without_a_database(
    tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.url(postgres.new_database())
    postgres.stop()
    handrail = start(tmp_path, ReadableDialogue(), database_url=url)
    try:
        web = handrail.web_chat()
        web.young_person_says("i want to die")

        web.was_sent("escalation.suicide")
    finally:
        stop(handrail)
        postgres.start()
