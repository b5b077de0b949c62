"""People who talk to a service: each says the next thing once the last was answered."""

import asyncio
import base64
import hashlib
import hmac
import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from time import perf_counter
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.connection import Answer, Connection
from tests.bench.talks import CRISIS, HANDRAIL, STOCK, WITHOUT_RASA, phone
from tests.bench.twilio_end import TwilioEnd

LONGEST_WAIT_S: Final = 30.0


@dataclass(frozen=True)
class Turn:
    """How one message went: seconds to each answer, and what was wrong with it."""

    answered_s: float
    replied_s: float | None = None
    fault: str = ""


@dataclass(frozen=True)
class Line:
    """Where Handrail's SMS webhook is, and how it expects to be signed."""

    port: int
    account: str
    token: str
    number: str

    @property
    def address(self) -> str:
        """The address that is signed."""
        return f"http://127.0.0.1:{self.port}/hooks/twilio/sms"


class Person(ABC):
    """Someone who talks; `place` tells them apart, `people` is how many there are."""

    def __init__(self, port: int, place: int, people: int) -> None:
        self.connection = Connection(port)
        self.place, self.people = place, people

    @abstractmethod
    async def says(self, number: int) -> Turn:
        """Say the number-th thing."""


class StockPerson(Person):
    """Talks to Rasa's template bot over its REST channel."""

    async def says(self, number: int) -> Turn:
        """A new sender begins the talk again when it is through."""
        sender = f"{self.place}-{number // len(STOCK)}"
        message = {"sender": sender, "message": STOCK[number % len(STOCK)]}
        begun = perf_counter()
        answer = await self.connection.post(
            "/webhooks/rest/webhook",
            json.dumps(message).encode(),
            Content_Type="application/json",
        )
        spent = perf_counter() - begun
        fault = "" if answer.status == 200 else str(answer.status)
        return Turn(spent, fault=fault or ("empty" if answer.body == b"[]" else ""))


class WebPerson(Person):
    """Talks to Handrail over its JSON API, in a new chat for each talk."""

    token = ""

    async def says(self, number: int) -> Turn:
        """Opening a chat is work for the service, but not counted as a message."""
        if number % len(HANDRAIL) == 0:
            await self._opens()
        text = HANDRAIL[number % len(HANDRAIL)]
        begun = perf_counter()
        answer = await writes(self.connection, self.token, text)
        spent = perf_counter() - begun
        return Turn(spent, fault=_web_fault(answer.status, answer.body))

    async def _opens(self) -> None:
        opened = await self.connection.post(
            "/api/chat", b'{"link":"demo"}', Content_Type="application/json"
        )
        self.token = json.loads(opened.body)["token"]


class TextingPerson(Person):
    """Texts Handrail; says the next thing when a text comes back."""

    def __init__(
        self, line: Line, far_end: TwilioEnd | None, place: int, people: int
    ) -> None:
        super().__init__(line.port, place, people)
        self.line, self.far_end = line, far_end

    async def says(self, number: int) -> Turn:
        """A new phone begins the talk again when it is through."""
        sender = phone(self.place + self.people * (number // len(HANDRAIL)))
        text = HANDRAIL[number % len(HANDRAIL)]
        coming = self.far_end.next_text_to(sender) if self.far_end else None
        begun = perf_counter()
        answer = await texts(self.connection, self.line, sender, text)
        spent = perf_counter() - begun
        if answer.status != 200:
            return Turn(spent, fault=str(answer.status))
        if coming is None:
            return Turn(spent)
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                await coming.wait()
        except TimeoutError:
            return Turn(spent, fault="no reply")
        return Turn(spent, replied_s=perf_counter() - begun)


class PersonInCrisis(Person):
    """Texts that they want to die; the words come back in the webhook's answer."""

    def __init__(self, line: Line, place: int, people: int) -> None:
        super().__init__(line.port, place, people)
        self.line = line

    async def says(self, number: int) -> Turn:
        """Every text is from another phone."""
        sender = phone(self.place + self.people * number)
        begun = perf_counter()
        answer = await texts(
            self.connection, self.line, sender, CRISIS[number % len(CRISIS)]
        )
        spent = perf_counter() - begun
        fault = "" if answer.status == 200 else str(answer.status)
        return Turn(
            spent, fault=fault or ("" if b"<Message" in answer.body else "empty")
        )


async def writes(
    connection: Connection, token: str, text: str, *, waits: bool = True
) -> Answer:
    """Write in a chat; `waits` for the answer, or only until it is written down."""
    return await connection.post(
        "/api/chat/messages",
        json.dumps({"id": str(uuid4()), "text": text}).encode(),
        Content_Type="application/json",
        Authorization=f"Bearer {token}",
        **({} if waits else {"Prefer": "respond-async"}),
    )


async def texts(
    connection: Connection, line: Line, sender: str, text: str, sid: str | None = None
) -> Answer:
    """Post one signed webhook, as Twilio does; the same `sid` is the same text."""
    fields = {
        "AccountSid": line.account,
        "Body": text,
        "From": sender,
        "MessageSid": sid or f"SM{uuid4().hex}",
        "NumMedia": "0",
        "To": line.number,
    }
    signed = line.address + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(line.token.encode(), signed.encode(), hashlib.sha1).digest()
    return await connection.post(
        "/hooks/twilio/sms",
        urlencode(fields).encode(),
        Content_Type="application/x-www-form-urlencoded",
        X_Twilio_Signature=base64.b64encode(digest).decode(),
    )


def _web_fault(status: int, body: bytes) -> str:
    if status != 200:
        return str(status)
    if WITHOUT_RASA in body:
        return "without Rasa"
    return "" if json.loads(body)["messages"] else "empty"
