"""What the plan pages ask of whoever runs them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Protocol

from foundations.ids import PlanLineId
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sharing import PlanShare, PlanShareId


class Closed(Exception):
    """No visit has this token, or it has ended."""


@dataclass(frozen=True)
class OwnPage:
    """What a young person's own page shows.

    `mark` tells a phone its copy of this plan from a copy of another person's.
    """

    plan: SafetyPlan
    has_pin: bool
    copies: int
    shares: int
    mark: str


class Act(str, Enum):
    """One thing that can be done to a plan on its page; the value is in the form."""

    ADD = "add"
    CHANGE = "change"
    UP = "up"
    DOWN = "down"
    MOVE = "move"
    REMOVE = "remove"
    RENAME = "rename"
    UNDO = "undo"
    KEEP_HELD = "keep_held"
    LEAVE_HELD = "leave_held"
    DELETE = "delete"
    """The whole plan, for good, and what was shared of it."""


@dataclass(frozen=True)
class Wanted:
    """What the person wants done; what an act does not need stays empty.

    `line` of a line to be added is the id that its form was drawn with: a form that
    is sent twice adds one line.
    """

    act: Act
    line: PlanLineId | None = None
    section: SectionId | None = None
    words: str = ""


@dataclass(frozen=True)
class Done:
    """What was done: in which section, and fixed crisis words if the words call."""

    section: SectionId | None
    crisis_words: tuple[str, ...] = ()


class PlanDoor(Protocol):
    """The gateway, as a young person's own pages see it.

    A visit's token that shows nothing raises Closed, everywhere.
    """

    async def open(self, link: str, pin: str) -> str | None:
        """Exchange a private link for a visit; None for every kind of no."""

    async def from_chat(self, chat_token: str) -> str | None:
        """Begin a visit for whoever holds this web chat; None when nobody does."""

    async def look(self, visit: str) -> OwnPage:
        """Give the page."""

    async def do(self, visit: str, wanted: Wanted) -> Done:
        """Change the plan; a line that is not there changes nothing."""

    async def close(self, visit: str) -> None:
        """End the visit."""

    async def choose_pin(self, visit: str, pin: str | None) -> None:
        """Have private links ask for this PIN, or for none."""

    async def keep_copy(self, visit: str) -> str:
        """Note that a phone keeps a copy, and give what it asks with."""

    async def may_keep(self, copy: str) -> bool:
        """Tell whether a copy may stay where it is."""

    async def drop_copy(self, copy: str) -> None:
        """Note that a phone has removed its copy."""

    async def drop_copies(self, visit: str) -> None:
        """Have every phone remove its copy when it next asks."""


class ShareDoor(Protocol):
    """The gateway, as the pages for sharing see it."""

    async def shares(self, visit: str) -> tuple[PlanShare, ...]:
        """List what was agreed to, newest first."""

    async def preview(
        self,
        visit: str,
        *,
        recipient: str,
        chosen: Collection[SectionId],
        lasts: timedelta,
    ) -> tuple[PlanShare, int]:
        """Keep a preview; give it, and how many lines stay private.

        ValueError for a recipient without a name, NothingToShare for no lines.
        """

    async def agree(self, visit: str, share: PlanShareId) -> str | None:
        """Share what was previewed and give its link's token, once; else None."""

    async def take_back(self, visit: str, share: PlanShareId) -> None:
        """End a share of this person's; any other is left alone."""

    async def shown(self, token: str) -> PlanShare | None:
        """Give an open share to whoever holds its link; else None."""
