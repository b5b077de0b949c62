"""Waiting until all that follows from what was said is done.

Whoever works in rounds tells of each round that did something, and so does news of an
answer: looking again and again meanwhile would cost more than what is waited for.
"""

import asyncio
import contextlib
from typing import Any, Final

from foundations.ids import ConversationId
from gateway.news import News
from gateway.rounds import Rounds
from runtime.wiring.house import House
from twilio_stand_in.stand_in import TwilioStandIn

LOOKS_EVERY_S: Final = 0.02
"""For what nobody tells of."""


class Settling:
    """Waits for one house, and for the stand-in that carries its texts."""

    def __init__(self, house: House, stand_in: TwilioStandIn) -> None:
        self._house, self._stand_in = house, stand_in
        self._worked = asyncio.Event()
        for worker in (house.due, house.outbox.texts, house.outbox.alerts):
            # One thing follows another here: nothing else comes to be gathered.
            worker.gathers_s = 0.0
            self._is_told_by(worker)
        self._hears(house.news)

    async def wait(self) -> None:
        """Return once every text is answered, sent and reported on."""
        while True:
            while await self._is_busy():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOKS_EVERY_S):
                        await self._worked.wait()
            carrying = bool(self._stand_in._running)
            await self._stand_in.settled()
            # Only what was carried meanwhile can have brought anything new.
            if not carrying:
                return

    async def _is_busy(self) -> bool:
        now, house = self._house.clock(), self._house

        def look(unit: Any) -> tuple[int, bool, int]:
            waiting = unit.outbox.figures().waiting
            unanswered = bool(unit.inbox.unanswered(1, now))
            return waiting, unanswered, unit.due_work.figures().overdue

        self._worked.clear()
        waiting, unanswered, overdue = await house.database.read(look)
        if waiting:
            house.outbox.wake()
        if overdue:
            house.due.wake()
        return bool(waiting or unanswered or overdue)

    def _is_told_by(self, worker: Rounds) -> None:
        does = worker.do_round

        async def do_round() -> bool:
            did_any = await does()
            if did_any:
                self._worked.set()
            return did_any

        worker.do_round = do_round  # type: ignore[method-assign]

    def _hears(self, news: News) -> None:
        tells = news._tell

        def tell(conversation: ConversationId) -> None:
            tells(conversation)
            self._worked.set()

        news._tell = tell  # type: ignore[method-assign]
