"""Sending one text through a second provider, in the shape Vonage gives its SMS API.

`POST /sms/json`, a form, and an answer with one status for each part; read in November
2026 at developer.vonage.com (SMS API, troubleshooting, delivery receipts). Nothing it
says in words leaves this file, only codes.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import httpx

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
from channels.sms.receipts import receipt_address
from foundations.gsm7 import encoding, fold

VONAGE_ADDRESS: Final = "https://rest.nexmo.com"
SEND_PATH: Final = "/sms/json"
MOST_CHARACTERS: Final = 1600
_TAKEN: Final = "0"
_OUR_CODES: Final = {
    "1": codes.TOO_MANY_REQUESTS,
    "4": codes.ACCOUNT_REFUSED,
    "5": codes.NO_ANSWER,
    "7": "30004",
    "8": codes.ACCOUNT_REFUSED,
    "9": codes.ACCOUNT_REFUSED,
    "11": codes.ACCOUNT_REFUSED,
    "12": codes.TOO_LONG,
}
"""Its statuses, by the code of ours with the same rule; others stop the text."""


@dataclass(frozen=True)
class VonageSettings:
    """Whose account sends, and as whom.

    `sender` is a number (no plus sign is sent) or a registered name of up to 11
    letters; `public_address` is where receipts go; `timeout` is in seconds.
    """

    key: str
    secret: str = field(repr=False)
    sender: str
    public_address: str
    api_address: str = VONAGE_ADDRESS
    timeout: float = 10.0


class VonageSender:
    """Sends texts by plain HTTP; each send is one request and one answer."""

    def __init__(self, settings: VonageSettings) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(
            timeout=settings.timeout,
            # A stand-in on this machine is not behind anyone's proxy.
            trust_env=settings.api_address == VONAGE_ADDRESS,
        )

    async def send(self, text: OutgoingText) -> SendResult:
        """Send one text once, and say what became of it; never raises."""
        body = fold(text.body)
        if not may_be_texted(text.to):
            return _not_sent(codes.NOT_A_MOBILE)
        if len(body) > MOST_CHARACTERS:
            return _not_sent(codes.TOO_LONG)
        address = self._settings.api_address.rstrip("/") + SEND_PATH
        try:
            answer = await self._client.post(address, data=self._form(text, body))
            return _read(answer)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            return _not_sent(codes.UNREACHABLE)
        except Exception:
            # What went wrong may hold a number: only that nobody can tell is kept.
            return _not_sent(codes.NO_ANSWER)

    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None:
        """Say that nobody can tell: what was sent is not listed there by its words.

        Raises:
            CannotTell: always. Its receipt, which names the text, settles it.
        """
        raise CannotTell

    async def close(self) -> None:
        """Let its connections go."""
        await self._client.aclose()

    def _form(self, text: OutgoingText, body: str) -> dict[str, str]:
        settings = self._settings
        return {
            "api_key": settings.key,
            "api_secret": settings.secret,
            "from": settings.sender.lstrip("+"),
            "to": text.to.lstrip("+"),
            "text": body,
            "type": "text" if encoding(body) == "GSM-7" else "unicode",
            "ttl": str(VALIDITY_S[text.kind] * 1000),
            "client-ref": text.outbox,
            "status-report-req": "1",
            "callback": receipt_address(
                settings.public_address, settings.secret, text.outbox
            ),
        }


def _read(answer: httpx.Response) -> SendResult:
    """Read an answer: a text in parts is sent when its first part was taken."""
    if answer.status_code == 429:
        return _not_sent(codes.TOO_MANY_REQUESTS)
    if answer.status_code in (401, 403):
        return _not_sent(codes.ACCOUNT_REFUSED)
    if answer.status_code >= 500:
        return _not_sent(codes.NO_ANSWER)
    if answer.status_code != 200:
        return _not_sent(codes.UNKNOWN)
    parts: list[dict[str, Any]] = answer.json()["messages"]
    first = parts[0]
    if first["status"] == _TAKEN:
        return Sent(str(first["message-id"]), len(parts))
    return _not_sent(_OUR_CODES.get(str(first["status"]), codes.UNKNOWN))


def _not_sent(code: str) -> NotSent:
    return NotSent(code, rule_for(code).advice)
