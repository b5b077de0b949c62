"""Whole conversations, on both channels, through every real part."""

import itertools
from collections.abc import Iterator

import pytest

from tests.journeys.conversations import Conversation, conversations, hold
from tests.journeys.handrail import Handrail
from tests.journeys.real_rasa import with_real_rasa

HELD = conversations()
FEWEST = 50

numbers = itertools.count(100)


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    with with_real_rasa(tmp_path_factory.mktemp("conversations")) as running:
        yield running


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len(HELD) >= FEWEST
    assert len({each.name for each in HELD}) == len(HELD)
    assert all(len(each.exchanges) > 1 for each in HELD)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("conversation", HELD, ids=lambda each: each.name)
def test_by_text(handrail: Handrail, conversation: Conversation) -> None:
    hold(handrail.sms(f"+447700900{next(numbers)}"), conversation)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("conversation", HELD, ids=lambda each: each.name)
def test_on_the_web(handrail: Handrail, conversation: Conversation) -> None:
    hold(handrail.web_chat(), conversation)
