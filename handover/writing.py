"""Write cover, timers and the on-call chain as an organisation's file has them.

What `handover.reading` reads back is the same; so is what a lead changes on a page.
"""

from collections.abc import Mapping
from typing import Any

from handover.cover import WHOLE_DAY, CoverHours
from handover.on_call import OnCallContact, Place
from handover.organisation import Organisation
from handover.reading import DAYS
from handover.timers import AlertStep

Written = dict[str, Any]


def written(organisation: Organisation) -> Written:
    """Write down everything that a lead may change."""
    timers, on_call = organisation.timers, organisation.on_call
    later = (step for step in AlertStep if step is not AlertStep.FIRST)
    return {
        "cover_hours": organisation.cover_hours,
        "cover": {
            "shifts": "counted" if organisation.cover.shifts_count else "not counted",
            "hours": [_row(row) for row in organisation.cover.hours],
        },
        "timers": {
            **{step.value: timers.alert[step] for step in later},
            "tell": list(timers.tell),
        },
        "on_call": {
            place.value: [_contact(one) for one in on_call.places.get(place, ())]
            for place in Place
        },
    }


def _row(row: CoverHours) -> Mapping[str, Any]:
    closes = row.closes
    if closes > WHOLE_DAY:
        closes -= WHOLE_DAY
    return {
        "days": [DAYS[day] for day in sorted(row.weekdays)],
        "opens": _clock(row.opens),
        "closes": _clock(closes),
        "bank_holidays": row.on_bank_holidays.value,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _contact(contact: OnCallContact) -> Mapping[str, Any]:
    made: Written = {
        "name": contact.name,
        "ways": [{one.way.value: one.to} for one in contact.addresses],
    }
    if contact.hours:
        made["hours"] = [_row(row) for row in contact.hours]
    return made
