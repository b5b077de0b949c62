"""Two gateways on one PostgreSQL: a person may come through either."""

import asyncio
import concurrent.futures
import re
import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from foundations.clock import utc_now
from foundations.ids import ConversationId
from foundations.saying import Channel, Reply
from gateway.inbound import ByConversation, Inbound
from gateway.rasa.dialogue import Question
from gateway.received import WordsLeft
from gateway.screening import look_at
from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.redis_server import NoRedis, RedisServer, running_redis
from tests.storage.postgres import Postgres, postgres_or_skip

pytestmark = pytest.mark.slow


@dataclass
class TellsWhatItHeard(ReadableDialogue):
    """Answers with the words it was asked with, once it may."""

    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer."""
        self.asked.append(question)
        self.heard.set()
        await self.goes_on.wait()
        return (Reply(self.key, f"You said: {question.text}"),)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with postgres_or_skip() as server:
        yield server


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    try:
        with running_redis() as server:
            yield server
    except NoRedis as reason:
        pytest.skip(str(reason))


@pytest.fixture
def gateways(
    tmp_path: Path, postgres: Postgres, redis: RedisServer
) -> Iterator[tuple[Handrail, Handrail]]:
    """One and the other: the same keys and records, each with a home of its own."""
    shared: dict[str, Any] = {
        "database_url": postgres.url(postgres.new_database()),
        "redis_url": SecretStr(redis.url),
        "key_file": tmp_path / "one" / "keys.json",
    }
    one = start(tmp_path / "one", TellsWhatItHeard(), **shared)
    other = start(tmp_path / "other", TellsWhatItHeard(), **shared)
    for gateway in (one, other):
        hears_others(gateway)
    yield one, other
    for gateway in (one, other):
        may_go_on(gateway)
    stop(other)
    stop(one)


def hears_others(gateway: Handrail) -> None:
    """Wait until this gateway hears the others."""

    async def wait() -> None:
        line = gateway.house.shared.line
        while line is not None and not line.is_heard:
            await asyncio.sleep(0.01)

    gateway.thread.do(wait())


def may_go_on(gateway: Handrail) -> None:
    async def set_it() -> None:
        gateway.house.dialogue.goes_on.set()  # type: ignore[attr-defined]

    gateway.thread.do(set_it())


def is_being_asked(gateway: Handrail) -> None:
    """Wait until somebody's words are with this gateway's dialogue."""
    gateway.thread.do(gateway.house.dialogue.heard.wait())  # type: ignore[attr-defined]


def says(gateway: Handrail, robin: WebChat, text: str) -> None:
    """Say something through this gateway, and do not wait for the answer."""
    gateway.canaries.heard(text)
    httpx.post(
        f"{gateway.address}/api/chat/messages",
        json={"id": str(uuid.uuid4()), "text": text},
        headers={"Authorization": f"Bearer {robin.token}", "Prefer": "respond-async"},
        trust_env=False,
        timeout=30,
    ).raise_for_status()


def lines(robin: WebChat) -> list[str]:
    return [said["text"] for said in robin.missed()[3:]]


def answers(robin: WebChat, count: int) -> list[str]:
    """The answers once there are so many, in order."""
    while len(found := [t for t in lines(robin) if t.startswith("You said")]) < count:
        robin.client.get(
            "/api/chat/messages",
            params={"after": robin.missed()[-1]["id"], "wait": "0.2"},
            headers={"Authorization": f"Bearer {robin.token}"},
        )
    return found


def test_what_came_second_is_answered_second_though_its_gateway_is_quicker(
    gateways: tuple[Handrail, Handrail],
) -> None:
    one, other = gateways
    robin = one.web_chat()
    says(one, robin, "mum and dad fight a lot")
    is_being_asked(one)
    may_go_on(other)
    says(other, robin, "i hate it")
    sam = other.web_chat()
    says(other, sam, "hello there")

    # Nobody else waits for Robin's turn.
    assert answers(sam, 1) == ["You said: hello there"]
    assert lines(robin) == ["mum and dad fight a lot", "i hate it"]
    may_go_on(one)
    assert answers(robin, 2) == [
        "You said: mum and dad fight a lot",
        "You said: i hate it",
    ]


def test_what_a_gateway_wrote_down_before_it_was_gone_is_answered_first(
    gateways: tuple[Handrail, Handrail],
) -> None:
    one, other = gateways
    robin = one.web_chat()
    left = Inbound(
        channel=Channel.WEB,
        provider_message_id=f"{robin.conversation}:{uuid.uuid4()}",
        sender=ByConversation(ConversationId(robin.conversation)),
        text="my brother moved out",
        received_at=utc_now(),
    )
    look = look_at(left.text, (), left.channel)
    one.thread.do(one.house.pipeline.record(left, look, WordsLeft()))
    may_go_on(other)
    says(other, robin, "i miss him")

    assert answers(robin, 2) == [
        "You said: my brother moved out",
        "You said: i miss him",
    ]


def test_both_sweep_up_after_another_and_answer_once(
    gateways: tuple[Handrail, Handrail],
) -> None:
    one, other = gateways
    robin = one.web_chat()
    says(one, robin, "mum and dad fight a lot")
    is_being_asked(one)
    may_go_on(other)
    sweeping = asyncio.run_coroutine_threadsafe(
        other.house.sweeper.sweep(timedelta(0)), other.thread.loop
    )
    may_go_on(one)

    assert sweeping.result(30) <= 1
    assert answers(robin, 1) == ["You said: mum and dad fight a lot"]
    assert len(lines(robin)) == 2


def waits_for_news(
    gateway: Handrail, robin: WebChat, after: str
) -> "concurrent.futures.Future[list[str]]":
    """Have Robin's page wait at this gateway, and wait until it does."""

    async def is_waiting() -> None:
        while robin.conversation not in gateway.house.news._waiting:
            await asyncio.sleep(0.01)

    def wait() -> list[str]:
        answer = httpx.get(
            f"{gateway.address}/api/chat/messages",
            params={"after": after, "wait": "25"},
            headers={"Authorization": f"Bearer {robin.token}"},
            trust_env=False,
            timeout=30,
        )
        return [said["text"] for said in answer.json()["messages"]]

    found = concurrent.futures.ThreadPoolExecutor(1).submit(wait)
    gateway.thread.do(is_waiting())
    return found


def test_a_page_that_waits_at_one_gateway_hears_what_the_other_wrote_down(
    gateways: tuple[Handrail, Handrail],
) -> None:
    one, other = gateways
    robin = one.web_chat()
    page = waits_for_news(other, robin, robin.messages[-1]["id"])
    says(one, robin, "mum and dad fight a lot")

    assert page.result(30) == ["mum and dad fight a lot"]


def test_with_the_line_between_them_gone_a_page_still_hears_within_its_next_looks(
    gateways: tuple[Handrail, Handrail], redis: RedisServer
) -> None:
    one, other = gateways
    robin = one.web_chat()
    redis.stop()
    while is_heard(other):
        time.sleep(0.01)
    says(one, robin, "mum and dad fight a lot")
    page = waits_for_news(other, robin, robin.missed()[-1]["id"])
    may_go_on(one)

    assert page.result(30) in ([], ["You said: mum and dad fight a lot"])
    assert answers(robin, 1) == ["You said: mum and dad fight a lot"]
    crisis = one.web_chat()
    crisis.young_person_says("i want to die")
    crisis.was_sent("escalation.suicide")
    redis.start()
    hears_others(other)


def test_an_address_is_counted_once_for_both_and_crisis_words_never(
    gateways: tuple[Handrail, Handrail], redis: RedisServer
) -> None:
    one, other = gateways

    assert [knocks(one), knocks(other)] == [1, 2]
    assert b"203.0.113.9" not in keys_of(redis)
    redis.stop()
    assert knocks(other) == 1
    redis.start()


def test_a_full_redis_leaves_each_gateway_counting_alone_and_answering(
    gateways: tuple[Handrail, Handrail], redis: RedisServer
) -> None:
    one, other = gateways
    assert [knocks(one), knocks(other)] == [1, 2]
    said_to(redis, "CONFIG SET maxmemory-policy noeviction")
    said_to(redis, "CONFIG SET maxmemory 1")

    assert [knocks(one), knocks(other)] == [1, 1]
    crisis = one.web_chat()
    crisis.young_person_says("i want to die")
    crisis.was_sent("escalation.suicide")


def test_what_is_not_a_count_in_redis_leaves_each_gateway_counting_alone(
    gateways: tuple[Handrail, Handrail], redis: RedisServer
) -> None:
    one, other = gateways
    assert knocks(one) == 1
    (key,) = re.findall(rb"handrail:knocks:\S+", keys_of(redis))
    said_to(redis, f"DEL {key.decode()}")
    said_to(redis, f"RPUSH {key.decode()} something")

    assert [knocks(one), knocks(other)] == [1, 1]


def knocks(gateway: Handrail) -> int:
    """Knock at a gateway from one address, and give how often that was."""

    async def knock() -> int:
        shared = gateway.house.shared.knocks
        return await shared.add("chats", "203.0.113.9", timedelta(minutes=10))

    return gateway.thread.do(knock())


def is_heard(gateway: Handrail) -> bool:
    line = gateway.house.shared.line
    return line is not None and line.is_heard


def keys_of(redis: RedisServer) -> bytes:
    return said_to(redis, "KEYS *")


def said_to(redis: RedisServer, command: str) -> bytes:
    with socket.create_connection(("127.0.0.1", redis.port)) as line:
        line.sendall(f"{command}\r\n".encode())
        return line.recv(65536)
