"""Chat links: the short name in an address, and who stands behind it."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from storage.records import ChatLink
from storage.tables import chat_links

_SLUG = re.compile(r"[a-z0-9-]{1,64}")


@dataclass(frozen=True)
class ChatLinks:
    """The links by which young people come in."""

    connection: Connection

    def get(self, slug: str) -> ChatLink | None:
        """Find a link by its short name, whatever was typed for it."""
        if not _SLUG.fullmatch(slug):
            return None
        found = self.connection.execute(
            select(chat_links).where(chat_links.c.slug == slug)
        ).first()
        if found is None:
            return None
        return ChatLink(found.slug, found.organisation, found.active)

    def put(self, link: ChatLink) -> None:
        """Keep a link as it now stands.

        ValueError when its short name is not 1-64 of a-z, 0-9 and hyphen.
        """
        if not _SLUG.fullmatch(link.slug):
            raise ValueError("a chat link is 1-64 of a-z, 0-9 and hyphen")
        row = {"organisation": link.organisation, "active": link.active}
        changed = self.connection.execute(
            update(chat_links).where(chat_links.c.slug == link.slug), row
        )
        if changed.rowcount == 0:
            self.connection.execute(insert(chat_links), {"slug": link.slug, **row})
