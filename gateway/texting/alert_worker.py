"""Alerts to staff leave beside the texts, and beside each other.

When one way is silent, whoever waits for an answer there holds up no other alert: a way
that failed must be followed by the next one within half a minute (`alert_sending`).
"""

import asyncio
import logging
from typing import Final

from gateway.rounds import Rounds
from gateway.texting.outbox_worker import LEASE_S, OutboxWorker
from storage import Database, StorageError
from storage.records import Claimed

log = logging.getLogger("handrail.alerts")

UNDER_WAY_AT_MOST: Final = 100


class AlertWorker(Rounds):
    """Claims alerts and sends each by itself until cancelled.

    `outbox` does the sending; its carrier must have threads of its own.
    """

    name = "the alerts"
    gathers_s = 0.1

    def __init__(self, database: Database, outbox: OutboxWorker) -> None:
        super().__init__()
        self._database = database
        self._outbox = outbox
        self._under_way: set[asyncio.Task[None]] = set()

    async def do_round(self) -> bool:
        """Begin to send what is due; say whether there was anything."""
        free = UNDER_WAY_AT_MOST - len(self._under_way)
        if free == 0:
            await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
            return True
        claimed = await self._database.write(
            lambda unit: unit.outbox.claim_alerts(free, LEASE_S)
        )
        for one in claimed:
            task = asyncio.create_task(self._send(one))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return bool(claimed)

    async def _send(self, claimed: Claimed) -> None:
        try:
            await self._outbox.send(claimed)
        except StorageError as away:
            # The lease runs out by itself, and then it is claimed again.
            log.warning("alert %s: %s", claimed.id, type(away).__name__)
