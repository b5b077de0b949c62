"""The staff pages together, in front of one desk."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, raw

from channels.plain_blueprint import PlainBlueprint
from channels.staff.account_desk import AccountDesk, JoiningDesk
from channels.staff.account_pages import AccountPages
from channels.staff.case_desk import CaseDesk
from channels.staff.case_pages import CasePages
from channels.staff.cover_desk import CoverDesk
from channels.staff.cover_pages import CoverPages
from channels.staff.door import Door
from channels.staff.drawing import Drawing
from channels.staff.elsewhere_desk import ElsewhereDesk
from channels.staff.elsewhere_pages import ElsewherePages
from channels.staff.entry_pages import EntryPages
from channels.staff.figures_desk import FiguresDesk
from channels.staff.figures_pages import FiguresPages
from channels.staff.inbox_pages import InboxPages
from channels.staff.link_desk import LinkDesk
from channels.staff.link_pages import LinkPages
from channels.staff.passkey_desk import PasskeyDesk
from channels.staff.passkey_pages import PasskeyPages
from channels.staff.people_desk import PeopleDesk
from channels.staff.people_pages import PeoplePages
from channels.staff.practice_desk import PracticeDesk
from channels.staff.practice_pages import PracticePages
from channels.staff.record_desk import RecordDesk
from channels.staff.record_pages import RecordPages
from channels.staff.still_holding import StillHolding
from foundations.clock import Clock

STATIC_FOLDER: Final = Path(__file__).parent / "static"
STATIC: Final = {
    "staff.css": "text/css; charset=utf-8",
    "poster.css": "text/css; charset=utf-8",
    "staff.js": "text/javascript; charset=utf-8",
    "passkey.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True)
class StaffDesk:
    """Everything that the staff pages ask of the gateway."""

    accounts: AccountDesk
    joining: JoiningDesk
    elsewhere: ElsewhereDesk
    passkeys: PasskeyDesk
    people: PeopleDesk
    cases: CaseDesk
    links: LinkDesk
    cover: CoverDesk
    figures: FiguresDesk
    records: RecordDesk
    practice: PracticeDesk


def blueprint(
    desk: StaffDesk, public_url: str, clock: Clock, *, is_local: bool
) -> Blueprint:
    """Build the staff pages. `is_local` allows the one-time sign-in of a local run."""
    staff, drawing = PlainBlueprint("staff"), Drawing(clock)
    elsewhere = desk.elsewhere.offered()
    offered = desk.passkeys.is_offered
    door = Door(desk.accounts, drawing, public_url, is_local, elsewhere, offered)
    holding = StillHolding(desk.cases, desk.accounts, drawing)
    entry = EntryPages(
        desk.accounts, desk.joining, desk.elsewhere, holding, door, drawing
    )
    entry.add_to(staff)
    ElsewherePages(desk.elsewhere, door, drawing).add_to(staff)
    PasskeyPages(desk.passkeys, door, drawing).add_to(staff)
    AccountPages(desk.accounts, desk.joining, holding, door, drawing).add_to(staff)
    PeoplePages(desk.people, door, drawing, public_url).add_to(staff)
    InboxPages(desk.cases, door, drawing).add_to(staff)
    CasePages(desk.cases, door, drawing).add_to(staff)
    LinkPages(desk.links, door, drawing).add_to(staff)
    CoverPages(desk.cover, door, drawing).add_to(staff)
    FiguresPages(desk.figures, door, drawing).add_to(staff)
    RecordPages(desk.records, door, drawing).add_to(staff)
    PracticePages(desk.practice, door, drawing).add_to(staff)
    staff.add_route(_static, "/staff/static/<name:str>", ["GET"], name="static")
    staff.on_response(door.add_headers)  # type: ignore[no-untyped-call]
    return staff


async def _static(_request: Request, name: str) -> HTTPResponse:
    """Give the style or the script."""
    if name not in STATIC:
        return empty(404)
    return raw((STATIC_FOLDER / name).read_bytes(), content_type=STATIC[name])
