"""Bringing a text from a phone to our webhook, or to the fallback if that fails."""

import asyncio
from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag

from foundations.gsm7 import encoding, segments
from twilio_stand_in.journal import Kind
from twilio_stand_in.settings import Behaviour, LongTexts
from twilio_stand_in.texts import API_VERSION, Direction, Text
from twilio_stand_in.twiml import NotTwiml, asked_texts
from twilio_stand_in.webhook import Answer, WebhookCaller

if TYPE_CHECKING:
    from twilio_stand_in.stand_in import TwilioStandIn

_WEBHOOK_FAILED: Final = "11200"
_PART_MISSING: Final = "30009"
_PART_LENGTH: Final = {"GSM-7": 153, "UCS-2": 67}

# Twilio knows no towns for UK mobiles and sends these fields blank, yet signed.
_BLANK: Final = ("FromCity", "FromState", "FromZip", "ToCity", "ToState", "ToZip")


class InboundCaller:
    """Calls the webhook for each text, reads the answer and sends what it asks for."""

    def __init__(self, stand_in: "TwilioStandIn", caller: WebhookCaller) -> None:
        self._stand_in = stand_in
        self._caller = caller

    async def deliver(self, sender: str, recipient: str, body: str) -> None:
        """Deliver one text, whole or in parts, and return when all were answered."""
        behaviour = self._stand_in.behaviour
        lost = behaviour.long_texts is LongTexts.LAST_PART_LOST
        is_whole = not lost or segments(body) < 2
        texts = [
            Text(
                direction=Direction.INBOUND,
                sender=sender,
                recipient=recipient,
                body=part,
                created=(now := self._stand_in.clock()),
                sent=now,
                status="waiting",
                error_code=None if is_whole else _PART_MISSING,
            )
            for part in _parts(body, behaviour.long_texts)
        ]
        for text in texts:
            self._stand_in.texts[text.sid] = text
        self._stand_in.touched()
        await asyncio.sleep(behaviour.pause_before_webhook)
        if behaviour.long_texts is LongTexts.PARTS_REVERSED:
            texts.reverse()
        for text in texts:
            await self._deliver_one(text, behaviour)

    async def deliver_again(self, text: Text) -> None:
        """Deliver a text that was seen before, under the id it had then."""
        await self._deliver_one(text, self._stand_in.behaviour)

    async def _deliver_one(self, text: Text, behaviour: Behaviour) -> None:
        fields = self._fields(text)
        address = self._stand_in.settings.webhook
        copies = [
            self._ask(Kind.INBOUND, text, address, fields)
            for _ in range(behaviour.webhook_copies)
        ]
        answers = await asyncio.gather(*copies)
        good = next((a for a in answers if a.good), answers[0])
        if not self._carry_out(text, good):
            await self._fall_back(text, fields)
        self._stand_in.touched()

    async def _fall_back(self, text: Text, fields: dict[str, str]) -> None:
        """Use the fallback; with none, Twilio notes the failure and does no more."""
        text.status = "unanswered"
        settings = self._stand_in.settings
        if settings.fallback:
            failure = {
                "ErrorCode": _WEBHOOK_FAILED,
                "ErrorUrl": urldefrag(settings.webhook).url,
            }
            answer = await self._ask(
                Kind.FALLBACK, text, settings.fallback, {**fields, **failure}
            )
            self._carry_out(text, answer)
        elif settings.fallback_twiml:
            self._stand_in.journal.note(Kind.FALLBACK, text.sid, "twiml")
            answer = Answer(("bin",), 200, "text/xml", settings.fallback_twiml)
            self._carry_out(text, answer)
            text.status = "unanswered"

    async def _ask(
        self, kind: Kind, text: Text, address: str, fields: dict[str, str]
    ) -> Answer:
        answer = await self._caller.call(address, fields)
        self._stand_in.journal.note(kind, text.sid, ", ".join(answer.outcomes))
        return answer

    def _carry_out(self, text: Text, answer: Answer) -> bool:
        if not answer.good:
            return False
        try:
            asked = asked_texts(answer.content_type, answer.body)
        except NotTwiml as fault:
            self._stand_in.journal.note(Kind.INBOUND, text.sid, str(fault))
            return False
        text.status = "received"
        self._stand_in.reply(text, asked)
        return True

    def _fields(self, text: Text) -> dict[str, str]:
        return {
            **dict.fromkeys(_BLANK, ""),
            "ToCountry": "GB",
            "FromCountry": "GB",
            "SmsMessageSid": text.sid,
            "SmsSid": text.sid,
            "MessageSid": text.sid,
            "SmsStatus": "received",
            "NumMedia": "0",
            "NumSegments": str(text.segments),
            "Body": text.body,
            "To": text.recipient,
            "From": text.sender,
            "AccountSid": self._stand_in.settings.account_sid,
            "ApiVersion": API_VERSION,
        }


def _parts(body: str, long_texts: LongTexts) -> list[str]:
    if long_texts is LongTexts.JOINED or segments(body) < 2:
        return [body]
    length = _PART_LENGTH[encoding(body)]
    if long_texts is LongTexts.LAST_PART_LOST:
        return [body[: (len(body) - 1) // length * length]]
    return [body[i : i + length] for i in range(0, len(body), length)]
