"""Organisations for journeys: the demo charity with other hours and neighbours."""

from dataclasses import replace
from typing import Any

from foundations.ids import OrganisationId
from handover import Organisation, Organisations
from handover.cover import Cover, CoverHours, OnBankHolidays

DEMO = Organisations.load().named(OrganisationId("demo"))


def weekdays(opens: int = 9, closes: int = 17) -> Cover:
    """Cover from Monday to Friday, closed on bank holidays."""
    row = CoverHours(
        weekdays=frozenset(range(5)),
        opens=opens * 60,
        closes=closes * 60,
        on_bank_holidays=OnBankHolidays.CLOSED,
    )
    return Cover((row,), shifts_count=False)


def the_demo_charity(**changes: Any) -> Organisation:
    return replace(DEMO, **changes)


def another_charity(**changes: Any) -> Organisation:
    """A second organisation, that the first may pass a request on to."""
    values = {"id": OrganisationId("other"), "name": "the other charity", **changes}
    return replace(DEMO, **values)


def only(*organisations: Organisation) -> Organisations:
    return Organisations({one.id: one for one in organisations})
