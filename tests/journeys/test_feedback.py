"""After a conversation somebody may say whether it helped, and nobody can tell who."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.feedback import Helped
from tests.journeys.clocks import london
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    """In the first hour of a month, which in UTC is the last of the one before."""
    running = start(tmp_path, dialogue, clock=london(2026, 9, 1, 0, 30))
    yield running
    stop(running)


def feedback(handrail: Handrail) -> Any:
    return handrail.record(lambda unit: unit.feedback.of("2026-09"))


def test_an_answer_and_a_line_are_kept_by_text(handrail: Handrail, sms: Sms) -> None:
    sms.young_person_says("it helped a bit")
    sms.was_sent("feedback.what_should_change")
    sms.young_person_says("Feedback: fewer questions, more people")
    sms.was_sent("feedback.kept")

    kept = feedback(handrail)
    assert kept.helped == (Helped.A_BIT,)
    assert kept.words == ("fewer questions, more people",)


def test_the_word_alone_is_told_how_on_the_web(
    handrail: Handrail, web: WebChat
) -> None:
    web.young_person_says("feedback")
    web.was_sent("feedback.how")

    assert feedback(handrail).words == ()


def test_a_crisis_in_feedback_is_answered_as_a_crisis(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("feedback i want to kill myself")

    assert not any(message.key.startswith("feedback") for message in sms.new())
    assert feedback(handrail).words == ()
