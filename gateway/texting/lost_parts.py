"""A long text of which a part never came: its sender is asked once to say it again.

Twilio notes it on its own copy as 30009 and tells nobody: the reconciler sees it there.
What did arrive was screened, recorded and answered like any other text.
"""

from dataclasses import dataclass
from typing import Final

from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Channel, Say
from gateway.texting.one_text import text_body
from gateway.texting.opt_out import SILENT_FROM
from storage import UnitOfWork
from storage.records import NewOutbound, OutboundKind, Owner

A_PART_IS_MISSING: Final = "30009"


@dataclass(frozen=True)
class LostParts:
    """Asks for the rest, unless a worker is reading or no texts are wanted."""

    words: Words
    clock: Clock

    def ask_again(
        self, unit: UnitOfWork, provider_message_id: str, number: str
    ) -> None:
        """Ask the sender of this text to send it again; a second time says nothing."""
        key = f"part_missing:{provider_message_id}"
        here = unit.conversations.of_phone(number)
        if here is None or unit.outbox.queued_as(key) is not None:
            return
        if here.owner is Owner.STAFF or here.stopped >= SILENT_FROM:
            return
        reply = self.words.render(Say("carrier.part_missing"), Channel.SMS)
        unit.messages.add_outbound(
            conversation=here.id,
            young_person=here.young_person,
            channel=Channel.SMS,
            replies=(reply,),
        )
        unit.outbox.add(
            NewOutbound(
                dedup_key=key,
                kind=OutboundKind.ORDINARY,
                body=text_body((reply,)),
                not_before=self.clock(),
                conversation=here.id,
                young_person=here.young_person,
                keys=(reply.key,),
            )
        )
