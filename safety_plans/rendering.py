"""A plan as structured words: what a page, a print, a PDF or an export draws from."""

from dataclasses import dataclass
from datetime import datetime

from foundations.ids import PlanLineId
from safety_plans.plan import OPTIONAL, SafetyPlan, SectionId, Way
from safety_plans.sections import Section, sections
from safety_plans.showing import safe


@dataclass(frozen=True)
class RenderedLine:
    """One line as it may be shown on one row; its id outlives every edit of it."""

    id: PlanLineId
    words: str
    changed_at: datetime


@dataclass(frozen=True)
class RenderedSection:
    """A section under its display name, and where other services file it."""

    id: SectionId
    number: int
    title: str
    purpose: str
    optional: bool
    stanley_brown: str
    nice: str
    lines: tuple[RenderedLine, ...]


@dataclass(frozen=True)
class RenderedPlan:
    """A plan at one version; `version` is 0 and `updated_at` None while unwritten."""

    name: str | None
    version: int
    updated_at: datetime | None
    sections: tuple[RenderedSection, ...]


def render(plan: SafetyPlan, *, with_empty: bool = False) -> RenderedPlan:
    """Render a plan for its owner, every line of it in their own words.

    `with_empty` keeps sections that hold nothing, so that a page can offer them.
    """
    latest = plan.versions[-1] if plan.versions else None
    shown = (s for s in SectionId if with_empty or plan.lines(s))
    return RenderedPlan(
        name=(safe(plan.name) or None) if plan.name else None,
        version=latest.number if latest else 0,
        updated_at=latest.at if latest else None,
        sections=tuple(_section(plan, section) for section in shown),
    )


def _section(plan: SafetyPlan, id: SectionId) -> RenderedSection:
    about: Section = sections()[id]
    return RenderedSection(
        id=id,
        number=about.number,
        title=about.literal_title if Way.LITERAL in plan.ways else about.title,
        purpose=about.purpose,
        optional=id in OPTIONAL,
        stanley_brown=about.stanley_brown,
        nice=about.nice,
        lines=tuple(
            RenderedLine(line.id, safe(line.words), line.changed_at)
            for line in plan.lines(id)
        ),
    )
