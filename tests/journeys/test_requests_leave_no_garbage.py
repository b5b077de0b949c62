"""What a request was made of goes when it ends, without a look for garbage.

A look at everything stops a gateway with thousands of open chats for a part of a second
(`runtime/gateway_process.py`): it is rare, so nothing may need it.
"""

import gc
from collections.abc import Iterator

import pytest
from sanic import Request

from storage import UnitOfWork
from tests.journeys.handrail import Handrail

TIMES = 20
FEW = TIMES // 4
"""What the servers' own beginning may leave."""


@pytest.fixture
def nobody_looks() -> Iterator[None]:
    """Have nobody look for garbage."""
    gc.collect()
    gc.disable()
    yield
    gc.set_debug(0)
    gc.garbage.clear()
    gc.enable()


def left_behind() -> int:
    """Count what only a look for garbage finds of what requests are made of."""
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    return sum(type(each) in (Request, UnitOfWork) for each in gc.garbage)


@pytest.mark.usefixtures("nobody_looks")
def test_a_page_that_waited_for_news_leaves_nothing(handrail: Handrail) -> None:
    robin = handrail.web_chat()
    for _ in range(TIMES):
        waited = robin.client.get(
            "/api/chat/messages",
            params={"after": robin.messages[-1]["id"], "wait": "0.01"},
            headers={"Authorization": f"Bearer {robin.token}"},
        )
        assert waited.status_code == 200

    assert left_behind() <= FEW


@pytest.mark.usefixtures("nobody_looks")
def test_a_message_that_was_answered_leaves_nothing(handrail: Handrail) -> None:
    robin = handrail.web_chat()
    for _ in range(TIMES):
        robin.young_person_says("hello")

    assert left_behind() <= FEW


@pytest.mark.usefixtures("nobody_looks")
def test_a_chat_that_was_opened_leaves_nothing(handrail: Handrail) -> None:
    for _ in range(TIMES):
        handrail.web_chat()

    assert left_behind() <= FEW


@pytest.mark.usefixtures("nobody_looks")
def test_a_text_that_was_answered_leaves_nothing(handrail: Handrail) -> None:
    robin = handrail.sms()
    for _ in range(TIMES):
        robin.young_person_says("hello")

    assert left_behind() <= FEW
