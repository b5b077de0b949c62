"""Sending one text through Twilio, and finding out afterwards whether one was sent.

Nothing Twilio says in words leaves this file, only codes: its error texts and
addresses hold phone numbers.
"""

import asyncio
import hashlib
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Final, TypeVar

from requests import ConnectionError as BrokenConnection
from requests import ConnectTimeout
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioRestException,
    TwilioServiceException,
)
from urllib3.exceptions import MaxRetryError, NewConnectionError

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
FAULT: Final = "Error-Code"
"""What Twilio noted of a text that came in; empty when all is well."""
"""Our own name beside a listed text's fields: when Twilio had it, in ISO 8601."""
_MESSAGING_SERVICE: Final = "MG"
_LOOKED_AT: Final = 50
_PAGE: Final = 1000
"""The most that Twilio gives in one answer; left alone, it gives fifty."""
_AT_ONCE: Final = 4

T = TypeVar("T")


class TwilioSender:
    """Sends texts, a few at a time, without holding up anything else."""

    def __init__(self, settings: SendingSettings) -> None:
        self._settings = settings
        self._client = twilio_client(settings)
        # Of its own, so that a silent Twilio cannot use up everyone's threads.
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="twilio")

    async def send(self, text: OutgoingText) -> SendResult:
        """Send one text once, and say what became of it; never raises."""
        body = fold(text.body)
        if not may_be_texted(text.to):
            return _not_sent(codes.NOT_A_MOBILE)
        if len(body) > MOST_CHARACTERS:
            return _not_sent(codes.TOO_LONG)
        return await self._in_thread(lambda: self._create(text, body))

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

        def look() -> Sent | None:
            found = self._client.messages.list(to=text.to, limit=_LOOKED_AT)
            return _same_text(found, text, since, already_known)

        try:
            return await self._in_thread(look)
        except Exception:
            raise CannotTell from None

    async def received_since(self, since: datetime) -> list[dict[str, str]]:
        """List the texts that came in since then, oldest first, as a webhook has them.

        Raises:
            CannotTell: when Twilio gives no readable answer.
        """

        def look() -> list[dict[str, str]]:
            # One after the other, or a busy day would be held in memory as a whole.
            found = self._client.messages.stream(date_sent_after=since, page_size=_PAGE)
            return [_as_fields(one) for one in found if one.direction == "inbound"]

        try:
            return (await self._in_thread(look))[::-1]
        except Exception:
            raise CannotTell from None

    async def forget(self, provider_message_id: str) -> bool:
        """Delete Twilio's own copy of a text, sent or received; False to try later."""

        def delete() -> bool:
            return bool(self._client.messages(provider_message_id).delete())

        try:
            return await self._in_thread(delete)
        except TwilioRestException as refused:
            return bool(refused.status == 404)
        except Exception:
            return False

    def close(self) -> None:
        """Stop taking texts; those being sent finish on their own."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.http_client.session.close()

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _create(self, text: OutgoingText, body: str) -> SendResult:
        address = status_address(self._settings.public_address, text.outbox)
        sender = self._settings.sender
        by = (
            "messaging_service_sid"
            if sender.startswith(_MESSAGING_SERVICE)
            else "from_"
        )
        try:
            message = self._client.messages.create(
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
    if isinstance(fault, ConnectTimeout):
        return True
    if not isinstance(fault, BrokenConnection) or not fault.args:
        return False
    cause = fault.args[0]
    return isinstance(cause, MaxRetryError) and isinstance(
        cause.reason, NewConnectionError
    )


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
