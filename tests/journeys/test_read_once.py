"""A text is screened once; what came before it is remembered, within bounds."""

from datetime import UTC, datetime, timedelta

import pytest

from foundations.saying import Channel
from gateway import lately, receiving
from gateway.inbound import ByPhone, Inbound
from gateway.lately import TEXTS_EACH, Lately
from tests.journeys.handrail import Sms

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def inbound(number: str, text: str, minute: float = 0) -> Inbound:
    said_at = NOON + timedelta(minutes=minute)
    return Inbound(Channel.SMS, text, ByPhone(number), text, said_at)


def before(memory: Lately, number: str, minute: float = 1) -> list[str]:
    return [one.text for one in memory.before(inbound(number, "now", minute))]


def test_a_text_after_many_others_is_not_read_a_second_time(
    sms: Sms, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_again: list[str] = []
    monkeypatch.setattr(receiving, "screened", lambda text, *_: read_again.append(text))
    for number in range(9):
        sms.young_person_says(f"hello number {number}")

    assert read_again == []


def test_the_last_twenty_texts_of_each_are_remembered() -> None:
    memory = Lately(lambda _text: False)
    for number in range(TEXTS_EACH + 3):
        memory.remember(inbound("+1", f"hello {number}"), ())
    memory.remember(inbound("+2", "hi there"), ())

    assert before(memory, "+1") == [f"hello {n}" for n in range(3, TEXTS_EACH + 3)]
    assert before(memory, "+2") == ["hi there"]


def test_when_much_is_remembered_the_quietest_are_let_go_of_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lately, "MOST_CHARACTERS", 100)
    memory = Lately(lambda _text: False)
    for number in range(12):
        memory.remember(inbound(f"+{number}", f"{number:020}"), ())

    kept = [number for number in range(12) if before(memory, f"+{number}")]
    assert kept == [7, 8, 9, 10, 11]
    for number in range(40):
        memory.remember(inbound("+11", f"{number:04}"), ())
    assert before(memory, "+11") == [f"{n:04}" for n in range(20, 40)]
    memory.remember(inbound("+5", "a while later", minute=11), ())
    assert memory._characters == len("a while later")
