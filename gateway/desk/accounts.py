"""Coming in to the desk and staying in; passwords are checked outside transactions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from channels.staff.account_desk import (
    CameIn,
    MyAccount,
    PasskeyLine,
    Refused,
    SessionLine,
)
from channels.staff.signed_in import NotYours, OnShift, SignedIn
from foundations.clock import in_london
from foundations.ids import StaffMemberId
from gateway.desk.known_browsers import came_in, must_wait, new_mark, source_of
from gateway.desk.noting import Did, note, note_by
from gateway.desk.passwords import Passwords, TooBusy
from gateway.desk.roles import MAY
from gateway.desk.second_factor import as_recovery_code, matching_step
from handover import Organisations
from storage import Database, UnitOfWork
from storage.staff.records import Credentials, StaffMember, StaffRole, StaffSession

FRESH: Final = timedelta(minutes=10)
KEPT_EVERY: Final = timedelta(minutes=1)
ENDS_SOON: Final = timedelta(days=30)


class Accounts:
    """Answers the pages about coming in from the records."""

    def __init__(
        self, database: Database, organisations: Organisations, passwords: Passwords
    ) -> None:
        self._database = database
        self._organisations = organisations
        self._passwords = passwords

    async def who(self, session: str, *, keep: bool) -> SignedIn | None:
        """Tell who is signed in; `keep` starts their idle time anew."""
        if not session:
            return None
        found = await self._database.read(lambda unit: self._who(unit, session))
        if found is None:
            return None
        me, is_due = found
        if keep and is_due:
            await self._database.write(lambda unit: unit.sessions.keep(me.session))
        return me

    async def sign_in(
        self, *, email: str, password: str, code: str, device: str, browser: str
    ) -> CameIn | Refused:
        """Start a session when address, password and code are right, all three."""
        waits, known = await self._database.read(
            lambda unit: _look_up(unit, email, browser)
        )
        if waits:
            return Refused.WAIT
        try:
            kept = None if known is None else known.password
            is_right = await self._passwords.is_right(kept, password)
        except TooBusy:
            return Refused.BUSY
        checked = known if is_right else None

        def work(unit: UnitOfWork) -> CameIn | Refused:
            source = source_of(unit, browser, email, _whose(known))
            if must_wait(unit, source):
                return Refused.WAIT
            if checked is None or not _is_code(unit, checked, code):
                unit.accounts.note_wrong_try(source)
                if known is not None:
                    who = known.staff_member
                    note_by(unit, who, Did.SIGN_IN_REFUSED, who)
                return Refused.WRONG
            came_in(unit, source)
            return begin(unit, checked.staff_member, device)

        return await self._database.write(work)

    async def sign_in_once(self, token: str, device: str) -> CameIn | None:
        """Turn a one-time token of a local run into a session."""

        def work(unit: UnitOfWork) -> CameIn | None:
            member = unit.staff.redeem(token)
            return None if member is None else begin(unit, member, device)

        return await self._database.write(work)

    async def sign_out(self, me: SignedIn) -> None:
        """End this session."""

        def work(unit: UnitOfWork) -> None:
            unit.sessions.end(me.id, me.session)
            note(unit, me, Did.SIGNED_OUT, me.id)

        await self._database.write(work)

    async def sign_out_everywhere(self, me: SignedIn) -> None:
        """End every session of mine, this one too."""

        def work(unit: UnitOfWork) -> None:
            unit.sessions.end_all(me.id)
            note(unit, me, Did.SIGNED_OUT_EVERYWHERE, me.id)

        await self._database.write(work)

    async def end_session(self, me: SignedIn, session: str) -> None:
        """End one session of mine. Raises NotYours."""

        def work(unit: UnitOfWork) -> None:
            if not unit.sessions.end(me.id, session):
                raise NotYours
            note(unit, me, Did.SESSION_ENDED, me.id)

        await self._database.write(work)

    async def prove(self, me: SignedIn, code: str) -> Refused | None:
        """Show the second factor again; wrong codes count as wrong sign-ins do."""

        def work(unit: UnitOfWork) -> Refused | None:
            source = f"session:{me.session}"
            if must_wait(unit, source):
                return Refused.WAIT
            known = unit.accounts.of_member(me.id)
            if known is None or not _is_code(unit, known, code):
                unit.accounts.note_wrong_try(source)
                return Refused.CODE
            unit.sessions.proved(me.session)
            note(unit, me, Did.PROVED, me.id)
            return None

        return await self._database.write(work)

    async def mine(self, me: SignedIn) -> MyAccount:
        """Show my account."""
        return await self._database.read(lambda unit: _mine(unit, me))

    async def come_on_shift(self, me: SignedIn) -> None:
        """Be asked from now on."""
        await self._shift(
            me, Did.ON_SHIFT, lambda unit: unit.shifts.start(me.id, me.organisation)
        )

    async def take_break(self, me: SignedIn) -> None:
        """Stay on shift, and be asked nothing new."""
        await self._shift(me, Did.ON_BREAK, lambda unit: unit.shifts.take_break(me.id))

    async def come_back(self, me: SignedIn) -> None:
        """End a break."""
        await self._shift(me, Did.ON_SHIFT, lambda unit: unit.shifts.come_back(me.id))

    async def go_off_shift(self, me: SignedIn) -> None:
        """Be asked no more."""
        await self._shift(me, Did.OFF_SHIFT, lambda unit: unit.shifts.end(me.id))

    async def _shift(
        self, me: SignedIn, did: Did, change: Callable[[UnitOfWork], None]
    ) -> None:
        def work(unit: UnitOfWork) -> None:
            change(unit)
            note(unit, me, did, me.id)

        await self._database.write(work)

    def _who(self, unit: UnitOfWork, token: str) -> tuple[SignedIn, bool] | None:
        session = unit.sessions.find(token)
        if session is None:
            return None
        member = unit.staff.get(session.staff_member)
        if member is None:
            return None
        is_due = session.last_used_at < unit.clock() - KEPT_EVERY
        form_token = unit.sessions.form_token(token)
        return self._signed_in(unit, member, session, form_token), is_due

    def _signed_in(
        self,
        unit: UnitOfWork,
        member: StaffMember,
        session: StaffSession,
        form_token: str,
    ) -> SignedIn:
        organisation = self._organisations.named(member.organisation)
        can_prove = unit.accounts.of_member(
            member.id
        ) is not None or unit.identities.has_any(member.id)
        return SignedIn(
            id=member.id,
            name=member.name,
            role=member.role.value,
            organisation=organisation.id,
            organisation_name=organisation.name,
            may=MAY[member.role],
            session=session.id,
            form_token=form_token,
            is_fresh=not can_prove or session.proved_at > unit.clock() - FRESH,
            on_shift=_on_shift(unit, member),
            warning=_warning(unit, member),
        )


def begin(unit: UnitOfWork, staff_member: StaffMemberId, device: str) -> CameIn:
    """Start a session, with an id and a token that nobody had before."""
    token = unit.sessions.start(staff_member, device)
    note_by(unit, staff_member, Did.SIGNED_IN, staff_member)
    return CameIn(token, new_mark(unit, staff_member))


def _look_up(
    unit: UnitOfWork, email: str, browser: str
) -> tuple[bool, Credentials | None]:
    known = unit.accounts.by_email(email)
    member = None if known is None else unit.staff.get(known.staff_member)
    if member is None or not member.is_active:
        known = None
    source = source_of(unit, browser, email, _whose(known))
    return must_wait(unit, source), known


def _whose(known: Credentials | None) -> StaffMemberId | None:
    return None if known is None else known.staff_member


def _is_code(unit: UnitOfWork, known: Credentials, code: str) -> bool:
    """Use up a code of the app, or a recovery code."""
    step = matching_step(known.totp_secret, code, unit.clock())
    if step is not None:
        return unit.accounts.use_totp_step(known.staff_member, step)
    who = known.staff_member
    if not unit.accounts.use_recovery_code(who, as_recovery_code(code)):
        return False
    note_by(unit, who, Did.RECOVERY_CODE_USED, who)
    return True


def _on_shift(unit: UnitOfWork, member: StaffMember) -> OnShift:
    shift = unit.shifts.of_member(member.id)
    if shift is None:
        return OnShift.OFF
    return OnShift.ON if shift.break_since is None else OnShift.BREAK


def _warning(unit: UnitOfWork, member: StaffMember) -> str | None:
    """Tell leads and administrators when what sharing stands on is about to end."""
    if member.role is StaffRole.WORKER:
        return None
    agreement = unit.agreements.newest(member.organisation)
    if agreement is None:
        return "agreement_missing"
    today = in_london(unit.clock()).date()
    if agreement.expires_on < today:
        return "agreement_over"
    return "agreement_ends_soon" if agreement.expires_on < today + ENDS_SOON else None


def _mine(unit: UnitOfWork, me: SignedIn) -> MyAccount:
    known = unit.accounts.of_member(me.id)
    return MyAccount(
        email=None if known is None else known.email,
        recovery_codes_left=unit.accounts.recovery_codes_left(me.id),
        sessions=tuple(
            SessionLine(
                id=one.id,
                device=one.device,
                started_at=one.started_at,
                last_used_at=one.last_used_at,
                is_this_one=one.id == me.session,
            )
            for one in unit.sessions.of_member(me.id)
        ),
        passkeys=tuple(
            PasskeyLine(one.id, one.name, one.made_at, one.last_used_at)
            for one in unit.passkeys.of_member(me.id)
        ),
    )
