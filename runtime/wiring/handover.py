"""Put the warm handover together: asking, waiting, alerts, and moves between people."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.languages import Languages
from bot.turns.cover import CoverLook
from bot.turns.handover_asking import AskingParts
from foundations.clock import Clock
from gateway.due_worker import Handler
from gateway.handing_over.agreement_watch import AgreementWatch
from gateway.handing_over.alert_sending import AlertSending
from gateway.handing_over.alerting import Alerting
from gateway.handing_over.answers import HandoverAnswers
from gateway.handing_over.asking_ends import AskingEnds
from gateway.handing_over.audit_watch import AuditWatch
from gateway.handing_over.cover_keeping import CoverKeeping
from gateway.handing_over.cover_watch import CoverWatch
from gateway.handing_over.moves import HandoverMoves
from gateway.handing_over.provider_alert import ProviderAlert
from gateway.handing_over.set_aside_alert import SetAsideAlert
from gateway.handing_over.unanswered import Unanswered
from gateway.handing_over.waiting import Waiting
from gateway.texting.delivery_failures import DeliveryFailures
from handover import Organisations
from signposting import Directory
from storage import Database, UnitOfWork


@dataclass(frozen=True)
class HandoverSide:
    """The parts of the warm handover that other parts are handed."""

    answers: HandoverAnswers
    watches: tuple[CoverWatch, AgreementWatch, AuditWatch]
    handlers: Mapping[str, Handler]
    waiting: Waiting
    moves: HandoverMoves
    unanswered: Unanswered
    failures: DeliveryFailures
    keeping: CoverKeeping
    set_aside: SetAsideAlert
    provider: ProviderAlert

    def begin(self, unit: UnitOfWork) -> None:
        """Take over cover that was set, and watch over it; safe at every start."""
        self.keeping.refresh(unit)
        for watch in self.watches:
            watch.begin(unit)


def handover_side(
    database: Database,
    organisations: Organisations,
    languages: Languages,
    directory: Directory,
    clock: Clock,
    address: str,
) -> HandoverSide:
    """Build it; `address` is where the staff pages are, for the links of alerts."""
    cover = CoverLook(directory, clock)
    sending = AlertSending(organisations, cover, clock)
    alerting = Alerting(sending, address)
    waiting = Waiting(organisations, languages, cover, clock, alerting)
    moves = HandoverMoves(organisations, languages, clock, waiting)
    parts = AskingParts(organisations, languages.english, directory, clock)
    watch = CoverWatch(sending, address)
    agreements = AgreementWatch(sending, address)
    watches = (watch, agreements, AuditWatch(sending, address))
    ending, unanswered = AskingEnds(clock), Unanswered(moves, clock)
    answers = HandoverAnswers(
        database, parts, cover, waiting, watch, agreements, ending, moves
    )
    handlers = {
        **waiting.handlers(),
        **ending.handlers(),
        **unanswered.handlers(),
    }
    for each in watches:
        handlers.update(each.handlers())
    keeping = CoverKeeping(database, organisations)
    failures = DeliveryFailures(organisations, alerting, clock)
    return HandoverSide(
        answers=answers,
        watches=watches,
        handlers=handlers,
        waiting=waiting,
        moves=moves,
        unanswered=unanswered,
        failures=failures,
        keeping=keeping,
        set_aside=SetAsideAlert(sending),
        provider=ProviderAlert(sending),
    )
