"""The command line of the staff side: the first account, and looking at the audit."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from typing import TypeVar

from foundations.ids import OrganisationId
from gateway.desk.people import invite_first
from handover import Organisation
from runtime.settings import Settings
from runtime.wiring.house import House, build
from runtime.wiring.local_run import one_time_sign_in
from storage.staff.records import StaffRole

T = TypeVar("T")
ROLES = [role.value for role in StaffRole]


def staff(given: list[str]) -> None:
    """Invite somebody: `staff add`; the link that is printed works once."""
    parser = ArgumentParser(prog="python -m runtime staff")
    add = parser.add_subparsers(required=True).add_parser("add", help=staff.__doc__)
    add.add_argument("--organisation", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--email", required=True)
    add.add_argument("--role", choices=ROLES, default=StaffRole.ADMINISTRATOR.value)
    wanted = parser.parse_args(given)
    print(with_house(lambda house: _invite(house, wanted)))


def sign_in(given: list[str]) -> None:
    """Print a fresh one-time sign-in for the staff pages of a local run."""
    parser = ArgumentParser(prog="python -m runtime sign-in")
    parser.add_argument("role", nargs="?", choices=ROLES, default=StaffRole.LEAD.value)
    wanted = StaffRole(parser.parse_args(given).role)
    if not Settings().is_local:
        sys.exit("Local sign-in is for a local run only.")
    print(with_house(lambda house: _sign_in(house, wanted)))


def audit(given: list[str]) -> None:
    """Check the audit trail, or print its head to be kept in a second place."""
    parser = ArgumentParser(prog="python -m runtime audit")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("verify", help="name the first broken row")
    check.add_argument("--head", help="NUMBER:LINK as printed by `audit head`")
    commands.add_parser("head", help="print the last row's number and link")
    wanted = parser.parse_args(given)
    if wanted.command == "head":
        number, link = with_house(
            lambda house: house.database.read(lambda unit: unit.audit.head())
        )
        print(f"{number}:{link.hex()}")
        return
    broken = with_house(lambda house: _broken(house, wanted.head))
    if broken is not None:
        sys.exit(f"The audit trail is broken at row {broken}.")
    print("The audit trail is sound.")


async def _sign_in(house: House, role: StaffRole) -> str:
    return await one_time_sign_in(house.database, house.settings.address, role)


async def _invite(house: House, wanted: Namespace) -> str:
    token = await invite_first(
        house.database,
        organisation=one_of_ours(house, wanted.organisation).id,
        name=wanted.name,
        email=wanted.email,
        role=StaffRole(wanted.role),
    )
    return f"{house.settings.address}/staff/join/{token}"


async def _broken(house: House, head: str | None) -> int | None:
    broken = await house.database.read(lambda unit: unit.audit.verify())
    if broken is not None or head is None:
        return broken
    number, _, link = head.partition(":")
    if not number.isdecimal():
        sys.exit("A head looks like 12:ab34; `audit head` prints one.")
    if int(number) < await house.database.read(lambda unit: unit.audit.removed_upto()):
        sys.exit("That head is of a part whose years are over; it is kept no more.")
    kept = await house.database.read(lambda unit: unit.audit.link_of(int(number)))
    return None if kept == link else int(number)


def one_of_ours(house: House, name: str) -> Organisation:
    """Find an organisation of this deployment, or stop and name those there are."""
    known = house.organisations.by_id
    if name not in known:
        here = ", ".join(known)
        sys.exit(f"No organisation is called {name}. These are: {here}.")
    return known[OrganisationId(name)]


def with_house(work: Callable[[House], Awaitable[T]]) -> T:
    """Do something with a built house that serves nobody."""

    async def run() -> T:
        house = build(Settings())
        house.database.migrate()
        try:
            return await work(house)
        finally:
            await house.database.close()

    return asyncio.run(run())
