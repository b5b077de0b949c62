"""Ask Rasa what to say, with a deadline and a breaker; trust nothing it answers."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

from foundations.ids import ConversationId, MessageId
from foundations.saying import Again, Channel, Choice, Reply
from foundations.tracing import Doing, traced
from gateway.rasa.breaker import Breaker
from gateway.rasa.kept_connections import (
    Answered,
    KeptConnections,
    NoAnswer,
    NotConnected,
)

LONGEST_TEXT = 1000
"""Characters that Rasa is given; the crisis screen has read the whole text."""
LONGEST_ANSWER = 64 * 1024
ALIVE_WITHIN_S = 1.0


class DialogueAway(Exception):
    """Rasa gave no usable answer in time; the keyword menu answers instead."""


class NotReached(DialogueAway):
    """Rasa was not even asked: it refuses connections, or rests after failures."""


@dataclass(frozen=True)
class Question:
    """What Rasa is told about one message; `plan_open` lets it resume a plan.

    `asked_beside`: other words in the same answer ask something, so a plan must not.
    `answers_care`: what was asked last was whether they are safe, or was asked for
    consent, so this may not be for the plan.
    `may_raise`: crisis words for what it raises would be said (`raising.py`).
    """

    conversation: ConversationId
    message: MessageId
    channel: Channel
    text: str
    plan_open: bool = False
    asked_beside: bool = False
    answers_care: bool = False
    may_raise: bool = False


class Dialogue(Protocol):
    """Whoever carries the conversation: Rasa, or a readable stand-in for it."""

    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Answer with at least one reply, or raise DialogueAway."""
        ...


class RasaSide(Dialogue, Protocol):
    """The Rasa that a gateway talks to, one process or several."""

    async def who_answers(self) -> frozenset[str]:
        """Name the processes that answer, without asking them anything; or none."""
        ...

    async def forget(self, conversation: str) -> bool:
        """Have Rasa let go of a conversation; False to try again later."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...


class RasaDialogue:
    """Rasa behind our own channel on loopback."""

    def __init__(self, address: str, secret: str, *, deadline_s: float) -> None:
        self._rasa = KeptConnections(
            address, {"X-Handrail-Secret": secret}, longest_answer=LONGEST_ANSWER
        )
        self._address = address
        self._deadline_s = deadline_s
        self._breaker = Breaker()

    @traced(Doing.ASK_RASA)
    async def ask(self, question: Question) -> tuple[Reply, ...]:
        """Give Rasa's replies in order; anything but a good answer is DialogueAway."""
        text = plain_text(question.text)
        if not text:
            raise DialogueAway
        if not self._breaker.allows():
            raise NotReached
        try:
            replies = await self._post(question, text)
        except NotConnected:
            self._breaker.went_wrong()
            raise NotReached from None
        except (NoAnswer, TimeoutError, ValueError, KeyError, TypeError):
            # `from None`: the cause may hold the text that was sent.
            self._breaker.went_wrong()
            raise DialogueAway from None
        self._breaker.went_well()
        return replies

    async def who_answers(self) -> frozenset[str]:
        """Name the process that answers, without asking it anything; or none."""
        try:
            probe = await self._rasa.get(
                "/webhooks/handrail/alive", within_s=ALIVE_WITHIN_S
            )
        except (NotConnected, NoAnswer, TimeoutError):
            return frozenset()
        if probe.status != 200:
            return frozenset()
        return frozenset({f"{self._address} {probe.body.decode('ascii', 'replace')}"})

    async def forget(self, conversation: str) -> bool:
        """Have Rasa let go of a conversation; False to try again later."""
        try:
            answer = await self._send("forget", {"conversation": conversation})
        except (NotConnected, NoAnswer, TimeoutError):
            return False
        return answer.status == 204

    async def close(self) -> None:
        """Let go of the connections."""
        await self._rasa.close()

    async def _post(self, question: Question, text: str) -> tuple[Reply, ...]:
        answer = await self._send(
            "messages",
            {
                "conversation": question.conversation,
                "message": question.message,
                "channel": question.channel.value,
                "text": text,
                "context": {
                    "plan_open": question.plan_open,
                    "asked_beside": question.asked_beside,
                    "answers_care": question.answers_care,
                    "may_raise": question.may_raise,
                },
            },
        )
        if answer.status != 200:
            raise ValueError("no good answer")
        return _read_replies(json.loads(answer.body))

    async def _send(self, what: str, told: dict[str, Any]) -> Answered:
        """Post to one of Rasa's doors. Both may be told the same twice."""
        return await self._rasa.post(
            f"/webhooks/handrail/{what}",
            told,
            within_s=self._deadline_s,
        )


def plain_text(text: str) -> str:
    """Make a text safe to hand to Rasa: no control marks, no leading slash, cut.

    A leading slash would skip the understanding and name an intent outright.
    """
    kept = "".join(
        mark
        for mark in unicodedata.normalize("NFC", text)
        if mark in "\n\t" or unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return kept.strip().lstrip("/／").strip()[:LONGEST_TEXT]


def _read_replies(body: Any) -> tuple[Reply, ...]:
    replies = tuple(
        Reply(
            key=_word(found["key"]),
            text=_word(found["text"]),
            choices=tuple(
                Choice(_word(choice["label"]), _word(choice["value"]))
                for choice in found.get("choices", [])
            ),
            values={gap: str(value) for gap, value in found.get("values", {}).items()},
            again=Again(found["again"]) if found.get("again") else None,
        )
        for found in body["replies"]
    )
    if not replies:
        raise ValueError("no replies")
    return replies


def _word(found: Any) -> str:
    if not isinstance(found, str) or not found:
        raise ValueError("not a text")
    return found
