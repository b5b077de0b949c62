"""One sender for every text and alert: the recipient's prefix names the way it goes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from channels.sms.codes import RetryAdvice
from channels.sms.outgoing import NotSent, OutgoingText, SendResult, Sent

NO_SUCH_WAY = "no_such_way"


class Sends(Protocol):
    """Whatever carries a text one way."""

    async def send(self, text: OutgoingText) -> SendResult: ...
    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None: ...


@dataclass(frozen=True)
class ByWay:
    """Sends to `email:...` and `webhook:...` by those ways, and the rest as a text."""

    sms: Sends
    others: Mapping[str, Sends]

    async def send(self, text: OutgoingText) -> SendResult:
        """Send by the way that the recipient names; never raises."""
        way, told = _read(text)
        if way == "sms":
            return await self.sms.send(told)
        if way in self.others:
            return await self.others[way].send(told)
        return NotSent(NO_SUCH_WAY, RetryAdvice.PERMANENT)

    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None:
        """Look whether it left after all; raises as the way's own look does."""
        way, told = _read(text)
        carrier = self.sms if way == "sms" else self.others.get(way)
        if carrier is None:
            return None
        return await carrier.find_sent(told, since, already_known)


def _read(text: OutgoingText) -> tuple[str, OutgoingText]:
    way, colon, to = text.to.partition(":")
    return (way, replace(text, to=to)) if colon else ("sms", text)
