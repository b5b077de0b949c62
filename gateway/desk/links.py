"""Chat links of an organisation, and the posters and cards that carry them."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import segno

from channels.staff.link_desk import Area, Greeting, LinkLine, Links, Poster
from channels.staff.signed_in import NotYours, SignedIn
from foundations.content import read_yaml
from gateway.desk.noting import Did, note
from storage import Database, UnitOfWork
from storage.staff.records import ChatLink

WORDS_FILE: Final = Path(__file__).with_name("poster_words.yml")
# No letter or digit that is mistaken for another one when typed from a poster.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_ENDING: Final = 5
_LONGEST_START: Final = 24


class StaffLinks:
    """Answers the pages about links. `areas` and `numbers` are names by id."""

    def __init__(
        self,
        database: Database,
        *,
        public_url: str,
        areas: Mapping[str, str],
        numbers: Mapping[str, str],
    ) -> None:
        self._database = database
        self._public_url = public_url
        self._areas = areas
        self._numbers = numbers
        written = read_yaml(WORDS_FILE)
        self._words: Mapping[str, str] = written["words"]

    async def links(self, me: SignedIn) -> Links:
        """List them, the open ones first."""
        found = await self._database.read(
            lambda unit: unit.chat_links.of_organisation(me.organisation)
        )
        areas = sorted(self._areas.items(), key=lambda area: area[1])
        return Links(
            links=tuple(self._line(link) for link in found),
            areas=tuple(Area(id, name) for id, name in areas),
        )

    async def make(self, me: SignedIn, *, place: str, area: str, greeting: str) -> str:
        """Make a link and give its short name. ValueError for an unknown choice."""
        wanted = Greeting(greeting)
        if area and area not in self._areas:
            raise ValueError("no such area")
        link = ChatLink(
            slug=new_slug(place),
            organisation=me.organisation,
            active=True,
            place=place,
            area=area or None,
            welcome=None if wanted is Greeting.NONE else wanted.value,
        )

        def work(unit: UnitOfWork) -> str:
            unit.chat_links.put(link, made_by=me.id)
            note(unit, me, Did.LINK_MADE, link.slug)
            return link.slug

        return await self._database.write(work)

    async def revoke(self, me: SignedIn, slug: str) -> None:
        """Close a link for good."""

        def work(unit: UnitOfWork) -> None:
            if not unit.chat_links.revoke(me.organisation, slug):
                raise NotYours
            note(unit, me, Did.LINK_REVOKED, slug)

        await self._database.write(work)

    async def poster(self, me: SignedIn, slug: str) -> Poster:
        """Give what is printed for an open link."""
        link = await self._database.read(lambda unit: unit.chat_links.get(slug))
        if link is None or link.organisation != me.organisation or not link.active:
            raise NotYours
        line = self._line(link)
        # Error correction "q": a quarter may be scratched or covered.
        code = segno.make(line.address, error="q", micro=False)
        # A number is never broken between two lines.
        unbroken = {key: n.replace(" ", "\u00a0") for key, n in self._numbers.items()}
        gaps = {**unbroken, "organisation": me.organisation_name}
        return Poster(
            link=line,
            qr_svg=code.svg_inline(border=4, light="#fff", omitsize=True),
            words={key: text.format(**gaps) for key, text in self._words.items()},
        )

    def _line(self, link: ChatLink) -> LinkLine:
        return LinkLine(
            slug=link.slug,
            address=f"{self._public_url}/c/{link.slug}",
            place=link.place or link.slug,
            area=self._areas.get(link.area or ""),
            greeting=Greeting(link.welcome or "none"),
            is_open=link.active,
        )


def new_slug(place: str) -> str:
    """Make a short name that says where it is and that nobody finds by counting."""
    start = re.sub(r"[^a-z0-9]+", "-", place.lower()).strip("-")[:_LONGEST_START]
    ending = "".join(secrets.choice(_LETTERS) for _ in range(_ENDING))
    return f"{start.strip('-')}-{ending}".strip("-")
