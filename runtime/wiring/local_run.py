"""What a local run has to begin with: a link, a demo member of staff, a sign-in.

Little is imported here: `make run` prints the sign-in before the gateway is loaded.
"""

from datetime import date
from typing import Final

from foundations.ids import OrganisationId
from storage import Database, UnitOfWork
from storage.staff.records import ChatLink, StaffRole

DEMO: Final = OrganisationId("demo")
DEMO_NAMES: Final = {
    StaffRole.WORKER: "Robin (demo worker)",
    StaffRole.LEAD: "Sam (demo lead)",
    StaffRole.ADMINISTRATOR: "Alex (demo administrator)",
}


async def one_time_sign_in(
    database: Database, address: str, role: StaffRole = StaffRole.LEAD
) -> str:
    """Make somebody of a local run if need be, and a sign-in that works once."""
    token = await database.write(lambda unit: _demo_sign_in(unit, role))
    return f"{address}/staff/sign-in/{token}"


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


def _demo_sign_in(unit: UnitOfWork, role: StaffRole) -> str:
    """Make a demo member of staff if there is none, and a token that works once."""
    known = [one for one in unit.staff.of_organisation(DEMO) if one.role is role]
    member = (
        known[0].id
        if known
        else unit.staff.add(name=DEMO_NAMES[role], role=role, organisation=DEMO)
    )
    return unit.staff.one_time_sign_in(member)
