"""The Twilio account that sends, and its client at an address we choose."""

import logging
from dataclasses import dataclass, field
from typing import Any, Final

from twilio.http.http_client import (  # type: ignore[import-untyped]
    TwilioHttpClient,
)
from twilio.rest import Client  # type: ignore[import-untyped]

TWILIO_ADDRESS: Final = "https://api.twilio.com"

# The library writes numbers and addresses to its log; ours are nobody's business.
_quiet = logging.getLogger("twilio.http_client")
_quiet.setLevel(logging.CRITICAL)
logging.getLogger("urllib3.connectionpool").setLevel(logging.WARNING)


@dataclass(frozen=True)
class SendingSettings:
    """Whose account sends, from which number (or Messaging Service, `MG...`).

    `public_address` is where delivery is reported to; `timeout` is in seconds for
    each connection and each answer.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    sender: str
    public_address: str
    api_address: str = TWILIO_ADDRESS
    timeout: float = 10.0


class AddressedHttpClient(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's HTTP client, pointed at the address we were given, and silent."""

    def __init__(self, address: str, timeout: float) -> None:
        super().__init__(timeout=timeout, logger=_quiet)
        self._address = address.rstrip("/")
        if address != TWILIO_ADDRESS:
            # A stand-in on this machine is not behind anyone's proxy.
            self.session.trust_env = False

    def request(self, method: str, url: str, *rest: Any, **named: Any) -> Any:
        path = url.removeprefix(TWILIO_ADDRESS)
        return super().request(method, self._address + path, *rest, **named)


def twilio_client(settings: SendingSettings) -> Any:
    """Build the client that makes every request with a timeout."""
    return Client(
        settings.account_sid,
        settings.auth_token,
        http_client=AddressedHttpClient(settings.api_address, settings.timeout),
        # Not empty, or the client would look for a region in our environment.
        environment={"TWILIO_EDGE": ""},
    )
