"""Looking again: a plan opened after a while is asked about, gently and seldom."""

from datetime import datetime, timedelta
from typing import Final

from safety_plans.plan import SafetyPlan

A_WHILE: Final = timedelta(days=60)
"""How long a plan goes unchanged, and unasked about, before it is asked about."""


def is_worth_asking(plan: SafetyPlan, now: datetime) -> bool:
    """Tell whether to ask if the plan still fits, now that it is open."""
    if plan.written_at is None or not plan.all_lines:
        return False
    last = max(plan.written_at, plan.fit_asked_at or plan.written_at)
    return now - last >= A_WHILE
