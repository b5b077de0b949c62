"""Handrail on real servers: the gateway, a stand-in for Twilio, and people to talk.

`Sms` and `WebChat` are young people, `Desk` is a worker. Everything goes over HTTP.
"""

import re
import secrets
import socket
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from foundations.clock import utc_now
from foundations.plain_http import TRUSTS_NOBODY
from gateway.rasa.dialogue import Dialogue
from handover import Organisations
from runtime.settings import Settings
from runtime.wiring.house import (
    House,
    application,
    build,
)
from runtime.wiring.local_run import one_time_sign_in
from storage.records import StoredMessage
from tests.canaries import Canaries
from tests.journeys.loop_thread import LoopThread
from tests.journeys.new_home import furnish
from tests.journeys.served_here import let_go, serve
from tests.journeys.settling import Settling
from twilio_stand_in.app import stand_in_app
from twilio_stand_in.settings import StandInSettings
from twilio_stand_in.stand_in import TwilioStandIn

OUR_NUMBER = "+447700900000"
HOST = "127.0.0.1"


@dataclass
class Handrail:
    """A running Handrail with its phones, chats and desk."""

    thread: LoopThread
    house: House
    stand_in: TwilioStandIn
    address: str
    clock: Any
    canaries: Canaries
    settling: Settling
    servers: list[Any] = field(default_factory=list)

    def sms(self, number: str = "+447700900101") -> "Sms":
        """Give a young person with a phone."""
        return Sms(self, number)

    def web_chat(self, link: str = "demo") -> "WebChat":
        """Give a young person who opened the chat page's link."""
        return WebChat(self, link)

    def desk(self) -> "Desk":
        """Give a worker who is signed in."""
        return Desk(self)

    def record(self, work: Any) -> Any:
        """Look something up in the records."""
        return self.thread.do(self.house.database.read(work))

    def settled(self) -> None:
        """Wait until every text has been answered, sent and reported on."""
        self.thread.do(self.settling.wait())

    def later(self, **by: float) -> None:
        """Let time pass (`minutes=2`), and wait for everything that fell due in it.

        Only for a Handrail that was started with a clock that can be moved.
        """
        until = self.house.clock() + timedelta(**by)
        while True:
            soonest = self.record(lambda unit: unit.due_work.next_at())
            if soonest is None or soonest > until:
                break
            self.clock.now = max(soonest, self.clock.now)
            self.settled()
        self.clock.now = until
        self.settled()


def start(
    home: Path,
    dialogue: Dialogue | None = None,
    clock: Any = utc_now,
    organisations: Organisations | None = None,
    port: int = 0,
    **settings: Any,
) -> Handrail:
    """Start the servers of a Handrail that keeps everything below `home`.

    `clock` may be one that stands still until it is moved; see `Handrail.later`.
    `port` is one that was used before, for a browser that comes back.
    """
    furnish(home)
    thread = LoopThread()
    parts = {"dialogue": dialogue, "clock": clock, "organisations": organisations}
    return thread.do(_start(thread, home, port, parts, settings))


def stop(handrail: Handrail) -> None:
    """Stop the servers, then the loop; nothing that was said is in a file or a log."""
    canaries = handrail.canaries
    # A copy: what is under way still comes in.
    texts = list(handrail.stand_in.texts.values())
    sent = [text.body for text in texts if text.sender == OUR_NUMBER]
    foreign = canaries.in_letters_nobody_wrote(sent)
    for text in texts:
        canaries.heard(text.body, text.sender, text.recipient)
    try:
        canaries.check()
    finally:
        handrail.thread.do(_stop(handrail))
        handrail.thread.close()
        canaries.log.end()
    canaries.check()
    assert foreign == [], "a text is in plain letters unless somebody wrote others"


async def _start(
    thread: LoopThread,
    home: Path,
    port: int,
    parts: dict[str, Any],
    more: dict[str, Any],
) -> Handrail:
    # Bound at once: a port that was only free may be another's by the time it is used.
    ours, twilios = (socket.create_server((HOST, each)) for each in (port, 0))
    port, twilio_port = (each.getsockname()[1] for each in (ours, twilios))
    # A passkey is bound to a name: its tests say `host="localhost"`.
    address = f"http://{more.get('host', HOST)}:{port}"
    stand_in = TwilioStandIn(
        StandInSettings(
            account_sid="AC" + secrets.token_hex(16),
            auth_token=secrets.token_hex(16),
            numbers=(OUR_NUMBER,),
            webhook=f"{address}/hooks/twilio/sms",
        )
    )
    settings = Settings(
        home=home,
        PORT=port,
        twilio_api=f"http://{HOST}:{twilio_port}",
        **more,
    )
    house = build(settings, stand_in=stand_in, **parts)
    canaries = Canaries(home)
    settling = Settling(house, stand_in)
    handrail = Handrail(
        thread, house, stand_in, address, parts["clock"], canaries, settling
    )
    twilio = stand_in_app(stand_in)
    gateway = application(house, name=f"handrail_{uuid.uuid4().hex}")
    for app, its_socket in ((twilio, twilios), (gateway, ours)):
        handrail.servers.append(await serve(app, its_socket))
    return handrail


async def _stop(handrail: Handrail) -> None:
    await handrail.stand_in.close()
    for server in reversed(handrail.servers):
        await let_go(server)


class AsksForAPerson:
    """What a young person does on either channel to reach a person."""

    def asks_for_a_person(self) -> None:
        """Ask, say yes to being reached, leave the rest out, and share that."""
        for said in ("PERSON", "yes", "show me so far", "SHARE"):
            self.young_person_says(said)

    def young_person_says(self, text: str) -> Any:
        """Say something."""
        raise NotImplementedError


class Sms(AsksForAPerson):
    """A young person with a phone. `was_sent` looks at what the last text brought."""

    def __init__(self, handrail: Handrail, number: str) -> None:
        self.handrail = handrail
        self.number = number
        self.phone = handrail.stand_in.phone(number)
        self._seen: str | None = None

    def young_person_says(self, text: str) -> None:
        """Text Handrail, and wait until whatever follows has arrived."""
        self._seen = self._last_id()
        self.handrail.canaries.heard(text, self.number)
        self.handrail.thread.do(self.phone.sends(text))
        self.handrail.settled()

    def was_sent(self, key: str) -> str:
        """Check that the last text brought this response; give the text as it came."""
        keys = [message.key for message in self.new()]

        assert key in keys, f"{key} was not sent; these were: {keys}"
        return self.phone.texts[-1].body

    def was_not_sent(self, key: str) -> None:
        """Check that the last text did not bring this response."""
        assert key not in [message.key for message in self.new()]

    def heard_nothing(self) -> None:
        """Check that the last text brought no answer."""
        assert [message.key for message in self.new()] == []

    @property
    def texts(self) -> list[str]:
        """Every text on the phone, oldest first."""
        return [text.body for text in self.phone.texts]

    def new(self) -> list[StoredMessage]:
        """Give what was said to this person since they last spoke."""
        conversation = self.conversation()
        said = self.handrail.record(
            lambda unit: unit.messages.after(conversation, self._seen)
        )
        return [message for message in said if message.speaker != "young_person"]

    def conversation(self) -> Any:
        """Give the id of this person's conversation."""

        def find(unit: Any) -> Any:
            person = unit.people.find_by_phone(self.number)
            return person and unit.conversations.of_person(person).id

        return self.handrail.record(find)

    def _last_id(self) -> str | None:
        conversation = self.conversation()
        if conversation is None:
            return None
        said = self.handrail.record(
            lambda unit: unit.messages.after(conversation, None, 10_000)
        )
        return said[-1].id if said else None


class WebChat(AsksForAPerson):
    """A young person in a web chat, over the JSON API."""

    def __init__(self, handrail: Handrail, link: str) -> None:
        self.handrail = handrail
        self.client = httpx.Client(
            base_url=handrail.address,
            timeout=30,
            trust_env=False,
            verify=TRUSTS_NOBODY,
        )
        opened = self.client.post("/api/chat", json={"link": link})
        opened.raise_for_status()
        self.token = opened.json()["token"]
        self.conversation = opened.json()["conversation"]
        self.messages: list[dict[str, Any]] = opened.json()["messages"]

    def young_person_says(self, text: str) -> list[dict[str, Any]]:
        """Say something and give the replies."""
        answer = self.post(text)
        answer.raise_for_status()
        self.messages = answer.json()["messages"]
        return self.messages

    def post(self, text: str, id: str | None = None) -> httpx.Response:
        """Post one message, as the page does."""
        self.handrail.canaries.heard(text)
        return self.client.post(
            "/api/chat/messages",
            json={"id": id or str(uuid.uuid4()), "text": text},
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def was_sent(self, key: str) -> str:
        """Check that the last message brought this response; give its text."""
        found = [said for said in self.messages if said["key"] == key]

        assert found, f"{key} was not sent; these were: {self.keys}"
        return str(found[0]["text"])

    def missed(self, after: str | None = None) -> list[dict[str, Any]]:
        """Ask for everything said after a message."""
        answer = self.client.get(
            "/api/chat/messages",
            params={"after": after} if after else {},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        answer.raise_for_status()
        return list(answer.json()["messages"])

    @property
    def keys(self) -> list[str]:
        """The response names that the last message brought."""
        return [said["key"] for said in self.messages]


class Desk:
    """A worker at the staff pages."""

    def __init__(self, handrail: Handrail) -> None:
        self.handrail = handrail
        self.client = httpx.Client(
            base_url=handrail.address,
            timeout=30,
            trust_env=False,
            verify=TRUSTS_NOBODY,
            follow_redirects=True,
            headers={"Origin": handrail.address},
        )
        link = handrail.thread.do(
            one_time_sign_in(handrail.house.database, handrail.house.settings.address)
        )
        self.client.post(link).raise_for_status()

    def board(self) -> str:
        """Read the inbox."""
        return self.client.get("/staff/inbox").text

    def waiting(self) -> list[str]:
        """List the ids of the cases that can be claimed."""
        return re.findall(r"/staff/cases/([0-9a-f]{32})/claim", self.board())

    def was_told(self, case: str) -> str:
        """Check that a case waits in the inbox, and give the inbox."""
        board = self.board()

        assert case in board
        return board

    def posts(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of the desk, with the token that its pages hold."""
        account = self.client.get("/staff/account").text
        token = re.search(r'name="form_token" value="([0-9a-f]+)"', account)
        assert token is not None
        return self.client.post(path, data={"form_token": token[1], **fields})

    def claims(self, case: str) -> httpx.Response:
        """Claim a case."""
        return self.posts(f"/staff/cases/{case}/claim")

    def reads(self, case: str) -> str:
        """Read a case."""
        return self.client.get(f"/staff/cases/{case}").text

    def says(self, case: str, text: str) -> None:
        """Speak in the thread of a case."""
        self.posts(f"/staff/cases/{case}/say", text=text).raise_for_status()
        self.handrail.settled()

    def hands_back(self, case: str) -> None:
        """Give the conversation back to the bot."""
        self.posts(f"/staff/cases/{case}/hand-back").raise_for_status()
        self.handrail.settled()


def free_port() -> int:
    """Ask the machine for a port that nothing uses."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


__all__ = ["Desk", "Handrail", "Sms", "WebChat", "start", "stop"]
