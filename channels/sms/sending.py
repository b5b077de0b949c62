"""Sending one text through Twilio, and finding out afterwards whether one was sent.

Nothing Twilio says in words leaves this file, only codes: its error texts and
addresses hold phone numbers.
"""

import asyncio
import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from aiohttp import ClientConnectorError, ConnectionTimeoutError
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioRestException,
    TwilioServiceException,
)

from channels.sms import codes
from channels.sms.codes import rule_for
from channels.sms.numbers import may_be_texted
from channels.sms.outgoing import (
    VALIDITY_S,
    CannotTell,
    NotSent,
    OutgoingText,
    SendResult,
    Sent,
)
from channels.sms.twilio_account import SendingSettings, twilio_client
from channels.sms.webhooks import status_address
from foundations.gsm7 import fold

MOST_CHARACTERS: Final = 1600
SENT_AT: Final = "Sent-At"
"""Our own name beside a listed text's fields: when Twilio had it, in ISO 8601."""
FAULT: Final = "Error-Code"
"""What Twilio noted of a text that came in; empty when all is well."""
_MESSAGING_SERVICE: Final = "MG"
_LOOKED_AT: Final = 50
_PAGE: Final = 1000
"""The most that Twilio gives in one answer; left alone, it gives fifty."""
_BREATHES_AFTER: Final = 50
"""Listed texts that are read before anything else on the loop has its turn."""


class TwilioSender:
    """Sends texts without holding up anything else."""

    def __init__(self, settings: SendingSettings) -> None:
        self._settings = settings
        self._client = twilio_client(settings)

    async def send(self, text: OutgoingText) -> SendResult:
        """Send one text once, and say what became of it; never raises."""
        body = fold(text.body)
        if not may_be_texted(text.to):
            return _not_sent(codes.NOT_A_MOBILE)
        if len(body) > MOST_CHARACTERS:
            return _not_sent(codes.TOO_LONG)
        return await self._create(text, body)

    async def find_sent(
        self,
        text: OutgoingText,
        since: datetime,
        already_known: Collection[str] = (),
    ) -> Sent | None:
        """Look for a text that may have left after all; None when it did not.

        `since` is when it was first tried; `already_known` are the provider's ids of
        texts that are accounted for, so that equal texts are not taken for each other.

        Raises:
            CannotTell: when Twilio gives no readable answer.
        """

        try:
            found = await self._client.messages.list_async(to=text.to, limit=_LOOKED_AT)
            return _same_text(found, text, since, already_known)
        except Exception:
            raise CannotTell from None

    async def received_since(self, since: datetime) -> list[dict[str, str]]:
        """List the texts that came in since then, oldest first, as a webhook has them.

        Raises:
            CannotTell: when Twilio gives no readable answer.
        """

        try:
            return await self._received_since(since)
        except Exception:
            raise CannotTell from None

    async def forget(self, provider_message_id: str) -> bool:
        """Delete Twilio's own copy of a text, sent or received; False to try later."""

        try:
            return bool(await self._client.messages(provider_message_id).delete_async())
        except TwilioRestException as refused:
            return bool(refused.status == 404)
        except Exception:
            return False

    async def close(self) -> None:
        """Let its connections go."""
        await self._client.http_client.close()

    async def _received_since(self, since: datetime) -> list[dict[str, str]]:
        # One after the other, or a busy day would be held in memory as a whole.
        listed = await self._client.messages.stream_async(
            date_sent_after=since, page_size=_PAGE
        )
        received, read = [], 0
        async for one in listed:
            if one.direction == "inbound":
                received.append(_as_fields(one))
            read += 1
            if read % _BREATHES_AFTER == 0:
                await asyncio.sleep(0)
        return received[::-1]

    async def _create(self, text: OutgoingText, body: str) -> SendResult:
        address = status_address(self._settings.public_address, text.outbox)
        sender = self._settings.sender
        by = (
            "messaging_service_sid"
            if sender.startswith(_MESSAGING_SERVICE)
            else "from_"
        )
        try:
            message = await self._client.messages.create_async(
                to=text.to,
                body=body,
                status_callback=address,
                validity_period=VALIDITY_S[text.kind],
                **{by: sender},
            )
            return Sent(str(message.sid), int(message.num_segments or 0))
        except (TwilioRestException, TwilioServiceException) as refused:
            return _refused(int(refused.status), str(refused.code))
        except Exception as fault:
            return _not_sent(
                codes.UNREACHABLE if _never_left(fault) else codes.NO_ANSWER
            )


def _not_sent(code: str) -> NotSent:
    return NotSent(code, rule_for(code).advice)


def _refused(status: int, code: str) -> NotSent:
    """Read a refusal: 429 was never processed, a 5xx may have been, else the code."""
    if status == 429:
        return _not_sent(codes.TOO_MANY_REQUESTS)
    if status >= 500:
        return _not_sent(codes.NO_ANSWER)
    return _not_sent(code)


def _never_left(fault: Exception) -> bool:
    """Tell whether no connection was made, so that nothing was asked of Twilio."""
    return isinstance(fault, ClientConnectorError | ConnectionTimeoutError)


def _same_text(
    found: Iterable[Any],
    text: OutgoingText,
    since: datetime,
    already_known: Collection[str],
) -> Sent | None:
    wanted = _digest(text.body)
    # Twilio's times are whole seconds.
    earliest = since.replace(microsecond=0)
    for message in found:
        if message.sid in already_known or message.direction == "inbound":
            continue
        if message.date_created and message.date_created < earliest:
            continue
        if _digest(message.body or "") == wanted:
            return Sent(str(message.sid), int(message.num_segments or 0))
    return None


def _as_fields(message: Any) -> dict[str, str]:
    """Put a listed text in the fields of a webhook, so that the same rules read it."""
    return {
        "AccountSid": str(message.account_sid),
        "MessageSid": str(message.sid),
        "From": str(message.from_ or ""),
        "To": str(message.to or ""),
        "Body": str(message.body or ""),
        "NumMedia": str(message.num_media or "0"),
        FAULT: str(message.error_code or ""),
        SENT_AT: message.date_created.isoformat(),
    }


def _digest(body: str) -> bytes:
    return hashlib.sha256(fold(body).strip().encode("utf-8", "replace")).digest()
