"""The Twilio account that sends, and its client at an address we choose."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from aiohttp import (
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    encode_basic_auth,
)
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]
from yarl import URL

TWILIO_ADDRESS: Final = "https://api.twilio.com"

# The library writes numbers and addresses to its log; ours are nobody's business.
_quiet = logging.getLogger("twilio.http_client")
_quiet.setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class SendingSettings:
    """Whose account sends, from which number (or Messaging Service, `MG...`).

    `public_address` is where delivery is reported to; `timeout` is in seconds for
    each connection and each answer, and a request as a whole takes twice that at most:
    less than a text is anybody's to send.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    sender: str
    public_address: str
    api_address: str = TWILIO_ADDRESS
    timeout: float = 10.0


class KeptHttpClient(AsyncHttpClient):  # type: ignore[misc]
    """Carries what twilio's client asks to the address we were given, in silence.

    On the loop and over connections that are kept, by aiohttp (ADR 0020): twilio's own
    client for a loop has no timeout and is made where a loop runs already.
    """

    def __init__(self, address: str, timeout: float) -> None:
        super().__init__(_quiet, is_async=True, timeout=timeout)
        self._address = address.rstrip("/")

    async def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Ask once. Raises aiohttp's errors and TimeoutError."""
        address = self._address + uri.removeprefix(TWILIO_ADDRESS)
        if params:
            address += "?" + urlencode(params, doseq=True)
        async with self._session.request(
            method,
            URL(address, encoded=True),
            data=urlencode(data, doseq=True).encode() if data else None,
            headers={**(headers or {}), **_signed_in(auth)},
            allow_redirects=allow_redirects,
        ) as answer:
            return Response(answer.status, await answer.text(), answer.headers)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._session.close()

    @cached_property
    def _session(self) -> ClientSession:
        """Made at the first request: it belongs to the loop that runs then."""
        # A stand-in on this machine is not behind anyone's proxy.
        is_outside = self._address == TWILIO_ADDRESS
        return ClientSession(
            connector=TCPConnector(
                # The certificates that everything else here trusts.
                ssl=httpx.create_ssl_context(trust_env=is_outside)
                if self._address.startswith("https:")
                else True
            ),
            cookie_jar=DummyCookieJar(),
            trust_env=is_outside,
            timeout=ClientTimeout(
                total=2 * self.timeout,
                sock_connect=self.timeout,
                sock_read=self.timeout,
            ),
        )


def _signed_in(auth: tuple[str, str] | None) -> dict[str, str]:
    return {"Authorization": encode_basic_auth(*auth)} if auth else {}


def twilio_client(settings: SendingSettings) -> Any:
    """Build the client that makes every request with a timeout."""
    return Client(
        settings.account_sid,
        settings.auth_token,
        http_client=KeptHttpClient(settings.api_address, settings.timeout),
        # Not empty, or the client would look for a region in our environment.
        environment={"TWILIO_EDGE": ""},
    )
