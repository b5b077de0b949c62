"""Answer although nothing can be written down: spool the message, say the words."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from bot.words import Words
from escalation import Screening
from foundations.ids import ConversationId
from foundations.saying import Channel, Say
from gateway.fixed_words import crisis_words
from gateway.inbound import ByConversation, ByPhone, Inbound, Sender
from gateway.received import PutAside
from gateway.spooling import SpoolTogether
from storage import Spool

log = logging.getLogger("handrail.without_records")

MOST_IN_MEMORY: Final = 10_000
"""Messages of an outage that are at hand to be caught up with; more wait on disk."""

CRISIS_KEEPS_S: Final = 0.25
"""How long fixed words wait for the spool: what hangs the records may hang its disk."""


class StillBehind(Exception):
    """What its sender said before waits on disk: this waits there too, after it."""


class WithoutRecords:
    """What holds when the database is away: the screen, the words, and a spool.

    Or when it is only slow: what is not written down in time is spooled as well, so
    that whoever brought it may let go of it.
    """

    def __init__(self, spool: Spool, words: Words) -> None:
        self._disk = SpoolTogether(spool)
        self._words = words
        self._behind: dict[Sender, dict[str, Inbound]] = {}
        self._in_memory = 0
        # Of whom more waits on disk than is in memory, and how many messages.
        self._beyond: Counter[Sender] = Counter()
        self._written_since: set[str] = set()
        self._keeping: set[asyncio.Task[bool]] = set()
        self._find_left_from_before(spool)

    async def catch_up(
        self, sender: Sender, work: Callable[[Inbound], Awaitable[None]]
    ) -> None:
        """Replay in order what waits from one sender, before anything newer of theirs.

        It stays in the spool until the sweeper's replay, which changes nothing then.
        What `work` raises ends this, and the sender is still behind. StillBehind when
        something of theirs waits on disk alone: the sweeper's replay comes to it.
        """
        if sender in self._beyond:
            if not self._disk.is_empty():
                raise StillBehind
            # Another gateway on the same file has replayed all of it.
            self._beyond.clear()
        for inbound in tuple(self._behind.get(sender, {}).values()):
            await work(inbound)
            self._let_go_of(inbound)

    async def receive(
        self, inbound: Inbound, screening: Screening, *, is_slow: bool = False
    ) -> PutAside:
        """Keep the message for later, and give the fixed words that answer it now.

        When the records are only slow an ordinary message has nothing said to it: its
        answer comes late. A disk that hangs holds up no crisis words.
        """
        words = crisis_words(inbound.text, screening, inbound.channel)
        trouble = self._words.render(Say("menu.trouble"), inbound.channel)
        self._is_behind(inbound)
        keeping = asyncio.create_task(self._keep(inbound, is_answered=bool(words)))
        is_kept = await (self._kept_by_now(keeping) if words else keeping)
        return PutAside(
            said=words or (() if is_slow and is_kept else (trouble,)),
            is_crisis=bool(words),
            is_kept=is_kept,
        )

    def written_down(self, inbound: Inbound) -> None:
        """Be told that what was put aside is in the records after all."""
        if self.is_behind_no_more(inbound):
            self._written_since.add(inbound.provider_message_id)

    def is_written_down(self, inbound: Inbound) -> bool:
        """Tell, once, whether what waits in the spool needs no replay any more."""
        known = inbound.provider_message_id in self._written_since
        self._written_since.discard(inbound.provider_message_id)
        return known

    def is_behind_no_more(self, inbound: Inbound) -> bool:
        """Be told that nothing newer waits for this; tell whether anything did."""
        if self._let_go_of(inbound):
            return True
        left = self._beyond.pop(inbound.sender, 0)
        if left > 1:
            self._beyond[inbound.sender] = left - 1
        return left > 0

    def _let_go_of(self, inbound: Inbound) -> bool:
        theirs = self._behind.get(inbound.sender, {})
        was_there = theirs.pop(inbound.provider_message_id, None) is not None
        self._in_memory -= was_there
        if not theirs:
            self._behind.pop(inbound.sender, None)
        return was_there

    async def _kept_by_now(self, keeping: "asyncio.Task[bool]") -> bool:
        """Wait a moment for the disk; the keeping goes on after that by itself."""
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        done, _ = await asyncio.wait({keeping}, timeout=CRISIS_KEEPS_S)
        return bool(done) and keeping.result()

    async def _keep(self, inbound: Inbound, *, is_answered: bool) -> bool:
        """Spool a message. One that has its answer is held even without a disk:
        the provider, once answered, does not bring it again.
        """
        try:
            await self._disk.append(to_spool(inbound))
        except OSError as trouble:
            log.error("spool unavailable: %s", type(trouble).__name__)
            if not (is_answered and self._disk.hold(to_spool(inbound))):
                self.is_behind_no_more(inbound)
                return False
        return True

    def _is_behind(self, inbound: Inbound) -> None:
        if self._in_memory >= MOST_IN_MEMORY:
            self._beyond[inbound.sender] += 1
            return
        theirs = self._behind.setdefault(inbound.sender, {})
        self._in_memory += inbound.provider_message_id not in theirs
        theirs[inbound.provider_message_id] = inbound

    def _find_left_from_before(self, spool: Spool) -> None:
        """Find what a process before this one spooled, by sender."""
        try:
            for inbound in _readable(spool.each()):
                self._is_behind(inbound)
        except OSError as trouble:
            log.error("spool unavailable: %s", type(trouble).__name__)


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
