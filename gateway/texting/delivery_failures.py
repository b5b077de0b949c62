"""What follows when a text did not arrive: sent again later, or staff are told.

The table of codes (`channels/sms/codes.yml`) says which; nothing of a text is in it.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from channels.sms.codes import UNKNOWN, CodeRule, CrisisStaff, RetryAdvice, rule_for
from foundations.clock import Clock
from foundations.ids import ConversationId, OutboxId
from gateway.handing_over.alerting import Alerting
from gateway.recording import organisation_of
from handover import Organisations
from storage import UnitOfWork
from storage.records import (
    Claimed,
    DeliveryRecorded,
    OutboundKind,
    OutboundState,
)

log = logging.getLogger("handrail.outbox")

TO_A_YOUNG_PERSON: Final = frozenset(
    {OutboundKind.ORDINARY, OutboundKind.SYSTEM, OutboundKind.CRISIS}
)
"""An alert to staff is not sent again: it goes on to the next way."""


@dataclass(frozen=True)
class DeliveryFailures:
    """Acts on what the network says of a text, inside the work that records it."""

    organisations: Organisations
    alerting: Alerting
    clock: Clock

    def reported(
        self, unit: UnitOfWork, found: DeliveryRecorded, code: str | None
    ) -> None:
        """Send again after the table's next pause; tell staff of a crisis text."""
        if found.state is not OutboundState.UNDELIVERABLE or not found.moved:
            return
        if found.kind not in TO_A_YOUNG_PERSON or found.outbox_id is None:
            return
        rule = rule_for(code or UNKNOWN)
        if rule.tell_operator:
            log.error("text %s did not arrive: %s", found.outbox_id, rule.code)
        pause = _next_pause(rule, found.tries)
        if pause is not None:
            later = self.clock() + pause
            unit.outbox.retry(found.outbox_id, later, code or UNKNOWN)
        is_told_now = rule.crisis_staff is CrisisStaff.AT_ONCE or pause is None
        if found.kind is OutboundKind.CRISIS and is_told_now:
            self._tell(unit, found.outbox_id, found.conversation)

    def gave_up(self, unit: UnitOfWork, claimed: Claimed) -> None:
        """Tell staff of a crisis text that was refused before it left."""
        if claimed.kind is OutboundKind.CRISIS:
            self._tell(unit, claimed.id, claimed.conversation)

    def _tell(
        self, unit: UnitOfWork, text: OutboxId, conversation: ConversationId | None
    ) -> None:
        if conversation is None:
            return
        here = unit.conversations.get(conversation)
        organisation = organisation_of(unit, here, self.organisations.home)
        self.alerting.crisis_text_lost(unit, text, organisation, here.handover_case)


def _next_pause(rule: CodeRule, tries: int) -> timedelta | None:
    """Give how long to wait before the next try; None when there is none.

    `tries` counts sends by the outbox: none yet for words that left in a webhook.
    """
    again = max(tries - 1, 0)
    if rule.advice is not RetryAdvice.RETRY_SAFE or again >= len(rule.retry_after_s):
        return None
    return timedelta(seconds=rule.retry_after_s[again])
