"""Coming in by the word of an organisation's own accounts (OpenID Connect).

Nobody comes in who was not invited: the first time, the address that is vouched for
must be that of an open invitation, or of somebody who is here already, in the very
organisation whose provider it is. From then on the provider's own id of them counts.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer

from channels.sign_in.providers import Provider
from channels.sign_in.vouching import Away, NotSignedIn, Vouched, Vouches
from channels.staff.elsewhere_desk import CameBack, GoesAway, SignInElsewhere
from foundations.ids import OrganisationId, StaffMemberId
from gateway.desk.accounts import begin
from gateway.desk.noting import Did, note_by
from storage import Database, UnitOfWork

log = logging.getLogger("handrail.sign_in")

AWAY_LASTS_S: Final = 10 * 60
SALT: Final = "handrail.staff.away"


class ComingInElsewhere:
    """Answers the pages of signing in with an organisation's own accounts.

    Without providers there is no client of theirs either.
    """

    def __init__(
        self,
        database: Database,
        providers: Mapping[OrganisationId, Provider],
        client: Vouches | None,
        key: bytes,
    ) -> None:
        self._database = database
        self._providers = providers
        self._client = client
        self._notes = URLSafeTimedSerializer(key, salt=SALT)

    def offered(self) -> tuple[SignInElsewhere, ...]:
        """List the organisations that have it."""
        return tuple(
            SignInElsewhere(one.organisation, one.name)
            for one in self._providers.values()
        )

    async def sends_away(
        self, organisation: str, *, again: bool, goes_on: str
    ) -> GoesAway | None:
        """Begin a sign-in; None when it is not offered or not there just now."""
        provider = self._providers.get(OrganisationId(organisation))
        if provider is None or self._client is None:
            return None
        try:
            address, away = await self._client.sends_away(
                provider, again=again, goes_on=goes_on
            )
        except NotSignedIn as problem:
            log.warning("sign-in of %s is not there: %s", organisation, problem)
            return None
        return GoesAway(address, str(self._notes.dumps(away.to_dict())))

    async def comes_back(
        self, note: str, *, state: str, code: str, issuer: str, device: str
    ) -> CameBack | None:
        """End a sign-in; None whatever was not right.

        A provider that says who it is (RFC 9207) must be the one we sent away to: no
        code of one is ever brought to another.
        """
        away = self._away(note)
        if away is None or not code or not _same(away.state, state):
            return None
        provider = self._providers.get(OrganisationId(away.organisation))
        if provider is None or self._client is None:
            return None
        if issuer and issuer.rstrip("/") != provider.issuer:
            return None
        try:
            vouched = await self._client.comes_back(provider, away, code)
        except NotSignedIn as problem:
            log.warning("sign-in of %s refused: %s", away.organisation, problem)
            return None

        def work(unit: UnitOfWork) -> CameBack | None:
            member = _member(unit, provider.organisation, vouched)
            if member is None:
                return None
            return CameBack(begin(unit, member, device), away.goes_on)

        return await self._database.write(work)

    def _away(self, note: str) -> Away | None:
        try:
            return Away(**self._notes.loads(note, max_age=AWAY_LASTS_S))
        except (BadSignature, TypeError):
            return None


def _same(kept: str, given: str) -> bool:
    return secrets.compare_digest(kept.encode(), given.encode())


def _member(
    unit: UnitOfWork, organisation: OrganisationId, vouched: Vouched
) -> StaffMemberId | None:
    """Find whom this is, or make them from their invitation; None: not let in."""
    known = unit.identities.whose(vouched.issuer, vouched.subject)
    who = known or _by_address(unit, organisation, vouched.email)
    member = None if who is None else unit.staff.get(who)
    if member is None or member.organisation != organisation or not member.is_active:
        return None
    if known is None:
        unit.identities.put(vouched.issuer, vouched.subject, member.id)
        note_by(unit, member.id, Did.IDENTITY_LINKED, member.id)
    return member.id


def _by_address(
    unit: UnitOfWork, organisation: OrganisationId, email: str
) -> StaffMemberId | None:
    wanted = email.casefold()
    for invited in unit.invitations.of_organisation(organisation):
        if invited.email.casefold() != wanted:
            continue
        if not unit.invitations.end(organisation, invited.id):
            return None
        if invited.staff_member is not None:
            return invited.staff_member
        who = unit.staff.add(
            name=invited.name, role=invited.role, organisation=organisation
        )
        note_by(unit, who, Did.JOINED, who)
        return who
    here = unit.accounts.by_email(email)
    return None if here is None else here.staff_member
