"""What the pages about chat links ask of the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from channels.staff.signed_in import SignedIn


class Greeting(str, Enum):
    """Where a link is put up; the young person is told so, in reviewed words."""

    NONE = "none"
    SCHOOL = "school"
    SURGERY = "surgery"
    YOUTH_CLUB = "youth_club"
    COMMUNITY = "community"


@dataclass(frozen=True)
class LinkLine:
    """One link: its short name, where it is shown, and whether it is open."""

    slug: str
    address: str
    place: str
    area: str | None
    greeting: Greeting
    is_open: bool


@dataclass(frozen=True)
class Area:
    """An area that a link can stand in."""

    id: str
    name: str


@dataclass(frozen=True)
class Links:
    """The links of my organisation, and the areas to choose from."""

    links: Sequence[LinkLine]
    areas: Sequence[Area]


@dataclass(frozen=True)
class Poster:
    """What is printed: the address, its QR code as SVG, and the words of a poster."""

    link: LinkLine
    qr_svg: str
    words: dict[str, str]


class LinkDesk(Protocol):
    """The chat links of my organisation. Raises NotYours for any other."""

    async def links(self, me: SignedIn) -> Links:
        """List them, the open ones first."""

    async def make(self, me: SignedIn, *, place: str, area: str, greeting: str) -> str:
        """Make a link and give its short name. ValueError for an unknown choice."""

    async def revoke(self, me: SignedIn, slug: str) -> None:
        """Close a link for good; what it leads to then is help from others."""

    async def poster(self, me: SignedIn, slug: str) -> Poster:
        """Give what is printed for an open link."""
