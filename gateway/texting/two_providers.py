"""Texts leave by one of two providers, and each text is pinned to the one that has it.

The limit: an ordinary text is never given to both, unless the one that had it says that
it did not go. A crisis text whose fate nobody knows is sent again by whoever is in use.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from channels.sms.outgoing import OutgoingText, SendResult, Sent
from foundations.ids import OutboxId
from gateway.texting.outbox_worker import Sender
from gateway.texting.which_provider import Provider, WhichProvider
from storage import Database


class TwoProviders:
    """A sender made of two; the pin is in the records before the text leaves."""

    def __init__(
        self,
        database: Database,
        senders: Mapping[Provider, Sender],
        which: WhichProvider,
    ) -> None:
        self._database = database
        self._senders = senders
        self._which = which

    async def send(self, text: OutgoingText) -> SendResult:
        """Send by whoever is in use, once it is written down who that is."""
        provider = self._which.now()
        await self._database.write(
            lambda unit: unit.outbox.pin(text.outbox, provider.value)
        )
        result = await self._senders[provider].send(text)
        self._which.became(provider, result)
        return result

    async def find_sent(
        self, text: OutgoingText, since: datetime, already_known: Collection[str] = ()
    ) -> Sent | None:
        """Ask the provider that was given the text, whoever is in use now."""
        provider = await self._pinned(text.outbox)
        return await self._senders[provider].find_sent(text, since, already_known)

    async def _pinned(self, outbox: OutboxId) -> Provider:
        name = await self._database.read(lambda unit: unit.outbox.pinned(outbox))
        return Provider(name) if name else Provider.FIRST
