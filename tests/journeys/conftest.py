"""A running Handrail for each journey; `dialogue` is the readable one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.handrail import Desk, Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def dialogue() -> ReadableDialogue:
    return ReadableDialogue()


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


@pytest.fixture
def sms(handrail: Handrail) -> Sms:
    return handrail.sms()


@pytest.fixture
def web(handrail: Handrail) -> WebChat:
    return handrail.web_chat()


@pytest.fixture(params=["sms", "web"])
def someone(request: pytest.FixtureRequest, handrail: Handrail) -> Sms | WebChat:
    """A young person, once through each door."""
    return handrail.sms() if request.param == "sms" else handrail.web_chat()


@pytest.fixture
def desk(handrail: Handrail) -> Desk:
    return handrail.desk()
