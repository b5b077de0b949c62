"""Several Rasas behind a gateway: each talks with its own, and another takes over."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from pydantic import SecretStr

from foundations.ids import ConversationId, MessageId
from foundations.saying import Channel
from gateway.rasa.dialogue import DialogueAway, Question, RasaSide
from runtime.settings import Settings
from runtime.wiring.rasa import rasa_side
from tests.journeys.handrail import start, stop

SECRET = "a" * 40
PEOPLE = [f"somebody{number}" for number in range(24)]


@dataclass
class SmallRasa:
    """A server with our channel's door on a socket of its own; it may hang."""

    name: str
    port: int = 0
    asked: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    hangs: Event = field(default_factory=Event)
    goes_on: Event = field(default_factory=Event)
    server: Any = None

    def __post_init__(self) -> None:
        small = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if self.path.endswith("forget"):
                    small.forgotten.append(body["conversation"])
                    self.send_response(204)
                    self.end_headers()
                    return
                small.asked.append(body["conversation"])
                if small.hangs.is_set():
                    small.goes_on.wait(60)
                said = json.dumps({"replies": [{"key": small.name, "text": "Hi."}]})
                self.send_response(200)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said.encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Door)
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def stops(self) -> None:
        """End; its port refuses from now on."""
        self.goes_on.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def rasas() -> Iterator[list[SmallRasa]]:
    made = [SmallRasa("one"), SmallRasa("two"), SmallRasa("three")]
    yield made
    for one in made:
        one.stops()


def side(rasas: list[SmallRasa], deadline_s: float = 30.0) -> RasaSide:
    """Reach these, through the settings that a deployer writes."""
    return rasa_side(
        Settings(
            rasa_addresses=", ".join(one.address for one in rasas),
            rasa_secret=SecretStr(SECRET),
            rasa_deadline_s=deadline_s,
        )
    )


def answers(reach: RasaSide, people: list[str]) -> dict[str, str]:
    """Have each say something; who answered them, or `away`."""

    async def talk() -> dict[str, str]:
        return {one: await answered(one) for one in people}

    async def answered(one: str) -> str:
        message, said = MessageId("m"), "hello"
        question = Question(ConversationId(one), message, Channel.WEB, said)
        try:
            (reply,) = await reach.ask(question)
        except DialogueAway:
            return "away"
        return reply.key

    return asyncio.run(talk())


def test_everybody_stays_with_the_one_that_remembers_them(
    rasas: list[SmallRasa],
) -> None:
    first = answers(side(rasas), PEOPLE)

    assert set(first.values()) == {"one", "two", "three"}
    assert answers(side(list(reversed(rasas))), PEOPLE) == first


def test_when_one_is_gone_its_own_conversations_move_and_no_other(
    rasas: list[SmallRasa],
) -> None:
    before = answers(side(rasas), PEOPLE)
    rasas[0].stops()
    after = answers(side(rasas), PEOPLE)

    moved = {one for one in PEOPLE if before[one] == "one"}
    assert {one for one in PEOPLE if after[one] != before[one]} == moved
    assert {after[one] for one in moved} == {"two", "three"}


def test_one_that_hangs_is_left_alone_after_a_few_and_the_next_takes_over(
    rasas: list[SmallRasa],
) -> None:
    before = answers(side(rasas), PEOPLE)
    theirs = [one for one in PEOPLE if before[one] == "one"]
    rasas[0].hangs.set()
    # Long for whoever answers at all, on a machine that does much else.
    after = answers(side(rasas, deadline_s=1.5), theirs)

    # Each of the first few had its time there, and is not asked about elsewhere.
    assert Counter(after.values())["away"] == 3
    assert "away" not in list(after.values())[3:]
    assert not set(theirs[:3]) & {*rasas[1].asked, *rasas[2].asked}


def test_with_all_of_them_gone_the_keyword_menu_answers(
    rasas: list[SmallRasa],
) -> None:
    for one in rasas:
        one.stops()

    assert set(answers(side(rasas), PEOPLE[:3]).values()) == {"away"}
    assert asyncio.run(side(rasas).who_answers()) == frozenset()


def test_each_that_answers_is_named_and_one_that_is_gone_is_not(
    rasas: list[SmallRasa],
) -> None:
    all_of_them = asyncio.run(side(rasas).who_answers())
    rasas[0].stops()

    assert len(all_of_them) == 3
    assert len(asyncio.run(side(rasas).who_answers())) == 2


def test_each_of_them_forgets_and_all_are_asked_again_while_one_is_away(
    rasas: list[SmallRasa],
) -> None:
    assert asyncio.run(side(rasas).forget("somebody"))
    assert [one.forgotten for one in rasas] == [["somebody"]] * 3

    rasas[2].stops()
    assert not asyncio.run(side(rasas).forget("somebody"))


def test_a_journey_goes_on_while_one_of_them_is_replaced(
    tmp_path: Path, rasas: list[SmallRasa]
) -> None:
    handrail = start(
        tmp_path,
        rasa_addresses=",".join(one.address for one in rasas),
        rasa_secret=SecretStr(SECRET),
        rasa_deadline_s=30.0,
    )
    robin = handrail.web_chat()
    for gone in (None, rasas[0], rasas[1]):
        if gone is not None:
            gone.stops()
        (said,) = robin.young_person_says("what do you think")
        assert said["key"] in {"one", "two", "three"}
    stop(handrail)
