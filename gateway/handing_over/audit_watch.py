"""Watch over the audit trail: checked whole every morning, its head kept elsewhere.

The trail's last link leaves by an alert, so that rows cut off the end show too: the
next morning's check is against the head that was sent the morning before.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from foundations.clock import next_morning
from foundations.ids import new_id
from gateway.due_worker import Handler
from gateway.handing_over.alert_sending import AlertSending, NewAlert, alert_words
from handover.on_call import Address, Way
from handover.timers import AlertStep
from storage import UnitOfWork
from storage.due_work import DueWork, NewDueWork

log = logging.getLogger("handrail.audit")

LOOK: Final = "audit.look"
HEAD: Final = "audit_head"
BROKEN: Final = "audit_broken"
PORTION: Final = 1000
"""Rows checked in one transaction, so that a long trail keeps nobody waiting."""


@dataclass(frozen=True)
class AuditWatch:
    """Checks the trail, and sends its head to the lead of the home organisation.

    The head goes by e-mail or webhook, which keep what they are sent; to a lead who
    has neither it is only logged. A broken trail is told by every way there is.
    """

    sending: AlertSending
    address: str

    def handlers(self) -> Mapping[str, Handler]:
        """Name what is done later."""
        return {LOOK: self.look}

    def begin(self, unit: UnitOfWork) -> None:
        """Promise the next look; safe at every start."""
        self._promise(unit)

    def look(self, unit: UnitOfWork, work: DueWork) -> None:
        """Check one portion of the trail; after the last one, say what was found."""
        kept = json.loads(work.payload or "{}")
        newest, _ = unit.audit.head()
        after = max(int(kept.get("after", 0)), unit.audit.removed_upto())
        upto = min(after + PORTION, newest)
        broken = unit.audit.verify(after, upto) if upto > after else None
        if broken is None and upto < newest:
            self._promise_portion(unit, {**kept, "after": upto})
            return
        if broken is None and "number" in kept:
            is_kept = unit.audit.link_of(kept["number"]) == kept["link"]
            broken = None if is_kept else int(kept["number"])
        self._say(unit, broken)
        self._promise(unit, kept if broken is not None else None)

    def _say(self, unit: UnitOfWork, broken: int | None) -> None:
        if broken is None:
            number, head = unit.audit.head()
            body = alert_words()[HEAD].format(head=f"{number}:{head.hex()}")
            log.info("audit trail: sound; its head is %d:%s", number, head.hex())
            self._tell(unit, HEAD, body)
            return
        log.error("audit trail: row %d is not sound", broken)
        link = f"{self.address}/staff/audit"
        self._tell(unit, BROKEN, alert_words()[BROKEN].format(row=broken, link=link))

    def _tell(self, unit: UnitOfWork, step: str, body: str) -> None:
        sending = self.sending
        home = sending.organisations.named(sending.organisations.home)
        is_holiday = sending.cover.is_holiday(home)
        lead = home.on_call.for_step(AlertStep.LEAD, sending.clock(), is_holiday)
        if lead is None:
            log.error("the home organisation has no lead on call")
            return
        ways = _that_keep(lead.addresses) if step == HEAD else lead.addresses
        if ways:
            sending.send(unit, NewAlert(home.id, step, body), lead, ways)

    def _promise(
        self, unit: UnitOfWork, still: Mapping[str, object] | None = None
    ) -> None:
        """Promise tomorrow's look, against today's head unless an older one stands."""
        moment = next_morning(self.sending.clock())
        number, link = unit.audit.head()
        today = {"number": number, "link": link.hex()} if number else {}
        against = {
            key: each for key, each in (still or today).items() if key != "after"
        }
        self._add(unit, moment, f"{LOOK}:{moment.isoformat()}", against)

    def _promise_portion(self, unit: UnitOfWork, kept: Mapping[str, object]) -> None:
        self._add(unit, self.sending.clock(), f"{LOOK}:{new_id()}", kept)

    def _add(
        self, unit: UnitOfWork, moment: datetime, key: str, kept: Mapping[str, object]
    ) -> None:
        payload = json.dumps(dict(kept))
        unit.due_work.add(NewDueWork(LOOK, moment, key, payload=payload))


def _that_keep(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    return tuple(one for one in addresses if one.way is not Way.SMS)
