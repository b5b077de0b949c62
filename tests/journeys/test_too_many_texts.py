"""One phone sends more texts than anybody writes: all are kept, few are answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.texting.pace import PACES
from tests.journeys.clocks import london
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

A_MINUTE, TEN_MINUTES = PACES


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Handrail]:
    handrail = start(tmp_path, ReadableDialogue(), clock=london(2026, 11, 26, 12))
    yield handrail
    stop(handrail)


def texts_too_fast(robin: Sms) -> None:
    for number in range(A_MINUTE.most):
        robin.young_person_says(f"ping {number}")
        robin.was_sent("fake.heard")
    robin.young_person_says("ping once more")


def test_who_texts_too_fast_is_told_once_and_answered_again_a_minute_later(
    running: Handrail,
) -> None:
    robin = running.sms()
    texts_too_fast(robin)

    robin.was_sent("texting.too_fast")
    for _ in range(3):
        robin.young_person_says("ping")
        robin.heard_nothing()
    running.later(minutes=1)
    robin.young_person_says("ping")
    robin.was_sent("fake.heard")


def test_crisis_words_are_answered_however_fast_texts_come(running: Handrail) -> None:
    robin = running.sms()
    texts_too_fast(robin)

    for words in ("escalation.suicide", "escalation.heard_again"):
        robin.young_person_says("i want to die")
        robin.was_sent(words)
        robin.young_person_says("ping")
        robin.was_not_sent("fake.heard")
    robin.young_person_says("HELP")
    robin.was_sent("escalation.card")


def test_somebody_else_is_answered_meanwhile(running: Handrail) -> None:
    texts_too_fast(running.sms())
    alex = running.sms("+447700900102")

    alex.young_person_says("hello")

    alex.was_sent("fake.heard")


def test_a_chat_is_answered_at_any_pace(running: Handrail) -> None:
    robin = running.web_chat()

    for number in range(A_MINUTE.most + 5):
        robin.young_person_says(f"ping {number}")
        robin.was_sent("fake.heard")


def test_who_keeps_a_slower_flood_up_for_ten_minutes_is_told_too(
    running: Handrail,
) -> None:
    robin = running.sms()
    for number in range(TEN_MINUTES.most):
        if number % A_MINUTE.most == 0:
            running.later(minutes=1)
        robin.young_person_says(f"ping {number}")
        robin.was_sent("fake.heard")
    running.later(minutes=1)

    robin.young_person_says("ping")

    robin.was_sent("texting.too_fast")
    # Told for ten minutes: a minute that is full as well is no second telling.
    for _ in range(A_MINUTE.most + 1):
        robin.young_person_says("ping")
        robin.heard_nothing()
