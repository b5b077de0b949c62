"""Looking back at how a plan was, and wiping that: OLD VERSIONS, PLAN VERSION 3."""

import re
from collections.abc import Sequence
from typing import Final

from bot.turns.safety_plan import whole
from foundations.clock import in_london
from foundations.saying import Choice, Say
from safety_plans.folding import plan_at, plan_from
from safety_plans.plan import PlanChange, PlanVersion

SHOWN_AT_MOST: Final = 5
"""Days looked back at in one message; each day is shown as it ended."""

_NUMBER = re.compile(r"\d{1,6}")


def old_versions(changes: Sequence[PlanChange]) -> tuple[Say, ...]:
    """List the days on which the plan was changed, newest first, the plan now aside."""
    days = _last_of_each_day(plan_from(changes).versions)[:-1]
    if not days:
        return (Say("plan.no_old_versions"),)
    return (Say("plan.old_versions", choices=tuple(map(_to_look_at, _newest(days)))),)


def version_shown(text: str, changes: Sequence[PlanChange]) -> tuple[Say, ...]:
    """Show the plan as it was at the version whose number is asked for."""
    number = _NUMBER.search(text)
    try:
        then = plan_at(changes, int(number[0]) if number else 0)
    except ValueError:
        return (Say("plan.no_such_version"),)
    if not then.all_lines:
        return (Say("plan.version_was_empty"),)
    return (Say("plan.version_shown", {"day": _day(then.versions[-1])}), *whole(then))


def _last_of_each_day(versions: Sequence[PlanVersion]) -> list[PlanVersion]:
    """Keep the last version of each day in London; they come oldest first."""
    return list({_day(version): version for version in versions}.values())


def _newest(days: list[PlanVersion]) -> list[PlanVersion]:
    return days[: -SHOWN_AT_MOST - 1 : -1]


def _to_look_at(version: PlanVersion) -> Choice:
    return Choice(label=_day(version), value=f"plan version {version.number}")


def _day(version: PlanVersion) -> str:
    local = in_london(version.at)
    return f"{local:%a} {local.day} {local:%B} {local.year}"
