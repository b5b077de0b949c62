"""Free text waits for Rasa; what was written is known to have arrived long before."""

import asyncio
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from channels.web_chat import api
from foundations.saying import Reply
from gateway.rasa.dialogue import Question
from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@dataclass
class SlowDialogue(ReadableDialogue):
    """Thinks until it is let go on."""

    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer once it may."""
        await self.goes_on.wait()
        return await super().ask(question)


@pytest.fixture
def dialogue() -> SlowDialogue:
    return SlowDialogue()


@pytest.fixture
def handrail(tmp_path: Path, dialogue: SlowDialogue) -> Iterator[Handrail]:
    running = start(tmp_path, dialogue)
    yield running
    go_on(running, dialogue)
    stop(running)


@pytest.fixture
def robin(handrail: Handrail) -> WebChat:
    return WebChat(handrail, "demo")


def go_on(handrail: Handrail, dialogue: SlowDialogue) -> None:
    async def set_it() -> None:
        dialogue.goes_on.set()

    handrail.thread.do(set_it())


def says(robin: WebChat, text: str, id: str | None = None) -> httpx.Response:
    """Say something as the page does, which would rather know soon."""
    return robin.client.post(
        "/api/chat/messages",
        json={"id": id or str(uuid.uuid4()), "text": text},
        headers={"Authorization": f"Bearer {robin.token}", "Prefer": "respond-async"},
    )


def texts(robin: WebChat) -> list[str]:
    return [said["text"] for said in robin.missed()[3:]]


def news_after(robin: WebChat, seen: int) -> list[str]:
    """What is said next, waited for as the page does."""
    last = robin.missed()[2 + seen]["id"]
    answer = robin.client.get(
        "/api/chat/messages",
        params={"after": last, "wait": "20"},
        headers={"Authorization": f"Bearer {robin.token}"},
    )
    return [said["text"] for said in answer.json()["messages"]]


def test_a_message_is_known_to_have_arrived_while_rasa_thinks(
    handrail: Handrail, robin: WebChat, dialogue: SlowDialogue
) -> None:
    answer = says(robin, "mum and dad fight a lot")

    assert (answer.status_code, answer.json()) == (202, {"messages": []})
    assert answer.headers["Preference-Applied"] == "respond-async"
    assert texts(robin) == ["mum and dad fight a lot"]
    go_on(handrail, dialogue)
    assert news_after(robin, 1) == ["I heard you."]


def test_crisis_words_come_at_once_while_rasa_thinks_about_what_was_said_before(
    robin: WebChat,
) -> None:
    says(robin, "mum and dad fight a lot")
    answer = says(robin, "i want to die")

    assert answer.status_code == 200
    assert "116 123" in answer.json()["messages"][0]["text"]


def test_the_same_message_again_is_answered_once(
    handrail: Handrail, robin: WebChat, dialogue: SlowDialogue
) -> None:
    id = str(uuid.uuid4())
    says(robin, "mum and dad fight a lot", id)
    says(robin, "mum and dad fight a lot", id)
    go_on(handrail, dialogue)
    news_after(robin, 1)
    again = says(robin, "mum and dad fight a lot", id)

    assert [said["text"] for said in again.json()["messages"]] == ["I heard you."]
    assert texts(robin) == ["mum and dad fight a lot", "I heard you."]


def test_whoever_has_everything_wiped_hears_so_however_long_it_takes(
    robin: WebChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PATIENCE_S", 0)
    robin.young_person_says("delete my data")
    answer = says(robin, "1")

    assert answer.status_code == 200
    assert [said["key"] for said in answer.json()["messages"]] == ["forgetting.done"]
