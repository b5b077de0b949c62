"""A page that waits is told what is new, and asks the records no more than it must."""

import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from foundations.ids import ConversationId
from gateway.news import QUIET_S, News
from tests.journeys.handrail import Handrail, WebChat

HERE = ConversationId("0" * 32)


@pytest.fixture
def robin(handrail: Handrail) -> WebChat:
    return handrail.web_chat()


def waits(robin: WebChat, seconds: str) -> httpx.Response:
    """Wait for news as the page does, after the last message it has."""
    return robin.client.get(
        "/api/chat/messages",
        params={"after": robin.messages[-1]["id"], "wait": seconds},
        headers={"Authorization": f"Bearer {robin.token}"},
    )


def in_the_background(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begin a work beside this one; calling what is given waits for its outcome."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()

    def outcome() -> Any:
        thread.join(30)
        return found[0]

    return outcome


def listening(handrail: Handrail, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Give what is set once a page listens, from here on."""
    begun, subscribe = threading.Event(), handrail.house.news.subscribe

    def subscribing(conversation: ConversationId) -> Any:
        event = subscribe(conversation)
        begun.set()
        return event

    monkeypatch.setattr(handrail.house.news, "subscribe", subscribing)
    return begun


def looks(handrail: Handrail, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the looks into the records from here on."""
    counted, read = [0], handrail.house.database.read

    async def counting(work: Any) -> Any:
        counted[0] += 1
        return await read(work)

    monkeypatch.setattr(handrail.house.database, "read", counting)
    return counted


def test_a_page_that_asks_again_with_nothing_new_leaves_the_records_alone(
    handrail: Handrail, robin: WebChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert waits(robin, "0.1").json()["messages"] == []
    counted = looks(handrail, monkeypatch)

    for _ in range(5):
        assert waits(robin, "0.1").json()["messages"] == []

    assert counted == [0]


def test_what_is_said_between_two_questions_of_a_page_is_not_missed(
    robin: WebChat,
) -> None:
    waits(robin, "0.1")
    before = robin.messages
    robin.young_person_says("hi")
    robin.messages = before

    assert waits(robin, "20").json()["messages"][0]["text"] == "hi"


def test_a_page_that_waited_quietly_is_told_at_once(
    handrail: Handrail, robin: WebChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits(robin, "0.1")
    listens = listening(handrail, monkeypatch)
    told = in_the_background(lambda: waits(robin, "25"))
    listens.wait(20)
    robin.post("hi")

    assert told().json()["messages"][0]["text"] == "hi"


def test_another_page_is_told_when_everything_was_wiped(
    handrail: Handrail, robin: WebChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    robin.young_person_says("DELETE")
    asking, told = robin.messages, []
    monkeypatch.setattr(handrail.house.news, "tell", told.append)
    robin.young_person_says("delete everything")
    robin.messages = asking

    # Once for the words, and once when there is nothing left to show.
    assert told == [robin.conversation, robin.conversation]
    assert waits(robin, "25").status_code == 401


def test_after_a_minute_the_records_are_asked_again() -> None:
    now_s = [0.0]
    news = News(lambda: now_s[0])
    news.note_quiet(HERE, "a")

    now_s[0] = QUIET_S - 1
    assert news.was_quiet(HERE, "a")
    now_s[0] = QUIET_S
    assert not news.was_quiet(HERE, "a")


def test_nothing_is_taken_on_trust_after_another_message() -> None:
    news = News()
    news.note_quiet(HERE, "a")

    assert not news.was_quiet(HERE, "b")
    assert not news.was_quiet(HERE, None)
