"""More people write than can be answered at once: all are heard, each in their turn."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from foundations.saying import Reply
from gateway.rasa.dialogue import Question
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

SLOW = "a long story"


@dataclass
class ThinksAboutOne(ReadableDialogue):
    """Thinks about one thing until it is told to go on, and answers all else."""

    thinks: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer."""
        if question.text == SLOW:
            self.thinks.set()
            await self.goes_on.wait()
        return await super().ask(question)


@pytest.fixture
def dialogue() -> ThinksAboutOne:
    return ThinksAboutOne()


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ThinksAboutOne) -> Iterator[Handrail]:
    running = start(tmp_path, dialogue)
    yield running
    running.thread.loop.call_soon_threadsafe(dialogue.goes_on.set)
    stop(running)


def answers_at_once(handrail: Handrail, people: int) -> None:
    handrail.house.pipeline._at_once = asyncio.Semaphore(people)


def thinks(handrail: Handrail, dialogue: ThinksAboutOne) -> None:
    handrail.thread.do(handrail.sms("+447700900161").phone.sends(SLOW))
    handrail.thread.do(dialogue.thinks.wait())


def test_whoever_writes_beyond_it_is_written_down_and_has_crisis_words_at_once(
    handrail: Handrail, dialogue: ThinksAboutOne
) -> None:
    answers_at_once(handrail, 1)
    thinks(handrail, dialogue)
    waits, in_crisis = handrail.sms("+447700900162"), handrail.sms("+447700900163")
    handrail.thread.do(waits.phone.sends("hello"))
    handrail.thread.do(in_crisis.phone.sends("i want to die"))
    (words,) = handrail.thread.do(in_crisis.phone.received(1))

    assert "116 123" in words.body
    assert waits.texts == []
    handrail.thread.loop.call_soon_threadsafe(dialogue.goes_on.set)
    handrail.settled()
    assert len(waits.texts) == 1


def test_one_person_who_writes_and_writes_takes_one_place(
    handrail: Handrail, dialogue: ThinksAboutOne
) -> None:
    answers_at_once(handrail, 2)
    thinks(handrail, dialogue)
    for _ in range(3):
        handrail.thread.do(handrail.sms("+447700900161").phone.sends("and then"))
    other = handrail.sms("+447700900162")
    handrail.thread.do(other.phone.sends("hello"))

    assert len(handrail.thread.do(other.phone.received(1))) == 1
