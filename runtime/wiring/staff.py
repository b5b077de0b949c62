"""The staff side, put together; and what a local run has to begin with."""

from collections.abc import Callable
from datetime import date
from typing import Final

from sanic import Blueprint

from bot.turns.cover import CoverLook
from channels.staff.blueprint import StaffDesk
from channels.staff.blueprint import blueprint as staff_blueprint
from escalation import replies
from foundations.clock import Clock
from foundations.ids import ConversationId, OrganisationId
from gateway.desk.accounts import Accounts
from gateway.desk.cases import Cases
from gateway.desk.coming_in_elsewhere import ComingInElsewhere
from gateway.desk.cover import StaffCover
from gateway.desk.figures import StaffFigures
from gateway.desk.joining import Joining
from gateway.desk.keeping_records import StaffRecords
from gateway.desk.links import StaffLinks
from gateway.desk.passkeys import Passkeys
from gateway.desk.passwords import Passwords
from gateway.desk.people import StaffPeople
from gateway.desk.practice import Practice
from gateway.news import News
from handover import Organisations
from runtime.settings import Settings
from runtime.wiring.handover import HandoverSide
from signposting import Directory
from storage import Database, Keys, UnitOfWork
from storage.staff.records import ChatLink, StaffRole

DEMO: Final = OrganisationId("demo")
DEMO_NAMES: Final = {
    StaffRole.WORKER: "Robin (demo worker)",
    StaffRole.LEAD: "Sam (demo lead)",
    StaffRole.ADMINISTRATOR: "Alex (demo administrator)",
}


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
    desk = StaffDesk(
        accounts=Accounts(database, organisations, passwords),
        joining=Joining(database, organisations, passwords),
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
            database, organisations, CoverLook(directory, clock), handover.keeping
        ),
        figures=StaffFigures(database, organisations),
        records=StaffRecords(database),
        practice=Practice(),
    )
    return staff_blueprint(desk, settings.address, clock, is_local=settings.is_local)


def furnish(unit: UnitOfWork) -> None:
    """Give a local run a link to chat through, and something sharing stands on."""
    if unit.chat_links.get(DEMO) is None:
        unit.chat_links.put(ChatLink(DEMO, DEMO, True, place="Demo"))
    if unit.agreements.newest(DEMO) is None:
        unit.agreements.record(
            organisation=DEMO,
            lawful_basis="not decided",
            reference="sample for a local run",
            expires_on=date(2099, 12, 31),
        )


def demo_sign_in(unit: UnitOfWork, role: StaffRole) -> str:
    """Make a demo member of staff if there is none, and a token that works once."""
    known = [one for one in unit.staff.of_organisation(DEMO) if one.role is role]
    member = (
        known[0].id
        if known
        else unit.staff.add(name=DEMO_NAMES[role], role=role, organisation=DEMO)
    )
    return unit.staff.one_time_sign_in(member)
