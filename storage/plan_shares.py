"""Shares of plans: previewed, agreed to, looked at, taken back; tokens only hashed."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from foundations.ids import YoungPersonId, new_id
from safety_plans.sharing import PlanShare, PlanShareId, Preview, ShareStatus
from storage.encryption import Sealer
from storage.tables.core import plan_shares

TOKEN_BYTES: Final = 16
"""128 bits: a token cannot be found by guessing."""

TOKENS_ARE_FOR: Final = "plan_share"

_OF_PERSON = (
    select(plan_shares)
    .where(plan_shares.c.young_person == bindparam("person"))
    .order_by(plan_shares.c.previewed_at.desc(), plan_shares.c.id)
)
# A share that has ended is not even read: no kind of no does more work than another.
_BY_TOKEN = select(plan_shares).where(
    plan_shares.c.token_hash == bindparam("hash"),
    plan_shares.c.taken_back_at.is_(None),
    plan_shares.c.expires_at > bindparam("now"),
)


@dataclass(frozen=True)
class PlanShares:
    """The ledger that `safety_plans.sharing` describes."""

    connection: Connection
    sealer: Sealer

    def preview(
        self, young_person: YoungPersonId, preview: Preview, now: datetime
    ) -> PlanShareId:
        """Keep what is asked about; it shows nothing to anyone yet."""
        id = PlanShareId(new_id())
        recipient, content = plan_shares.c.recipient, plan_shares.c.content
        self.connection.execute(
            insert(plan_shares),
            {
                "id": id,
                "young_person": young_person,
                "recipient": self.sealer.seal_text(
                    recipient, id, young_person, preview.recipient
                ),
                "content": self.sealer.seal(
                    content, id, young_person, preview.shown.to_bytes()
                ),
                "previewed_at": now,
                "expires_at": preview.expires_at,
            },
        )
        return id

    def agree(self, share: PlanShareId, now: datetime) -> str | None:
        """Open a previewed share and give its link's token, once; else None."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        agreed = self.connection.execute(
            update(plan_shares)
            .where(
                plan_shares.c.id == share,
                plan_shares.c.agreed_at.is_(None),
                plan_shares.c.taken_back_at.is_(None),
                plan_shares.c.expires_at > now,
            )
            .values(agreed_at=now, token_hash=self._hash(token))
        )
        return token if agreed.rowcount == 1 else None

    def opened_by(self, token: str, now: datetime) -> PlanShare | None:
        """Find the open share of a token and note that it was looked at; else None."""
        asked = {"hash": self._hash(token), "now": now}
        found = self.connection.execute(_BY_TOKEN, asked).first()
        share = None if found is None else self._share(found)
        if share is None or share.status(now) is not ShareStatus.OPEN:
            return None
        self.connection.execute(
            update(plan_shares)
            .where(plan_shares.c.id == share.id)
            .values(last_opened_at=now)
        )
        return share

    def of_person(self, young_person: YoungPersonId) -> list[PlanShare]:
        """List a person's shares, newest first, whatever became of them."""
        found = self.connection.execute(_OF_PERSON, {"person": young_person})
        return [self._share(row) for row in found]

    def take_back(self, share: PlanShareId, now: datetime) -> bool:
        """End a share and remove what it showed; False when it had ended before."""
        ended = self.connection.execute(
            update(plan_shares)
            .where(plan_shares.c.id == share, plan_shares.c.taken_back_at.is_(None))
            .values(taken_back_at=now, content=None, token_hash=None)
        )
        return ended.rowcount == 1

    def _hash(self, token: str) -> bytes:
        return self.sealer.vault.token_hash(TOKENS_ARE_FOR, token)

    def _share(self, row: Row[Any]) -> PlanShare:
        holder, content = row.young_person, row.content
        if content is not None:
            content = self.sealer.open(plan_shares.c.content, row.id, holder, content)
        return PlanShare(
            id=row.id,
            young_person=holder,
            recipient=self.sealer.open_text(
                plan_shares.c.recipient, row.id, holder, row.recipient
            ),
            content=content,
            previewed_at=row.previewed_at,
            agreed_at=row.agreed_at,
            expires_at=row.expires_at,
            taken_back_at=row.taken_back_at,
            last_opened_at=row.last_opened_at,
        )
