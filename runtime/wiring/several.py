"""What several gateways share, when there are several: turns, news, knocks."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channels.per_address import Knocks, KnocksInMemory
from foundations.clock import Clock
from gateway.news import News
from gateway.turns import Turns
from runtime.settings import Settings
from storage import Keys

if TYPE_CHECKING:
    from gateway.between import BetweenGateways


@dataclass(frozen=True)
class Shared:
    """What one gateway has of it; with one gateway, everything stays in it."""

    turns: Turns
    news: News
    knocks: Knocks
    line: "BetweenGateways | None"

    async def run(self) -> None:
        """Tell other gateways and hear them, until cancelled."""
        if self.line is not None:
            await self.line.run(self.news.hear, self.news.missed)

    async def close(self) -> None:
        """Give back every turn, and let go of the line."""
        await self.turns.close()
        if self.line is not None:
            await self.line.close()


def shared(settings: Settings, keys: Keys, clock: Clock) -> Shared:
    """Share turns on PostgreSQL, and news and knocks where Redis is named."""
    turns = Turns(None)
    if settings.database.startswith("postgresql"):
        # Imported here, as below: SQLite needs no client of a server.
        from storage.turn_locks import TurnLocks

        turns = Turns(TurnLocks(settings.database))
    alone = KnocksInMemory(clock)
    url = settings.redis_url.get_secret_value()
    if not url:
        return Shared(turns, News(), alone, None)

    # Imported here: one gateway starts without it.
    from gateway.between import BetweenGateways

    def name(address: str) -> str:
        return hmac.digest(keys.token, address.encode(), hashlib.sha256).hex()

    line = BetweenGateways(url, name, alone)
    return Shared(turns, News(others=line), line, line)
