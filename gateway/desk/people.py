"""The people of an organisation, as its administrators look after them."""

from collections.abc import Callable
from typing import TypeVar

from channels.staff.people_desk import (
    AlreadyHere,
    InvitationLine,
    MemberLine,
    NotAllowed,
    People,
)
from channels.staff.signed_in import NotYours, OnShift, SignedIn
from foundations.ids import OrganisationId, StaffMemberId
from gateway.desk.noting import Did, note, note_by
from gateway.desk.second_factor import new_secret
from gateway.handing_over.moves import HandoverMoves
from handover import CaseStatus
from storage import Database, UnitOfWork
from storage.staff.records import StaffMember, StaffRole

T = TypeVar("T")


class StaffPeople:
    """Answers the pages about people from the records of one organisation."""

    def __init__(self, database: Database, moves: HandoverMoves) -> None:
        self._database = database
        self._moves = moves

    async def people(self, me: SignedIn) -> People:
        """List everybody."""
        return await self._database.read(lambda unit: _people(unit, me))

    async def invite(self, me: SignedIn, *, name: str, email: str, role: str) -> str:
        """Make an invitation and give its token. Raises AlreadyHere.

        ValueError for an unknown role. Of another organisation's people nothing is
        said: whoever is one of them hears it when they try to join.
        """
        wanted = StaffRole(role)

        def work(unit: UnitOfWork) -> str:
            for member in unit.staff.of_organisation(me.organisation):
                known = unit.accounts.of_member(member.id)
                if known is not None and known.email.casefold() == email.casefold():
                    raise AlreadyHere
            note(unit, me, Did.INVITED, me.organisation)
            return unit.invitations.make(
                organisation=me.organisation,
                role=wanted,
                name=name,
                email=email,
                totp_secret=new_secret(),
                invited_by=me.id,
            )

        return await self._database.write(work)

    async def withdraw_invitation(self, me: SignedIn, invitation: str) -> None:
        """Take an invitation back."""

        def work(unit: UnitOfWork) -> None:
            if not unit.invitations.end(me.organisation, invitation):
                raise NotYours
            note(unit, me, Did.INVITATION_WITHDRAWN, invitation)

        await self._database.write(work)

    async def fresh_start(
        self, me: SignedIn, member: str, *, new_second_factor: bool
    ) -> str:
        """Let somebody set a new password; ends their sessions. Gives a token."""

        def work(unit: UnitOfWork, found: StaffMember) -> str:
            known = unit.accounts.of_member(found.id)
            if known is None:
                raise NotYours
            unit.sessions.end_all(found.id)
            return unit.invitations.make(
                organisation=found.organisation,
                role=found.role,
                name=found.name,
                email=known.email,
                totp_secret=new_secret() if new_second_factor else None,
                staff_member=found.id,
                invited_by=me.id,
            )

        return await self._with(me, member, Did.FRESH_START, work)

    async def set_role(self, me: SignedIn, member: str, role: str) -> None:
        """Change what somebody is there for. Raises NotAllowed for oneself."""
        wanted = StaffRole(role)

        def work(unit: UnitOfWork, found: StaffMember) -> None:
            _not_oneself(me, found)
            unit.staff.set_role(found.id, wanted)
            unit.sessions.end_all(found.id)

        await self._with(me, member, Did.ROLE_CHANGED, work)

    async def set_most_cases(self, me: SignedIn, member: str, most: int) -> None:
        """Change how many cases somebody holds at once."""
        await self._with(
            me,
            member,
            Did.LIMIT_CHANGED,
            lambda unit, found: unit.staff.set_most_cases(found.id, most),
        )

    async def shut_out(self, me: SignedIn, member: str) -> None:
        """Let somebody in no more; what they held waits for a colleague again."""

        def work(unit: UnitOfWork, found: StaffMember) -> None:
            _not_oneself(me, found)
            unit.staff.set_active(found.id, False)
            unit.sessions.end_all(found.id)
            unit.shifts.end(found.id)
            self._release_all(unit, found)

        await self._with(me, member, Did.SHUT_OUT, work)

    async def let_in_again(self, me: SignedIn, member: str) -> None:
        """Undo `shut_out`."""
        await self._with(
            me,
            member,
            Did.LET_IN_AGAIN,
            lambda unit, found: unit.staff.set_active(found.id, True),
        )

    def _release_all(self, unit: UnitOfWork, holder: StaffMember) -> None:
        look = unit.staff_cases.in_status
        for found in look(holder.organisation, CaseStatus.CLAIMED):
            if found.claimed_by == holder.id:
                self._moves.release(unit, unit.handovers.get(found.id), holder.id)

    async def _with(
        self,
        me: SignedIn,
        member: str,
        did: Did,
        change: Callable[[UnitOfWork, StaffMember], T],
    ) -> T:
        def work(unit: UnitOfWork) -> T:
            found = unit.staff.get(StaffMemberId(member))
            if found is None or found.organisation != me.organisation:
                raise NotYours
            changed = change(unit, found)
            note(unit, me, did, found.id)
            return changed

        return await self._database.write(work)


async def invite_first(
    database: Database,
    *,
    organisation: OrganisationId,
    name: str,
    email: str,
    role: StaffRole,
) -> str:
    """Make an invitation from the command line, for who comes first."""

    def work(unit: UnitOfWork) -> str:
        note_by(unit, "service", Did.INVITED, organisation)
        return unit.invitations.make(
            organisation=organisation,
            role=role,
            name=name,
            email=email,
            totp_secret=new_secret(),
        )

    return await database.write(work)


def _not_oneself(me: SignedIn, found: StaffMember) -> None:
    """Nobody takes their own last way in away."""
    if found.id == me.id:
        raise NotAllowed


def _people(unit: UnitOfWork, me: SignedIn) -> People:
    held = unit.staff_cases.held_by(me.organisation)
    return People(
        members=tuple(
            _member(unit, me, member, held.get(member.id, 0))
            for member in unit.staff.of_organisation(me.organisation)
        ),
        invitations=tuple(
            InvitationLine(one.id, one.name, one.role.value, one.expires_at)
            for one in unit.invitations.of_organisation(me.organisation)
        ),
    )


def _member(
    unit: UnitOfWork, me: SignedIn, member: StaffMember, holds: int
) -> MemberLine:
    known, shift = unit.accounts.of_member(member.id), unit.shifts.of_member(member.id)
    on_shift = OnShift.OFF
    if shift is not None:
        on_shift = OnShift.ON if shift.break_since is None else OnShift.BREAK
    return MemberLine(
        id=member.id,
        name=member.name,
        email=None if known is None else known.email,
        role=member.role.value,
        is_active=member.is_active,
        most_cases=member.most_cases,
        holds=holds,
        on_shift=on_shift,
        is_me=member.id == me.id,
    )
