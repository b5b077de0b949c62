"""The staff side, put together; and what a local run has to begin with."""

from collections.abc import Callable
from functools import partial

from sanic import Blueprint

from bot.turns.cover import CoverLook
from channels.alerts.pinned import is_allowed
from channels.staff.blueprint import StaffDesk
from channels.staff.blueprint import blueprint as staff_blueprint
from escalation import replies
from foundations.clock import Clock
from foundations.ids import ConversationId
from gateway.desk.accounts import Accounts
from gateway.desk.cases import Cases
from gateway.desk.coming_in_elsewhere import ComingInElsewhere
from gateway.desk.cover import StaffCover
from gateway.desk.figures import StaffFigures
from gateway.desk.joining import Joining
from gateway.desk.keeping_records import StaffRecords
from gateway.desk.leaked_passwords import LeakedPasswords, ListUnusable
from gateway.desk.links import StaffLinks
from gateway.desk.passkeys import Passkeys
from gateway.desk.passwords import Passwords
from gateway.desk.people import StaffPeople
from gateway.desk.practice import Practice
from gateway.news import News
from handover import Organisations
from runtime.settings import NotReadyForProduction, Settings
from runtime.wiring.handover import HandoverSide
from signposting import Directory
from storage import Database, Keys


def staff_pages(
    settings: Settings,
    *,
    database: Database,
    organisations: Organisations,
    directory: Directory,
    news: News,
    clock: Clock,
    said: Callable[[ConversationId], None],
    elsewhere: ComingInElsewhere,
    keys: Keys,
    handover: HandoverSide,
) -> Blueprint:
    """Build the staff pages in front of the records."""
    passwords = Passwords()
    try:
        leaked = LeakedPasswords(settings.leaked_passwords)
    except (OSError, ListUnusable) as wrong:
        raise NotReadyForProduction(f"HANDRAIL_LEAKED_PASSWORDS: {wrong}") from None
    desk = StaffDesk(
        accounts=Accounts(database, organisations, passwords),
        joining=Joining(database, organisations, passwords, leaked),
        elsewhere=elsewhere,
        passkeys=Passkeys(database, clock, settings.address, keys.token),
        people=StaffPeople(database, handover.moves),
        cases=Cases(
            database=database,
            organisations=organisations,
            moves=handover.moves,
            news=news,
            said=said,
        ),
        links=StaffLinks(
            database,
            public_url=settings.address,
            areas={str(id): area.name for id, area in directory.places.areas.items()},
            numbers=replies.numbers(),
        ),
        cover=StaffCover(
            database,
            organisations,
            CoverLook(directory, clock),
            handover.keeping,
            partial(
                is_allowed,
                hosts=settings.alert_hosts,
                only_public=not settings.is_local,
            ),
        ),
        figures=StaffFigures(database, organisations),
        records=StaffRecords(database),
        practice=Practice(),
    )
    return staff_blueprint(desk, settings.address, clock, is_local=settings.is_local)
