"""Who does which work that is due later: one handler for every kind."""

from collections.abc import Callable, Mapping

from bot.languages import Languages
from foundations.clock import Clock
from foundations.ids import ConversationId
from gateway.due_worker import DueWorker, Handler
from gateway.finding_help.opening_reminders import OpeningReminders
from gateway.plans.check_ins import check_in_handlers
from runtime.wiring.handover import HandoverSide
from signposting import Directory
from storage import Database


def due_worker(
    database: Database,
    directory: Directory,
    languages: Languages,
    clock: Clock,
    said: Callable[[ConversationId], None],
    handover: HandoverSide,
) -> DueWorker:
    """Build the worker with the handlers of every room."""
    handlers = _together(
        check_in_handlers(languages, clock),
        handover.handlers,
        OpeningReminders(directory, languages, clock).handlers(),
    )
    return DueWorker(database, handlers, clock, said)


def _together(*rooms: Mapping[str, Handler]) -> Mapping[str, Handler]:
    """Put the rooms' handlers side by side; ValueError when two claim one kind."""
    handlers: dict[str, Handler] = {}
    for room in rooms:
        if handlers.keys() & room.keys():
            raise ValueError("two handlers for one kind of due work")
        handlers.update(room)
    return handlers
