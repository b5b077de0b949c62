"""Put the warm handover together: asking, waiting, alerts, and moves between people."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.turns.cover import CoverLook
from bot.turns.handover_asking import AskingParts
from bot.words import Words
from foundations.clock import Clock
from gateway.due_worker import Handler
from gateway.handing_over.alerting import Alerting
from gateway.handing_over.answers import HandoverAnswers
from gateway.handing_over.asking_ends import AskingEnds
from gateway.handing_over.cover_watch import CoverWatch
from gateway.handing_over.moves import HandoverMoves
from gateway.handing_over.waiting import Waiting
from handover import Organisations
from signposting import Directory
from storage import Database


@dataclass(frozen=True)
class HandoverSide:
    """The parts of the warm handover that other parts are handed."""

    answers: HandoverAnswers
    watch: CoverWatch
    handlers: Mapping[str, Handler]
    waiting: Waiting
    moves: HandoverMoves


def handover_side(
    database: Database,
    organisations: Organisations,
    words: Words,
    directory: Directory,
    clock: Clock,
    address: str,
) -> HandoverSide:
    """Build it; `address` is where the staff pages are, for the links of alerts."""
    cover = CoverLook(directory, clock)
    alerting = Alerting(organisations, cover, clock, address)
    waiting = Waiting(organisations, words, cover, clock, alerting)
    moves = HandoverMoves(organisations, words, clock, waiting)
    parts = AskingParts(organisations, words, directory, clock)
    watch = CoverWatch(organisations, cover, clock, address)
    ending = AskingEnds(clock)
    answers = HandoverAnswers(database, parts, cover, waiting, watch, ending, moves)
    handlers = {**waiting.handlers(), **watch.handlers(), **ending.handlers()}
    return HandoverSide(answers, watch, handlers, waiting, moves)
