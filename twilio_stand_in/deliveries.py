"""Seeing a text through the network, and reporting how far it has got."""

import asyncio
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from twilio_stand_in.journal import Kind
from twilio_stand_in.settings import Behaviour, CallbackOrder
from twilio_stand_in.texts import API_VERSION, Text
from twilio_stand_in.webhook import WebhookCaller

if TYPE_CHECKING:
    from twilio_stand_in.stand_in import TwilioStandIn

_OPTED_OUT: Final = "21610"


class DeliveryReporter:
    """Moves each text on, step by step, and calls its status address at each step."""

    def __init__(self, stand_in: "TwilioStandIn", caller: WebhookCaller) -> None:
        self._stand_in = stand_in
        self._caller = caller

    async def see_through(self, text: Text) -> None:
        """Move a text on until nothing more will happen to it."""
        behaviour = self._stand_in.behaviour
        steps = self._steps(text, behaviour)
        in_order = behaviour.callback_order is CallbackOrder.AS_IT_HAPPENED
        for status in steps:
            await asyncio.sleep(behaviour.pause_between_callbacks)
            await self._moves_to(text, status)
            if in_order:
                await self._report(text, status, behaviour.callback_copies)
        if not in_order:
            for status in _shuffled(steps, behaviour.callback_order):
                await self._report(text, status, behaviour.callback_copies)

    def _steps(self, text: Text, behaviour: Behaviour) -> list[str]:
        """List what happens after the first status, of which nothing is reported."""
        if self._blocked(text):
            text.error_code = _OPTED_OUT
            return ["failed"]
        if code := behaviour.undelivered.get(text.recipient):
            text.error_code = code
            return ["sending", "sent", "undelivered"]
        steps = ["sending", "sent", "delivered"]
        last = behaviour.last_status
        return steps[: steps.index(last) + 1] if last in steps else [*steps[:2], last]

    def _blocked(self, text: Text) -> bool:
        pair = (text.sender, text.recipient)
        return pair in self._stand_in.opted_out and not text.from_twilio_itself

    async def _moves_to(self, text: Text, status: str) -> None:
        text.status = status
        now = self._stand_in.clock()
        if status == "sent":
            text.sent = now
        if status == "delivered":
            await self._stand_in.phone(text.recipient).gets(text, now)
        self._stand_in.touched()

    async def _report(self, text: Text, status: str, copies: int) -> None:
        if text.callback is None:
            return
        fields = self._fields(text, status)
        for _ in range(copies):
            answer = await self._caller.call(text.callback, fields)
            result = f"{status}: {', '.join(answer.outcomes)}"
            self._stand_in.journal.note(Kind.STATUS, text.sid, result)
            self._stand_in.touched()

    def _fields(self, text: Text, status: str) -> dict[str, str]:
        fields = {
            "SmsSid": text.sid,
            "SmsStatus": status,
            "MessageStatus": status,
            "To": text.recipient,
            "MessageSid": text.sid,
            "AccountSid": self._stand_in.settings.account_sid,
            "From": text.sender,
            "ApiVersion": API_VERSION,
        }
        if text.messaging_service_sid:
            fields["MessagingServiceSid"] = text.messaging_service_sid
        if text.error_code and status in ("failed", "undelivered"):
            fields["ErrorCode"] = text.error_code
        return fields


def _shuffled(steps: Sequence[str], order: CallbackOrder) -> list[str]:
    if order is CallbackOrder.REVERSED:
        return list(reversed(steps))
    return random.sample(list(steps), k=len(steps))
