"""Deleting a plan by itself: the talk, and everything else of theirs, stays."""

from datetime import datetime

from foundations.ids import YoungPersonId
from safety_plans import editing
from storage import UnitOfWork


def delete_plan(unit: UnitOfWork, person: YoungPersonId, now: datetime) -> bool:
    """Forget every line, as it is and was, and end what was shared; False for none."""
    if not unit.plans.changes(person):
        return False
    editing.delete_plan(unit.plans, person, now=now)
    for share in unit.plan_shares.of_person(person):
        unit.plan_shares.take_back(share.id, now)
    return True
