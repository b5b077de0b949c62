"""After a conversation somebody may say whether it helped, and nobody can tell who."""

from datetime import UTC, datetime
from typing import Any

from storage.feedback import Helped
from tests.journeys.handrail import Handrail, Sms, WebChat


def feedback(handrail: Handrail) -> Any:
    month = f"{datetime.now(UTC):%Y-%m}"
    return handrail.record(lambda unit: unit.feedback.of(month))


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
