"""Joining by an invitation, and changing what one comes in with."""

import asyncio

from channels.staff.account_desk import Joined, Refused, Welcome
from channels.staff.signed_in import SignedIn
from foundations.ids import StaffMemberId
from gateway.desk.accounts import begin
from gateway.desk.leaked_passwords import LeakedPasswords
from gateway.desk.noting import Did, note, note_by
from gateway.desk.passwords import Passwords, TooBusy, problem_with
from gateway.desk.second_factor import matching_step, new_recovery_codes, qr_svg
from handover import Organisations
from storage import Database, RecordConflict, UnitOfWork
from storage.staff.records import Credentials, Invitation

PRODUCT = "handrail"


class Joining:
    """Answers the pages about invitations, and one's own password and codes."""

    def __init__(
        self,
        database: Database,
        organisations: Organisations,
        passwords: Passwords,
        leaked: LeakedPasswords,
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._passwords = passwords
        self._leaked = leaked

    async def welcome(self, token: str) -> Welcome | None:
        """Say who is invited; None when the link is used up, old or made up."""
        invited = await self._database.read(lambda unit: unit.invitations.find(token))
        if invited is None:
            return None
        secret = invited.totp_secret
        return Welcome(
            name=invited.name,
            email=invited.email,
            organisation_name=self._organisations.named(invited.organisation).name,
            role=invited.role.value,
            secret=secret,
            qr_svg=None if secret is None else qr_svg(secret, invited.email),
        )

    async def join(
        self, token: str, *, password: str, again: str, code: str, device: str
    ) -> Joined | Refused:
        """Use an invitation: set a password and a second factor, and come in.

        Starting afresh does not go round the second factor: unless it is replaced
        too, a code of the one that is known must be shown.
        """
        invited = await self._database.read(lambda unit: unit.invitations.find(token))
        if invited is None:
            return Refused.ENDED
        about = (invited.name, invited.email, str(invited.organisation), PRODUCT)
        problem = await self._problem(password, again, about)
        if problem is not None:
            return problem
        try:
            hashed = await self._passwords.hash(password)
        except TooBusy:
            return Refused.BUSY
        try:
            return await self._database.write(
                lambda unit: _join(unit, invited, hashed, code, device)
            )
        except RecordConflict:
            return Refused.TAKEN

    async def change_password(
        self, me: SignedIn, *, now: str, password: str, again: str
    ) -> Refused | None:
        """Change my password; every other session of mine ends."""
        known = await self._database.read(lambda unit: unit.accounts.of_member(me.id))
        try:
            kept = None if known is None else known.password
            if not await self._passwords.is_right(kept, now):
                return Refused.WRONG
            about = (me.name, "" if known is None else known.email, PRODUCT)
            problem = await self._problem(password, again, about)
            if problem is not None:
                return problem
            hashed = await self._passwords.hash(password)
        except TooBusy:
            return Refused.BUSY
        await self._database.write(lambda unit: _change(unit, me, hashed))
        return None

    async def new_recovery_codes(self, me: SignedIn) -> tuple[str, ...]:
        """Make fresh recovery codes; the old ones end."""
        codes = new_recovery_codes()

        def work(unit: UnitOfWork) -> None:
            unit.accounts.put_recovery_codes(me.id, codes)
            note(unit, me, Did.RECOVERY_CODES_MADE, me.id)

        await self._database.write(work)
        return codes

    async def _problem(
        self, password: str, again: str, about: tuple[str, ...]
    ) -> Refused | None:
        if password != again:
            return Refused.DIFFERENT
        problem = problem_with(password, about)
        if problem is not None:
            return Refused(problem.value)
        leaked = await asyncio.to_thread(self._leaked.holds, password)
        return Refused.LEAKED if leaked else None


def _join(
    unit: UnitOfWork, invited: Invitation, hashed: str, code: str, device: str
) -> Joined | Refused:
    kept = _kept_secret(unit, invited)
    secret = invited.totp_secret or (kept and kept.totp_secret)
    step = secret and matching_step(secret, code, unit.clock())
    if not secret or not step:
        return Refused.CODE
    if kept is not None and step <= kept.totp_last_step:
        return Refused.CODE
    if not unit.invitations.end(invited.organisation, invited.id):
        return Refused.ENDED
    who = invited.staff_member or unit.staff.add(
        name=invited.name, role=invited.role, organisation=invited.organisation
    )
    unit.accounts.put(Credentials(who, invited.email, hashed, secret, step))
    if invited.totp_secret is not None:
        # The phone that is lost may have held a passkey as well.
        unit.passkeys.remove_all(who)
    return _comes_in(unit, who, device)


def _comes_in(unit: UnitOfWork, who: StaffMemberId, device: str) -> Joined:
    codes = new_recovery_codes()
    unit.accounts.put_recovery_codes(who, codes)
    unit.sessions.end_all(who)
    note_by(unit, who, Did.JOINED, who)
    return Joined(begin(unit, who, device), codes)


def _kept_secret(unit: UnitOfWork, invited: Invitation) -> Credentials | None:
    """Find the second factor that stays; None when the invitation brings its own."""
    if invited.totp_secret is not None or invited.staff_member is None:
        return None
    return unit.accounts.of_member(invited.staff_member)


def _change(unit: UnitOfWork, me: SignedIn, hashed: str) -> None:
    known = unit.accounts.of_member(me.id)
    if known is None:
        return
    unit.accounts.put(
        Credentials(me.id, known.email, hashed, known.totp_secret, known.totp_last_step)
    )
    for other in unit.sessions.of_member(me.id):
        if other.id != me.session:
            unit.sessions.end(me.id, other.id)
    note(unit, me, Did.PASSWORD_CHANGED, me.id)
