"""What the inbox and the pages of a case ask of the gateway. Times are UTC."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from channels.staff.signed_in import SignedIn
from foundations.ids import HandoverCaseId
from foundations.saying import Channel, Speaker
from handover import CaseStatus


@dataclass(frozen=True)
class CaseLine:
    """One case in a list. Nothing of what was shared or said is in it.

    `number` is what alerts call it by; `waits_from` when somebody should be there;
    `wanted` the worker who was asked for. `moved_by` is the worker whose the last move
    was, None for the young person. `asked_away_from` is the worker after whom they
    asked for someone else (`from_me`: it is me). `cannot_be_texted`: whatever is
    written to them there does not arrive. `awaits_answer`: they spoke last.
    """

    id: HandoverCaseId
    number: int
    status: CaseStatus
    opened_at: datetime
    waits_from: datetime
    wanted: str | None
    said_at: datetime
    channel: Channel
    place: str
    holder: str | None
    is_mine: bool
    is_overdue: bool
    crisis_at: datetime | None
    outcome: str | None
    moved_by: str | None
    asked_away_from: str | None
    from_me: bool
    cannot_be_texted: bool
    awaits_answer: bool

    @property
    def is_to_close(self) -> bool:
        """Say whether the talk is over, and what was done is not written down."""
        over = (CaseStatus.HANDED_BACK, CaseStatus.CLOSED)
        return self.status in over and self.outcome is None


@dataclass(frozen=True)
class Inbox:
    """Who waits and who is held, oldest first.

    `more` counts those that wait and are not listed; `overdue` all that are overdue.
    `to_close` are mine whose talk is over.
    """

    waiting: Sequence[CaseLine]
    more: int
    overdue: int
    mine: Sequence[CaseLine]
    to_close: Sequence[CaseLine]
    team: Sequence[CaseLine]
    holds: int
    most_cases: int


class Undelivered(str, Enum):
    """What keeps a line that was texted from having arrived."""

    LOST = "lost"
    TRIED_AGAIN = "tried_again"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True)
class ThreadLine:
    """One line of the thread since the handover began; `is_crisis` marks fixed words
    that the crisis screen sent by itself. `by` names the worker who wrote it."""

    id: str
    speaker: Speaker
    by: str
    text: str
    said_at: datetime
    is_crisis: bool
    undelivered: Undelivered | None


@dataclass(frozen=True)
class ThreadNews:
    """What is new in a thread.

    `delivery` stands for what became of its texts, and whether the phone can be
    texted at all: an open page that shows another one is to be drawn again.
    """

    lines: Sequence[ThreadLine]
    delivery: str

    def is_drawn_as(self, delivery: str | None) -> bool:
        """Say whether a page shows just this; None: from before pages showed it."""
        return delivery is None or delivery == self.delivery


@dataclass(frozen=True)
class NoteLine:
    """A note for colleagues, apart from the conversation.

    `held_back` is why the young person may not read it for now; None when they may.
    """

    id: str
    by: str
    text: str
    written_at: datetime
    held_back: str | None


@dataclass(frozen=True)
class Colleague:
    """Somebody whom a case can be handed on to."""

    id: str
    name: str
    holds: int
    most_cases: int
    on_shift: bool

    @property
    def has_room(self) -> bool:
        """Say whether they hold fewer cases than they carry."""
        return self.holds < self.most_cases


@dataclass(frozen=True)
class Elsewhere:
    """Another organisation that the young person can be asked about."""

    id: str
    name: str


@dataclass(frozen=True)
class CasePage:
    """A case that somebody holds, or held, as far as consent goes.

    `shared` is None and the thread empty when it is not theirs to read any more.
    `decides_notes`: they may hold a note back from the young person, and undo that.
    `undelivered` is what holds for any text of the case; `delivery` as in its news.
    """

    line: CaseLine
    shared: str | None
    thread: Sequence[ThreadLine]
    notes: Sequence[NoteLine]
    decides_notes: bool
    colleagues: Sequence[Colleague]
    elsewhere: Sequence[Elsewhere]
    undelivered: Collection[Undelivered]
    last_code: str | None
    delivery: str


class Claim(str, Enum):
    """What became of a claim."""

    MINE = "mine"
    TAKEN = "taken"
    FULL = "full"
    NOT_WAITING = "not_waiting"
    CANNOT_BE_TEXTED = "cannot_be_texted"
    ASKED_AWAY = "asked_away"


class CaseDesk(Protocol):
    """The cases of my organisation. Everything raises NotYours for any other."""

    async def inbox(self, me: SignedIn) -> Inbox:
        """List who waits, whom I talk with, and whom my colleagues talk with."""

    async def waiting(self, me: SignedIn) -> int:
        """Count who waits in my organisation."""

    async def done(self, me: SignedIn) -> Sequence[CaseLine]:
        """List the cases that nobody holds any more, newest first."""

    async def case(self, me: SignedIn, case: HandoverCaseId) -> CasePage:
        """Read a case; that it was read is written down."""

    async def wait_for_news(
        self,
        me: SignedIn,
        case: HandoverCaseId,
        *,
        seen: str,
        delivery: str | None,
        seconds: float,
    ) -> ThreadNews | None:
        """Give what was said after `seen`, waiting for it; None: not mine any more.

        It does not wait where `delivery` is not what the page shows.
        """

    async def claim(
        self, me: SignedIn, case: HandoverCaseId, *, all_the_same: bool
    ) -> Claim:
        """Take a waiting case, within my limit; of several who try one has it.

        `all_the_same`: though they asked for someone else than me.
        """

    async def say(self, me: SignedIn, case: HandoverCaseId, text: str) -> bool:
        """Speak in the thread of a case I hold; False when no text can go there."""

    async def note(self, me: SignedIn, case: HandoverCaseId, text: str) -> None:
        """Keep a note beside a case I hold or held."""

    async def decide_note(
        self, me: SignedIn, case: HandoverCaseId, note: str, reason: str
    ) -> None:
        """Hold a note back from its young person for a reason; "" shows it again.

        ValueError for an unknown reason.
        """

    async def release(self, me: SignedIn, case: HandoverCaseId) -> None:
        """Let a case wait for a colleague: mine, or as a lead anybody's."""

    async def hand_on(self, me: SignedIn, case: HandoverCaseId, colleague: str) -> bool:
        """Ask a colleague to take a case I hold; False when they hold enough."""

    async def ask_about(
        self, me: SignedIn, case: HandoverCaseId, organisation: str
    ) -> None:
        """Ask the young person whether another organisation may see the same."""

    async def hand_back(self, me: SignedIn, case: HandoverCaseId) -> None:
        """Give the conversation back to the bot, and say so."""

    async def close(self, me: SignedIn, case: HandoverCaseId, outcome: str) -> None:
        """End a case, or say what was done in one that was left.

        ValueError for an unknown outcome.
        """
