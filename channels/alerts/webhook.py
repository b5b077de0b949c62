"""Alerts by webhook, signed as the Standard Webhooks specification has it.

The receiver checks HMAC-SHA-256 over `id.timestamp.body`, base64, in the header
`webhook-signature: v1,...`; `webhook-id` is the same when an alert comes twice.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import httpx

from channels.alerts.pinned import Pinned, Resolve, pin, resolve
from channels.sms.codes import RetryAdvice
from channels.sms.outgoing import NotSent, OutgoingText, SendResult, Sent
from foundations.clock import Clock

TIMEOUT_S: Final = 5.0
LOOKING_UP: Final = 2
"""Threads: a name server that hangs holds up other webhooks, and nothing else."""
NOT_SET: Final = "webhook_not_set"
NOT_ALLOWED: Final = "webhook_not_allowed"
REFUSED: Final = "webhook_refused"
UNREACHABLE: Final = "webhook_unreachable"
_TRY_AGAIN: Final = frozenset({408, 425, 429})


@dataclass(frozen=True)
class WebhookAlerts:
    """Posts alerts.

    `only_public` lets by only https to the public internet, and of that only `hosts`;
    a local run may post to this machine. `trusted` replaces the system's certificates.
    """

    secret: str = field(repr=False)
    clock: Clock
    only_public: bool
    hosts: frozenset[str] = frozenset()
    look_up: Resolve = resolve
    trusted: ssl.SSLContext | None = None
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(LOOKING_UP, "handrail-webhook"),
        repr=False,
        compare=False,
    )

    async def send(self, text: OutgoingText) -> SendResult:
        """Post one alert once, and say what became of it; never raises.

        Redirects are not followed and the answer's body is not read.
        """
        if not self.secret:
            return NotSent(NOT_SET, RetryAdvice.PERMANENT)
        body = json.dumps({"text": text.body}).encode()
        try:
            pinned = await self._looked_up(text.to)
            if pinned is None:
                return NotSent(NOT_ALLOWED, RetryAdvice.PERMANENT)
            status = await self._post(text, body, pinned)
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

    async def _looked_up(self, address: str) -> Pinned | None:
        """Look an address up; OSError when there is none, or not in time."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(TIMEOUT_S):
            return await loop.run_in_executor(self._threads, self._pin, address)

    def _pin(self, address: str) -> Pinned | None:
        return pin(
            address,
            hosts=self.hosts,
            only_public=self.only_public,
            look_up=self.look_up,
        )

    async def _post(self, text: OutgoingText, body: bytes, pinned: Pinned) -> int:
        at = str(int(self.clock().timestamp()))
        headers = {
            "host": pinned.host,
            "content-type": "application/json",
            "webhook-id": text.outbox,
            "webhook-timestamp": at,
            "webhook-signature": signature(self.secret, text.outbox, at, body),
        }
        async with (
            httpx.AsyncClient(
                timeout=TIMEOUT_S,
                trust_env=False,
                follow_redirects=False,
                verify=self.trusted or True,
            ) as caller,
            caller.stream(
                "POST",
                pinned.url,
                content=body,
                headers=headers,
                # The certificate must be the name's, though the address is dialled.
                extensions={"sni_hostname": pinned.name},
            ) as answer,
        ):
            return answer.status_code


def signature(secret: str, id: str, at: str, body: bytes) -> str:
    """Sign a body for its receiver."""
    signed = b".".join((id.encode(), at.encode(), body))
    made = hmac.digest(secret.encode(), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(made).decode()}"
