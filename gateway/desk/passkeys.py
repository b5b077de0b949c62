"""Coming in with a passkey, adding one, removing one, and proving oneself with one."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from channels.sign_in import passkeys as webauthn
from channels.sign_in.passkeys import Asked, NotAPasskey, Site
from channels.staff.account_desk import CameIn, Refused
from channels.staff.passkey_desk import AsksFor
from channels.staff.signed_in import NotYours, SignedIn
from foundations.clock import Clock
from gateway.desk.accounts import begin
from gateway.desk.noting import Did, note, note_by
from storage import Database, RecordConflict, UnitOfWork
from storage.staff.records import Passkey

LASTS: Final = timedelta(minutes=5)
MOST_EACH: Final = 10
SALT: Final = "handrail.staff.passkey"


class Purpose(str, Enum):
    """What a passkey is asked for; an answer to one question answers no other."""

    ADD = "add"
    COME_IN = "come_in"
    PROVE = "prove"


@dataclass(frozen=True)
class Note:
    """What a browser brings back: the number it had to sign, and for what.

    `session` is empty for somebody who is only coming in; `until` is an ISO time.
    """

    purpose: str
    session: str
    challenge: str
    until: str


class Passkeys:
    """Answers the pages about passkeys from the records.

    Looking up, checking and writing are apart: no signature is checked inside a
    transaction, and the row is looked at again in the one that counts.
    """

    def __init__(
        self, database: Database, clock: Clock, public_url: str, key: bytes
    ) -> None:
        self._database = database
        self._clock = clock
        self._site = webauthn.site_of(public_url)
        self._notes = URLSafeSerializer(key, salt=SALT)

    @property
    def is_offered(self) -> bool:
        """Say whether this address can have passkeys."""
        return self._site is not None

    async def asks_for_new(self, me: SignedIn) -> AsksFor | None:
        """Begin to add one; None when I have as many as may be, or no password here.

        Whoever comes in by their organisation's own accounts keeps to those: what is
        ended there must end here as well.
        """
        account, mine = await self._database.read(
            lambda unit: (
                unit.accounts.of_member(me.id),
                unit.passkeys.of_member(me.id),
            )
        )
        if self._site is None or account is None or len(mine) >= MOST_EACH:
            return None
        known = [each.credential for each in mine]
        asked = webauthn.ask_to_make(self._site, me.id, account.email, known)
        return self._asks(asked, Purpose.ADD, me.session)

    async def add(
        self, me: SignedIn, *, note: str, answer: str, name: str
    ) -> Refused | None:
        """Keep a new passkey of mine."""
        asked = self._read(note, Purpose.ADD, me.session)
        if asked is None or self._site is None:
            return Refused.PASSKEY
        challenge = bytes.fromhex(asked.challenge)
        try:
            new = webauthn.made(self._site, challenge, answer)
        except NotAPasskey:
            return Refused.PASSKEY

        def work(unit: UnitOfWork) -> Refused | None:
            if not _is_first_answer(unit, asked):
                return Refused.PASSKEY
            if len(unit.passkeys.of_member(me.id)) >= MOST_EACH:
                return Refused.PASSKEY
            unit.passkeys.add(
                me.id,
                credential=new.credential,
                public_key=new.public_key,
                name=name,
                used=new.used,
            )
            _noted(unit, me, Did.PASSKEY_ADDED)
            return None

        try:
            return await self._database.write(work)
        except RecordConflict:
            return Refused.PASSKEY

    async def remove(self, me: SignedIn, passkey: str) -> None:
        """Remove one of mine. Raises NotYours."""

        def work(unit: UnitOfWork) -> None:
            if not unit.passkeys.remove(me.id, passkey):
                raise NotYours
            _noted(unit, me, Did.PASSKEY_REMOVED)

        await self._database.write(work)

    def asks_for_any(self) -> AsksFor | None:
        """Begin to come in; the same for everybody. None when it is not offered."""
        if self._site is None:
            return None
        return self._asks(webauthn.ask_to_show(self._site), Purpose.COME_IN, "")

    async def come_in(self, *, note: str, answer: str, device: str) -> CameIn | Refused:
        """Start a session for whoever shows a passkey that is known here."""
        asked = self._read(note, Purpose.COME_IN, "")
        found = await self._found(answer)
        used = None if found is None else self._checked(asked, answer, found)

        def work(unit: UnitOfWork) -> CameIn | Refused:
            if found is None:
                return Refused.PASSKEY
            who = found.staff_member
            member = unit.staff.get(who)
            is_here = member is not None and member.is_active
            if not (is_here and _holds(unit, asked, found, used)):
                note_by(unit, who, Did.SIGN_IN_REFUSED, who)
                return Refused.PASSKEY
            return begin(unit, who, device)

        return await self._database.write(work)

    async def asks_for_mine(self, me: SignedIn) -> AsksFor | None:
        """Begin to prove that it is me; None when I have none."""
        mine = await self._database.read(lambda unit: unit.passkeys.of_member(me.id))
        if self._site is None or not mine:
            return None
        known = [each.credential for each in mine]
        return self._asks(
            webauthn.ask_to_show(self._site, known), Purpose.PROVE, me.session
        )

    async def prove(self, me: SignedIn, *, note: str, answer: str) -> Refused | None:
        """Show a passkey of mine before something that matters."""
        asked = self._read(note, Purpose.PROVE, me.session)
        found = await self._found(answer)
        is_mine = found is not None and found.staff_member == me.id
        if found is None or not is_mine:
            return Refused.PASSKEY
        used = self._checked(asked, answer, found)

        def work(unit: UnitOfWork) -> Refused | None:
            if not _holds(unit, asked, found, used):
                return Refused.PASSKEY
            unit.sessions.proved(me.session)
            _noted(unit, me, Did.PROVED)
            return None

        return await self._database.write(work)

    def _asks(self, asked: Asked, purpose: Purpose, session: str) -> AsksFor:
        until = (self._clock() + LASTS).isoformat()
        kept = Note(purpose.value, session, asked.challenge.hex(), until)
        return AsksFor(asked.options, str(self._notes.dumps(asdict(kept))))

    def _read(self, note: str, purpose: Purpose, session: str) -> Note | None:
        try:
            kept = Note(**self._notes.loads(note))
        except (BadSignature, TypeError):
            return None
        is_for_this = kept.purpose == purpose.value and secrets.compare_digest(
            kept.session, session
        )
        is_over = datetime.fromisoformat(kept.until) <= self._clock()
        return kept if is_for_this and not is_over else None

    async def _found(self, answer: str) -> Passkey | None:
        """Find the passkey that is shown; it is somebody's, and whose it says it is."""
        try:
            shown = webauthn.shown(answer)
        except NotAPasskey:
            return None
        found = await self._database.read(
            lambda unit: unit.passkeys.named(shown.credential)
        )
        if found is None or shown.whose not in (None, found.staff_member):
            return None
        return found

    def _checked(self, asked: Note | None, answer: str, found: Passkey) -> int | None:
        """Give the device's new count; None when what it signed does not hold."""
        site: Site | None = self._site
        if asked is None or site is None:
            return None
        try:
            return webauthn.checked(
                site,
                bytes.fromhex(asked.challenge),
                answer,
                public_key=found.public_key,
                used=found.used,
            )
        except NotAPasskey:
            return None


def _holds(
    unit: UnitOfWork, asked: Note | None, found: Passkey, used: int | None
) -> bool:
    """Say whether the answer held, was the first, and the passkey is still there."""
    return (
        asked is not None
        and used is not None
        and _is_first_answer(unit, asked)
        and unit.passkeys.was_used(found, used)
    )


def _is_first_answer(unit: UnitOfWork, asked: Note) -> bool:
    until = datetime.fromisoformat(asked.until)
    return unit.passkeys.use_up(bytes.fromhex(asked.challenge), until)


def _noted(unit: UnitOfWork, me: SignedIn, did: Did) -> None:
    note(unit, me, did, me.id)
