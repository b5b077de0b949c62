"""Whom an alert reaches: by the rota, and never nobody while there is a lead."""

from datetime import datetime

import pytest

from foundations.clock import LONDON
from handover.cover import CoverHours, OnBankHolidays
from handover.on_call import Address, OnCall, OnCallContact, Place, Way
from handover.timers import AlertStep

DAYS = CoverHours(frozenset(range(5)), 9 * 60, 17 * 60, OnBankHolidays.CLOSED)
NIGHTS = CoverHours(frozenset(range(7)), 17 * 60, 33 * 60, OnBankHolidays.AS_USUAL)


def contact(name: str, *hours: CoverHours) -> OnCallContact:
    return OnCallContact(name, (Address(Way.SMS, "+447700900951"),), hours)


CHAIN = OnCall(
    {
        Place.FIRST: (contact("days", DAYS), contact("nights", NIGHTS)),
        Place.SECOND: (contact("second", DAYS),),
        Place.LEAD: (contact("lead"),),
    }
)


@pytest.mark.parametrize(
    ("clock", "step", "reached"),
    [
        ("2026-11-25T10:00", AlertStep.FIRST, "days"),
        ("2026-11-25T10:00", AlertStep.REMIND, "days"),
        ("2026-11-25T10:00", AlertStep.SECOND, "second"),
        ("2026-11-25T10:00", AlertStep.LEAD, "lead"),
        ("2026-11-25T23:00", AlertStep.FIRST, "nights"),
        # Nobody second at night: the lead is reached instead.
        ("2026-11-25T23:00", AlertStep.SECOND, "lead"),
        # Saturday morning: nobody first and nobody second.
        ("2026-11-28T10:00", AlertStep.FIRST, "lead"),
    ],
)
def test_a_step_reaches_whoever_is_on_now(
    clock: str, step: AlertStep, reached: str
) -> None:
    now = datetime.fromisoformat(clock).replace(tzinfo=LONDON)
    found = CHAIN.for_step(step, now, lambda _day: False)

    assert found is not None
    assert found.name == reached


@pytest.mark.parametrize("step", list(AlertStep))
def test_a_holiday_never_means_nobody(step: AlertStep) -> None:
    now = datetime(2026, 12, 25, 10, tzinfo=LONDON)

    found = CHAIN.for_step(step, now, lambda _day: True)
    assert found is not None
