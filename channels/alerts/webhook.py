"""Alerts by webhook, signed as the Standard Webhooks specification has it.

The receiver checks HMAC-SHA-256 over `id.timestamp.body`, base64, in the header
`webhook-signature: v1,...`; `webhook-id` is the same when an alert comes twice.
"""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from channels.sms.codes import RetryAdvice
from channels.sms.outgoing import NotSent, OutgoingText, SendResult, Sent
from foundations.clock import Clock

TIMEOUT_S: Final = 5.0
NOT_SET: Final = "webhook_not_set"
NOT_ALLOWED: Final = "webhook_not_allowed"
REFUSED: Final = "webhook_refused"
UNREACHABLE: Final = "webhook_unreachable"
_TRY_AGAIN: Final = frozenset({408, 425, 429})


@dataclass(frozen=True)
class WebhookAlerts:
    """Posts alerts. An address outside the public internet is only let by locally."""

    secret: str = field(repr=False)
    clock: Clock
    only_public: bool

    async def send(self, text: OutgoingText) -> SendResult:
        """Post one alert once, and say what became of it; never raises.

        Redirects are not followed and the answer's body is not read.
        """
        if not self.secret:
            return NotSent(NOT_SET, RetryAdvice.PERMANENT)
        if self.only_public and not await asyncio.to_thread(_is_public, text.to):
            return NotSent(NOT_ALLOWED, RetryAdvice.PERMANENT)
        body = json.dumps({"text": text.body}).encode()
        try:
            status = await self._post(text, body)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return NotSent(UNREACHABLE, RetryAdvice.RETRY_SAFE)
        if status < 300:
            return Sent(f"webhook:{text.outbox}", 1)
        if status >= 500 or status in _TRY_AGAIN:
            return NotSent(UNREACHABLE, RetryAdvice.RETRY_SAFE)
        return NotSent(REFUSED, RetryAdvice.PERMANENT)

    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None:
        """Nobody can tell; the receiver knows a repeat by its id."""
        return None

    async def _post(self, text: OutgoingText, body: bytes) -> int:
        at = str(int(self.clock().timestamp()))
        headers = {
            "content-type": "application/json",
            "webhook-id": text.outbox,
            "webhook-timestamp": at,
            "webhook-signature": signature(self.secret, text.outbox, at, body),
        }
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as caller,
            caller.stream("POST", text.to, content=body, headers=headers) as answer,
        ):
            return answer.status_code


def signature(secret: str, id: str, at: str, body: bytes) -> str:
    """Sign a body for its receiver."""
    signed = b".".join((id.encode(), at.encode(), body))
    made = hmac.digest(secret.encode(), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(made).decode()}"


def _is_public(address: str) -> bool:
    """Tell whether an https address leads only to the public internet."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return False
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443)
    except OSError:
        return False
    return all(ipaddress.ip_address(one[4][0]).is_global for one in found)
