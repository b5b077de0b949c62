"""Who takes up what was left: the spool, what is set aside, what waits unanswered."""

from foundations.clock import Clock
from gateway.metrics import Metrics
from gateway.pipeline import Pipeline
from gateway.replaying import Replaying, SetAside
from gateway.sweeper import Sweeper
from runtime.settings import Settings
from runtime.wiring.handover import HandoverSide
from storage import Database, Keys, Spool


def kept_aside(settings: Settings, keys: Keys) -> Spool:
    """Give the file beside the spool that holds what the records refuse."""
    return Spool(settings.home / "spool.set_aside", keys.spool)


def sweeper(
    settings: Settings,
    database: Database,
    keys: Keys,
    spool: Spool,
    pipeline: Pipeline,
    counted: Metrics,
    handover: HandoverSide,
    clock: Clock,
) -> Sweeper:
    """Build it, with somebody to tell of what the records refuse."""

    async def tell(found: SetAside) -> None:
        counted.set_aside.set(found.kept + found.unreadable)
        # A line that does not open may be no message: the lead is told of it once.
        told = found.kept + found.new
        await database.write(lambda unit: handover.set_aside.tell(unit, told))

    set_aside = kept_aside(settings, keys)
    replaying = Replaying(spool, set_aside, pipeline.replay, tell, clock)
    return Sweeper(database, replaying, pipeline, clock)
