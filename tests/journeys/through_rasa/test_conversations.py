"""Whole conversations, on both channels, through every real part."""

import pytest

from tests.journeys.conversations import Conversation, conversations, hold
from tests.journeys.handrail import Sms, WebChat

HELD = conversations()
FEWEST = 50


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len(HELD) >= FEWEST
    assert len({each.name for each in HELD}) == len(HELD)
    assert all(len(each.exchanges) > 1 for each in HELD)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("conversation", HELD, ids=lambda each: each.name)
def test_by_text(sms: Sms, conversation: Conversation) -> None:
    hold(sms, conversation)


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("conversation", HELD, ids=lambda each: each.name)
def test_on_the_web(web: WebChat, conversation: Conversation) -> None:
    hold(web, conversation)
