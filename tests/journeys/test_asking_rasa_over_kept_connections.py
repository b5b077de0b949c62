"""Rasa is asked over connections that are kept; no answer is taken for another's."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from foundations.ids import ConversationId, MessageId
from foundations.saying import Channel
from gateway.rasa.dialogue import (
    LONGEST_ANSWER,
    DialogueAway,
    NotReached,
    Question,
    RasaDialogue,
)

Writes = Callable[[asyncio.StreamWriter, str], Awaitable[None]]


def answer(key: str, *, more: str = "") -> bytes:
    replies = [{"key": key, "text": "words" + more, "choices": []}]
    body = json.dumps({"replies": replies}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@dataclass
class FarEnd:
    """Answers each request as the test wants it, and counts who came how often."""

    writes: Writes
    connections: int = 0
    heard: list[str] = field(default_factory=list)
    server: asyncio.Server | None = None

    async def open(self) -> str:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = head.partition("content-length: ")[2].partition("\r\n")[0]
                body = await reader.readexactly(int(length or 0))
                told = json.loads(body or b"{}")
                text = told.get("text", "")
                self.heard.append(text)
                await self.writes(writer, text)


def with_rasa(
    writes: Writes,
    talk: Callable[[RasaDialogue, FarEnd], Coroutine[Any, Any, None]],
    deadline_s: float = 5.0,
) -> None:
    async def run() -> None:
        far_end = FarEnd(writes)
        rasa = RasaDialogue(await far_end.open(), "secret", deadline_s=deadline_s)
        try:
            await talk(rasa, far_end)
        finally:
            await rasa.close()
            if far_end.server is not None:
                far_end.server.close()

    asyncio.run(run())


def says(text: str) -> Question:
    here = ConversationId("one")
    return Question(here, MessageId(text), Channel.SMS, text)


async def asked(rasa: RasaDialogue, text: str) -> str:
    return (await rasa.ask(says(text)))[0].key


async def echoes(writer: asyncio.StreamWriter, text: str) -> None:
    writer.write(answer(text))


def test_one_connection_serves_whoever_asks_after_the_other() -> None:
    async def talk(rasa: RasaDialogue, far_end: FarEnd) -> None:
        assert [await asked(rasa, text) for text in ("a", "b", "c")] == ["a", "b", "c"]
        assert far_end.connections == 1

    with_rasa(echoes, talk)


def test_everybody_who_asks_at_once_gets_their_own_answer() -> None:
    async def talk(rasa: RasaDialogue, far_end: FarEnd) -> None:
        texts = [f"t{n}" for n in range(20)]
        for _ in range(2):
            assert await asyncio.gather(*(asked(rasa, t) for t in texts)) == texts
        assert far_end.connections <= 20

    with_rasa(echoes, talk)


def test_an_answer_that_comes_too_late_is_nobody_elses() -> None:
    may_answer = asyncio.Event()

    async def late(writer: asyncio.StreamWriter, text: str) -> None:
        if text == "slow":
            await may_answer.wait()
        writer.write(answer(text))

    async def talk(rasa: RasaDialogue, _far_end: FarEnd) -> None:
        with pytest.raises(DialogueAway):
            await rasa.ask(says("slow"))
        may_answer.set()
        assert await asked(rasa, "next") == "next"

    with_rasa(late, talk, deadline_s=0.3)


def test_a_connection_that_was_let_go_of_meanwhile_is_made_anew() -> None:
    async def ends_after_each(writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(answer(text))
        writer.close()

    async def talk(rasa: RasaDialogue, far_end: FarEnd) -> None:
        assert [await asked(rasa, text) for text in ("a", "b", "c")] == ["a", "b", "c"]
        assert far_end.connections == 3

    with_rasa(ends_after_each, talk)


def test_a_connection_that_ends_as_it_is_used_again_costs_no_answer() -> None:
    async def ends_at_the_second(writer: asyncio.StreamWriter, text: str) -> None:
        if far_ends[0].heard.count(text) == 1 and text == "b":
            writer.close()
            return
        writer.write(answer(text))

    far_ends: list[FarEnd] = []

    async def talk(rasa: RasaDialogue, far_end: FarEnd) -> None:
        far_ends.append(far_end)
        assert await asked(rasa, "a") == "a"
        assert await asked(rasa, "b") == "b"
        assert far_end.connections == 2

    with_rasa(ends_at_the_second, talk)


HALF = answer("half")[:-5]
BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "half an answer": HALF,
    "no http": b"220 mail.example.org ESMTP\r\n\r\n",
    "a refusal": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
    "another place": b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
    "no json": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords",
    "no replies": b'HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{"replies":[]}',
    "far too much": answer("much", more="x" * LONGEST_ANSWER),
    "more than was asked for": answer("one")[:-1] + b"}" + answer("two"),
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_what_is_no_good_answer_is_none_and_the_next_is_whole(sent: bytes) -> None:
    async def breaks(writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(sent if text == "bad" else answer(text))
        if text == "bad" and sent in (b"", HALF):
            writer.close()

    async def talk(rasa: RasaDialogue, _far_end: FarEnd) -> None:
        if sent.startswith(answer("one")[:-1]):
            assert await asked(rasa, "bad") == "one"
        else:
            with pytest.raises(DialogueAway) as away:
                await rasa.ask(says("bad"))
            assert not isinstance(away.value, NotReached)
        assert await asked(rasa, "next") == "next"

    with_rasa(breaks, talk)


def test_where_nobody_listens_rasa_is_not_reached() -> None:
    async def talk(rasa: RasaDialogue, far_end: FarEnd) -> None:
        assert far_end.server is not None
        far_end.server.close()
        await far_end.server.wait_closed()
        with pytest.raises(NotReached):
            await rasa.ask(says("hi"))
        assert await rasa.who_answers() == frozenset()

    with_rasa(echoes, talk)


def test_a_conversation_is_forgotten_over_the_same_connection() -> None:
    async def lets_go(writer: asyncio.StreamWriter, _text: str) -> None:
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    async def talk(rasa: RasaDialogue, far_end: FarEnd) -> None:
        assert await rasa.forget("one")
        assert await rasa.forget("one")
        assert far_end.connections == 1

    with_rasa(lets_go, talk)
