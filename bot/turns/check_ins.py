"""Check-ins by the person's own wish: asked for, told about, ended with one word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from foundations.clock import in_london
from foundations.ids import ConversationId, YoungPersonId, new_id
from foundations.saying import Say
from safety_plans.check_ins import CheckIn, asked_for, is_quiet
from storage.due_work import NewDueWork

KIND: Final = "plan.check_in"


class Unit(Protocol):
    """The part of a unit of work that check-ins lean on."""

    @property
    def due_work(self) -> Any:
        """What is promised for later."""

    @property
    def people(self) -> Any:
        """Young people and their numbers."""


def ask_for(
    unit: Unit,
    person: YoungPersonId,
    conversation: ConversationId,
    text: str,
    now: datetime,
) -> tuple[Say, ...]:
    """Promise the check-in that a text asks for, in place of any before it.

    Without a number there is nothing to write to; without a time it is asked for;
    a time at night is not taken.
    """
    if unit.people.phone_of(person) is None:
        return (Say("plan.check_in_needs_phone"),)
    wanted = asked_for(text, now)
    if wanted is None:
        return (Say("plan.check_in_when"),)
    if is_quiet(wanted.at):
        return (Say("plan.check_in_quiet"),)
    stop(unit, conversation)
    promise(unit, person, conversation, wanted)
    key = "plan.check_in_set" if wanted.rule is None else "plan.check_in_set_often"
    return (Say(key, {"when": as_spoken(wanted.at)}),)


def promise(
    unit: Unit, person: YoungPersonId, conversation: ConversationId, wanted: CheckIn
) -> None:
    """Promise one check-in."""
    unit.due_work.add(
        NewDueWork(
            kind=KIND,
            due_at=wanted.at,
            dedup_key=f"{KIND}:{new_id()}",
            young_person=person,
            conversation=conversation,
            payload=wanted.to_json(),
        )
    )


def stop(unit: Unit, conversation: ConversationId) -> bool:
    """Call off every check-in of a conversation; False when there was none."""
    promised: Sequence[Any] = unit.due_work.to_do(conversation, KIND)
    for work in promised:
        unit.due_work.cancel(work.dedup_key)
    return bool(promised)


def no_more(unit: Unit, conversation: ConversationId) -> tuple[Say, ...]:
    """Answer the one word that ends check-ins."""
    stopped = stop(unit, conversation)
    return (Say("plan.check_ins_ended" if stopped else "plan.no_check_ins"),)


def as_spoken(moment: datetime) -> str:
    """Say a moment as a text would: Sunday 29 November at 5pm, without the year."""
    local = in_london(moment)
    hour = f"{local.hour % 12 or 12}"
    minutes = f".{local.minute:02}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{local:%A} {local.day} {local:%B}, {hour}{minutes}{half}"
