"""Chat links: the short name in an address, and who stands behind it."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from foundations.clock import Clock
from foundations.ids import OrganisationId, StaffMemberId
from storage.staff.records import ChatLink
from storage.tables.staff import chat_links

_SLUG = re.compile(r"[a-z0-9-]{1,64}")
_ONE = select(chat_links).where(chat_links.c.slug == bindparam("slug"))


@dataclass(frozen=True)
class ChatLinks:
    """The links by which young people come in."""

    connection: Connection
    clock: Clock

    def get(self, slug: str) -> ChatLink | None:
        """Find a link by its short name, whatever was typed for it."""
        if not _SLUG.fullmatch(slug):
            return None
        found = self.connection.execute(_ONE, {"slug": slug}).first()
        return None if found is None else _link(found)

    def of_organisation(self, organisation: OrganisationId) -> list[ChatLink]:
        """List the links of an organisation, open ones first, then by place."""
        found = self.connection.execute(
            select(chat_links)
            .where(chat_links.c.organisation == organisation)
            .order_by(chat_links.c.active.desc(), chat_links.c.place, chat_links.c.slug)
        )
        return [_link(row) for row in found]

    def put(self, link: ChatLink, made_by: StaffMemberId | None = None) -> None:
        """Keep a link as it now stands.

        ValueError when its short name is not 1-64 of a-z, 0-9 and hyphen.
        """
        if not _SLUG.fullmatch(link.slug):
            raise ValueError("a chat link is 1-64 of a-z, 0-9 and hyphen")
        row = {
            "organisation": link.organisation,
            "active": link.active,
            "place": link.place,
            "area": link.area,
            "welcome": link.welcome,
        }
        changed = self.connection.execute(
            update(chat_links).where(chat_links.c.slug == link.slug), row
        )
        if changed.rowcount == 0:
            made = {"made_by": made_by, "made_at": self.clock()}
            self.connection.execute(
                insert(chat_links), {"slug": link.slug, **row, **made}
            )

    def revoke(self, organisation: OrganisationId, slug: str) -> bool:
        """Close a link for good; False when it is not theirs or closed already."""
        changed = self.connection.execute(
            update(chat_links)
            .where(
                chat_links.c.slug == slug,
                chat_links.c.organisation == organisation,
                chat_links.c.active,
            )
            .values(active=False, revoked_at=self.clock())
        )
        return changed.rowcount == 1


def _link(row: Row[Any]) -> ChatLink:
    return ChatLink(
        slug=row.slug,
        organisation=row.organisation,
        active=row.active,
        place=row.place,
        area=row.area,
        welcome=row.welcome,
        made_at=row.made_at,
    )
