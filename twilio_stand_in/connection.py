"""How long Twilio waits for a webhook, and when it tries again.

Source: Twilio, "Webhooks: connection overrides", read in November 2026.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag


@dataclass(frozen=True)
class ConnectionRules:
    """Waits in seconds, further tries, and after what they are made."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    retry_after: frozenset[str] = frozenset({"ct"})

    def tries_again_after(self, fault: str) -> bool:
        """Tell whether a fault (ct, rt, 4xx or 5xx) is worth another try."""
        return fault in self.retry_after or "all" in self.retry_after


def connection_rules(address: str) -> ConnectionRules:
    """Read the overrides in an address's fragment; what is not set stays default."""
    overrides = dict(parse_qsl(urldefrag(address).fragment))
    usual = ConnectionRules()
    return ConnectionRules(
        connect=_seconds(overrides.get("ct"), usual.connect),
        read=_seconds(overrides.get("rt"), usual.read),
        total=_seconds(overrides.get("tt"), usual.total),
        retries=int(overrides.get("rc", usual.retries)),
        retry_after=frozenset(overrides.get("rp", "ct").split(",")),
    )


def _seconds(milliseconds: str | None, usual: float) -> float:
    return int(milliseconds) / 1000 if milliseconds else usual
