"""Whatever else is broken, crisis words go out on both doors, once, and fast."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from storage import DatabaseUnavailable
from tests.journeys.handrail import Handrail
from tests.journeys.readable_dialogue import ReadableDialogue
from twilio_stand_in.settings import Behaviour, SendFault

# Long, so that it needs a new page: a full database still has room in the pages it has.
ABOUT_DYING = "i want to die. " + "and then today happened. " * 300
ABOUT_A_PLAN = "can you help me make a plan? " + "school was long today. " * 300
WITHIN_S = 3.0
"""Far under the database's own patience; `make bench` measures the real figure."""


@contextmanager
def nothing_broken(handrail: Handrail) -> Iterator[None]:
    yield


@contextmanager
def rasa_stopped(handrail: Handrail) -> Iterator[None]:
    dialogue = handrail.house.dialogue
    assert isinstance(dialogue, ReadableDialogue)
    dialogue.away = True
    yield


@contextmanager
def database_locked(handrail: Handrail) -> Iterator[None]:
    other = sqlite3.connect(handrail.house.settings.home / "handrail.sqlite3")
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


@contextmanager
def database_full(handrail: Handrail) -> Iterator[None]:
    """No page more than there are, and what was free in those is filled."""

    def run(statement: str) -> None:
        work = handrail.house.database.write(
            lambda unit: unit.connection.exec_driver_sql(statement)
        )
        handrail.thread.do(work)

    run("CREATE TABLE filler (bytes BLOB)")
    run("PRAGMA max_page_count=1")
    for size in (100_000, 3_000, 300, 30):
        with suppress(DatabaseUnavailable):
            while True:
                run(f"INSERT INTO filler VALUES (zeroblob({size}))")  # noqa: S608
    yield
    run("PRAGMA max_page_count=1000000")


@contextmanager
def outbox_jammed(handrail: Handrail) -> Iterator[None]:
    handrail.stand_in.behave(Behaviour(every_send=SendFault.UNAVAILABLE))
    for number in range(5):
        person = handrail.sms(f"+44770090020{number}")
        handrail.thread.do(person.phone.sends("hello"))
    yield


FAULTS = [
    nothing_broken,
    rasa_stopped,
    database_locked,
    database_full,
    outbox_jammed,
]

Fault = Callable[[Handrail], "contextmanager[None]"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_crisis_text_is_answered_at_once(handrail: Handrail, fault: Fault) -> None:
    sms = handrail.sms()
    with fault(handrail):
        started = time.monotonic()
        handrail.thread.do(sms.phone.sends(ABOUT_DYING))
        handrail.thread.do(sms.phone.received(1))
        took = time.monotonic() - started

        assert "116 123" in sms.texts[0]
        assert took < WITHIN_S


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_crisis_on_the_web_is_answered_at_once(
    handrail: Handrail, fault: Fault
) -> None:
    web = handrail.web_chat()
    with fault(handrail):
        started = time.monotonic()
        web.young_person_says(ABOUT_DYING)
        took = time.monotonic() - started

        assert "116 123" in web.was_sent("escalation.suicide")
        assert took < WITHIN_S


@pytest.mark.parametrize("fault", [database_locked, database_full])
def test_what_happened_is_recorded_when_storage_is_back(
    handrail: Handrail, fault: Fault
) -> None:
    sms = handrail.sms()
    with fault(handrail):
        handrail.thread.do(sms.phone.sends(ABOUT_DYING))
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()

    conversation = sms.conversation()
    recorded = handrail.record(lambda u: u.escalations.of_conversation(conversation))
    assert [escalation.route for escalation in recorded] == ["suicide"]
    assert len(sms.texts) == 1


def test_an_ordinary_text_is_kept_and_answered_when_storage_is_back(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    with database_full(handrail):
        handrail.thread.do(sms.phone.sends(ABOUT_A_PLAN))
        handrail.thread.do(sms.phone.received(1))

        assert "kept" in sms.texts[0]
    handrail.thread.do(handrail.house.sweeper.sweep(timedelta(0)))
    handrail.settled()

    assert [question.text for question in handrail.house.dialogue.asked] == [
        ABOUT_A_PLAN
    ]


def test_a_corrupt_database_does_not_silence_the_crisis_words(
    handrail: Handrail,
) -> None:
    web, sms = handrail.web_chat(), handrail.sms()
    spoil(handrail.house.settings.home / "handrail.sqlite3")

    handrail.thread.do(sms.phone.sends(ABOUT_DYING))
    handrail.thread.do(sms.phone.received(1))
    web.young_person_says(ABOUT_DYING)

    assert "116 123" in sms.texts[0]
    assert "116 123" in web.was_sent("escalation.suicide")


def test_a_repeated_webhook_gets_the_same_words_and_one_record(
    handrail: Handrail,
) -> None:
    handrail.stand_in.behave(Behaviour(webhook_copies=3))
    sms = handrail.sms()
    sms.young_person_says(ABOUT_DYING)

    conversation = sms.conversation()
    recorded = handrail.record(lambda u: u.escalations.of_conversation(conversation))
    assert len(recorded) == 1
    assert len(set(sms.texts)) == 1


def test_health_says_that_the_database_is_away(handrail: Handrail) -> None:
    web = handrail.web_chat()
    handrail.thread.do(handrail.house.database.close())

    health = web.client.get("/health")

    assert health.status_code == 200
    assert health.json()["database"] == "down"


def spoil(database: Path) -> None:
    """Overwrite the middle of every page-sized piece of the files."""
    for path in (database, database.with_name(database.name + "-wal")):
        if path.exists() and path.stat().st_size:
            with path.open("r+b") as file:
                for place in range(100, path.stat().st_size, 1024):
                    file.seek(place)
                    file.write(b"\xff" * 400)
