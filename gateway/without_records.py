"""Answer although nothing can be written down: spool the message, say the words."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime

from bot.words import Words
from escalation import Screening
from foundations.ids import ConversationId
from foundations.saying import Channel, Say
from gateway.fixed_words import crisis_words
from gateway.inbound import ByConversation, ByPhone, Inbound, Sender
from gateway.received import PutAside
from storage import Spool

log = logging.getLogger("handrail.without_records")


class WithoutRecords:
    """What holds when the database is away: the screen, the words, and a spool."""

    def __init__(self, spool: Spool, words: Words) -> None:
        self._spool = spool
        self._words = words
        self._behind = self._left_from_before()

    async def catch_up(
        self, sender: Sender, work: Callable[[Inbound], Awaitable[None]]
    ) -> None:
        """Replay in order what waits from one sender, before anything newer of theirs.

        It stays in the spool until the sweeper's replay, which changes nothing then.
        What `work` raises ends this, and the sender is still behind.
        """
        if not (spooled := self._behind[sender]):
            return
        for inbound in _readable(await asyncio.to_thread(self._spool.records)):
            if inbound.sender == sender:
                await work(inbound)
        if self._behind[sender] == spooled:
            del self._behind[sender]

    async def receive(self, inbound: Inbound, screening: Screening) -> PutAside:
        """Keep the message for later, and give the fixed words that answer it now."""
        words = crisis_words(inbound.text, screening, inbound.channel)
        trouble = self._words.render(Say("menu.trouble"), inbound.channel)
        return PutAside(
            said=words or (trouble,),
            is_crisis=bool(words),
            is_kept=self._keep(inbound, is_answered=bool(words)),
        )

    def _keep(self, inbound: Inbound, *, is_answered: bool) -> bool:
        """Spool a message. One that has its answer is held even without a disk:
        the provider, once answered, does not bring it again.
        """
        try:
            self._spool.append(to_spool(inbound))
        except OSError as trouble:
            log.error("spool unavailable: %s", type(trouble).__name__)
            if not (is_answered and self._spool.hold(to_spool(inbound))):
                return False
        self._behind[inbound.sender] += 1
        return True

    def _left_from_before(self) -> Counter[Sender]:
        """Count what a process before this one spooled, by sender."""
        try:
            records = self._spool.records()
        except OSError as trouble:
            log.error("spool unavailable: %s", type(trouble).__name__)
            return Counter()
        return Counter(inbound.sender for inbound in _readable(records))


def _readable(records: Iterable[Mapping[str, str]]) -> Iterator[Inbound]:
    """Pass over what another version wrote and this one cannot read."""
    for record in records:
        try:
            inbound = from_spool(record)
        except (KeyError, ValueError):
            continue
        yield inbound


def to_spool(inbound: Inbound) -> dict[str, str]:
    """Write an inbound message as a spool record (the spool encrypts it)."""
    match inbound.sender:
        case ByPhone(number):
            sender = {"phone": number}
        case ByConversation(conversation):
            sender = {"conversation": conversation}
    return {
        "channel": inbound.channel.value,
        "provider_message_id": inbound.provider_message_id,
        "text": inbound.text,
        "received_at": inbound.received_at.isoformat(),
        **sender,
    }


def from_spool(record: Mapping[str, str]) -> Inbound:
    """Read back what `to_spool` wrote. KeyError or ValueError when it did not."""
    phone = record.get("phone")
    conversation = ConversationId(record.get("conversation", ""))
    return Inbound(
        channel=Channel(record["channel"]),
        provider_message_id=record["provider_message_id"],
        sender=ByPhone(phone) if phone else ByConversation(conversation),
        text=record["text"],
        received_at=datetime.fromisoformat(record["received_at"]),
    )
