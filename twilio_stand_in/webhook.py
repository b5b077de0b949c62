"""Calling a webhook as Twilio does: signed, with its waits and its further tries."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag
from uuid import uuid4

import httpx
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from foundations.plain_http import TRUSTS_NOBODY
from twilio_stand_in.connection import ConnectionRules, connection_rules

_HEADERS: Final = {
    "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    "User-Agent": "TwilioProxy/1.1",
    "Accept": "*/*",
    "X-Home-Region": "us1",
}


@dataclass(frozen=True)
class Answer:
    """What a webhook answered in the end; no status when it never did.

    `outcomes` has one entry per try: an HTTP status, or `ct` or `rt` for no
    connection and no answer in time.
    """

    outcomes: tuple[str, ...]
    status: int | None = None
    content_type: str = ""
    body: str = field(default="", repr=False)

    @property
    def good(self) -> bool:
        """Whether Twilio takes it for an answer."""
        return self.status is not None and 200 <= self.status < 300


class WebhookCaller:
    """Signs and posts form fields; the same token on every try of one delivery."""

    def __init__(self, auth_token: str, *, sign_fragment: bool) -> None:
        self._validator = RequestValidator(auth_token)
        self._sign_fragment = sign_fragment
        # No proxies: everything it calls is on this machine.
        self._http = httpx.AsyncClient(
            trust_env=False, follow_redirects=False, verify=TRUSTS_NOBODY
        )

    async def call(self, address: str, fields: Mapping[str, str]) -> Answer:
        """Post until there is a good answer or Twilio would stop trying."""
        rules = connection_rules(address)
        headers = self._signed(address, fields)
        outcomes: list[str] = []
        try:
            async with asyncio.timeout(rules.total):
                for _ in range(rules.retries + 1):
                    answer = await self._post(address, fields, headers, rules)
                    outcomes.extend(answer.outcomes)
                    if answer.good or not _worth_another_try(answer, rules):
                        break
        except TimeoutError:
            return Answer((*outcomes, "rt"))
        return Answer(tuple(outcomes), answer.status, answer.content_type, answer.body)

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()

    def _signed(self, address: str, fields: Mapping[str, str]) -> dict[str, str]:
        signed_over = address if self._sign_fragment else urldefrag(address).url
        return {
            **_HEADERS,
            "I-Twilio-Idempotency-Token": str(uuid4()),
            "X-Twilio-Signature": self._validator.compute_signature(
                signed_over, fields
            ),
        }

    async def _post(
        self,
        address: str,
        fields: Mapping[str, str],
        headers: Mapping[str, str],
        rules: ConnectionRules,
    ) -> Answer:
        waits = httpx.Timeout(rules.read, connect=rules.connect)
        try:
            got = await self._http.post(
                urldefrag(address).url, data=fields, headers=headers, timeout=waits
            )
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Answer(("ct",))
        except httpx.TransportError:
            return Answer(("rt",))
        content_type = got.headers.get("content-type", "").partition(";")[0]
        return Answer((str(got.status_code),), got.status_code, content_type, got.text)


def _worth_another_try(answer: Answer, rules: ConnectionRules) -> bool:
    last = answer.outcomes[-1]
    fault = last if answer.status is None else f"{last[0]}xx"
    return rules.tries_again_after(fault)
