"""Sharing parts of a plan with one person: previewed, agreed, until a day, taken back.

What a share shows is made once, for the preview, and kept as bytes: what was previewed
is what is shown, and a later line of the plan is in no share until it was previewed.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, NewType, Protocol

from foundations.ids import YoungPersonId
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.privacy import may_be_repeated, names_a_way_of_harm
from safety_plans.sections import sections
from safety_plans.showing import safe

PlanShareId = NewType("PlanShareId", str)

LASTS: Final = timedelta(days=30)
LASTS_AT_MOST: Final = timedelta(days=365)
LONGEST_NAME: Final = 80
"""Characters of the name that a person gives whoever a share is for."""


class NothingToShare(ValueError):
    """None of the chosen sections holds a line that may be shared."""


@dataclass(frozen=True)
class SharedSection:
    """A section as someone else sees it."""

    id: SectionId
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class SharedPlan:
    """Exactly what one other person sees; `as_of` is the plan's moment, not theirs."""

    name: str | None
    as_of: datetime
    sections: tuple[SharedSection, ...]

    def to_bytes(self) -> bytes:
        """Write it down; the same content always gives the same bytes."""
        written = {
            "name": self.name,
            "as_of": self.as_of.isoformat(),
            "sections": [
                {"id": s.id.value, "title": s.title, "lines": list(s.lines)}
                for s in self.sections
            ],
        }
        return json.dumps(written, ensure_ascii=True).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> "SharedPlan":
        """Read what `to_bytes` wrote."""
        written = json.loads(content)
        return cls(
            name=written["name"],
            as_of=datetime.fromisoformat(written["as_of"]),
            sections=tuple(
                SharedSection(SectionId(s["id"]), s["title"], tuple(s["lines"]))
                for s in written["sections"]
            ),
        )


@dataclass(frozen=True)
class Preview:
    """What is asked about before anything is shared.

    `kept_back` counts lines of the chosen sections that no share may repeat; they
    stay in the young person's own plan.
    """

    recipient: str
    shown: SharedPlan
    kept_back: int
    expires_at: datetime


class ShareStatus(str, Enum):
    """Where a share stands at a moment."""

    PREVIEWED = "previewed"
    OPEN = "open"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class PlanShare:
    """One share of one plan with one person; `content` is gone once taken back."""

    id: PlanShareId
    young_person: YoungPersonId
    recipient: str
    content: bytes | None
    previewed_at: datetime
    agreed_at: datetime | None
    expires_at: datetime
    taken_back_at: datetime | None
    last_opened_at: datetime | None

    def status(self, now: datetime) -> ShareStatus:
        """Say where it stands; only an open share shows anything to anyone."""
        if self.taken_back_at is not None:
            return ShareStatus.TAKEN_BACK
        if self.expires_at <= now:
            return ShareStatus.EXPIRED
        if self.agreed_at is None:
            return ShareStatus.PREVIEWED
        return ShareStatus.OPEN

    @property
    def shown(self) -> SharedPlan | None:
        """Read what it shows."""
        return None if self.content is None else SharedPlan.from_bytes(self.content)


class PlanShares(Protocol):
    """Where shares are kept; a link's token is kept only as a hash."""

    def preview(
        self, young_person: YoungPersonId, preview: Preview, now: datetime
    ) -> PlanShareId:
        """Keep what is asked about; it shows nothing to anyone yet."""

    def agree(self, share: PlanShareId, now: datetime) -> str | None:
        """Open a previewed share and give its link's token, once; else None."""

    def opened_by(self, token: str, now: datetime) -> PlanShare | None:
        """Find the open share of a token and note that it was looked at; else None."""

    def of_person(self, young_person: YoungPersonId) -> Sequence[PlanShare]:
        """List a person's shares, newest first, whatever became of them."""

    def take_back(self, share: PlanShareId, now: datetime) -> bool:
        """End a share and remove what it showed; False when it had ended before."""


def preview(
    plan: SafetyPlan,
    *,
    recipient: str,
    chosen: Collection[SectionId],
    now: datetime,
    lasts: timedelta = LASTS,
) -> Preview:
    """Make exactly what would be shared, from the chosen sections and no others.

    Lines that no message may repeat are kept back. ValueError for a recipient
    without a name or a time that is not up to a year; NothingToShare when no line
    is left.
    """
    name = safe(recipient)
    if not name or len(name) > LONGEST_NAME:
        raise ValueError("a share is for someone with a name of 1-80 characters")
    if not timedelta(0) < lasts <= LASTS_AT_MOST:
        raise ValueError("a share lasts up to a year")
    shown = tuple(
        part
        for section in SectionId
        if section in chosen and (part := _shared(plan, section)).lines
    )
    if not shown:
        raise NothingToShare("none of the chosen sections holds a line to share")
    every = sum(len(plan.lines(section)) for section in SectionId if section in chosen)
    return Preview(
        recipient=name,
        shown=SharedPlan(_name(plan), now, shown),
        kept_back=every - sum(len(part.lines) for part in shown),
        expires_at=now + lasts,
    )


def is_behind(share: PlanShare, plan: SafetyPlan) -> bool:
    """Tell whether the plan has changed in the shared sections since the preview."""
    shown = share.shown
    if shown is None:
        return False
    return any(_shared(plan, part.id).lines != part.lines for part in shown.sections)


def take_back_all(
    shares: PlanShares, young_person: YoungPersonId, *, now: datetime
) -> int:
    """End every share that stands, as UNSHARE asks; give how many were open."""
    standing = (ShareStatus.OPEN, ShareStatus.PREVIEWED)
    found = [
        share
        for share in shares.of_person(young_person)
        if share.status(now) in standing
    ]
    for share in found:
        shares.take_back(share.id, now)
    return sum(share.status(now) is ShareStatus.OPEN for share in found)


def _shared(plan: SafetyPlan, section: SectionId) -> SharedSection:
    return SharedSection(
        section,
        sections()[section].title,
        tuple(
            safe(line.words) for line in plan.lines(section) if may_be_repeated(line)
        ),
    )


def _name(plan: SafetyPlan) -> str | None:
    """Give the plan's name unless it is one that no share may repeat."""
    if not plan.name or names_a_way_of_harm(plan.name):
        return None
    return safe(plan.name) or None
