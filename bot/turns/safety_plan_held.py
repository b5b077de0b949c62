"""Building over the records: taken once, and no answer lost to crisis words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from bot.turns.known_words import as_read, plain
from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_hearing import meaning
from bot.turns.safety_plan_means import Heard, Means
from bot.turns.safety_plan_offering import KEPT_FOR_YES
from escalation import Route
from foundations.ids import ConversationId, YoungPersonId
from foundations.saying import Channel, Speaker
from safety_plans import editing
from safety_plans.plan import SectionId, Stage
from safety_plans.repository import Because, PlanHistory, ReadOnce

NOT_A_LINE: Final = frozenset(
    route.value
    for route in (
        Route.NONE,
        Route.EMERGENCY_NOW,
        Route.SUICIDE,
        Route.CONCERN_FOR_OTHER,
    )
)
"""Wishing to die, an emergency, a friend in danger: never offered as a line."""

_TELLS = re.compile(
    r"(?:(?:ok|and|but|so|idk|um|well|no|nah|yes|yeah|lol|tbh) )*"
    r"(?:(?:i|ive|im|i have|i am|i was|ive been)"
    r"(?: (?:\w+ly|just|still|already|have|been|do|did|always|sometimes))*"
    r" (?:cut|cutting|hurt|hurting|harm\w*|burn\w*|scratch\w*|hit|hitting|punch\w*"
    r"|starv\w*|self ?harm\w*|relapsed|did|done|doing|took|want|wanna|feel|hate|need"
    r"|nearly|almost|keep|cant|cannot|thinking|going|gonna|scared|afraid)"
    r"|(?:he|hes|she|shes|they|theyre|someone|somebody|everyone|people"
    r"|(?:my|our) (?:\w+ )?\w+|(?:step ?)?(?:mum|mam|mom|dad))"
    r"(?: (?:just|always|still|keeps|is|was|has|used to))*"
    r" (?:hits?|hitting|hurts?|hurting|beats?|beating|touch\w*|kicks?|slaps?|slapped"
    r"|punche[sd]|punch|threatens?|threatened|rapes?|raped|grabs?|grabbed|chokes?"
    r"|choked|screams?|shouts?|locks?|locked|forces?|forced|makes?|made))\b"
    r"(?!.*\b(?:so i|then i|instead)\b)"
)
"""What happened, or how it is, told to us; what helps is told in other words."""
_NAMES_999 = re.compile(
    r"(?:(?:i|id|ill|i would|i will) )?(?:just )?"
    r"(?:ring|call|phone|dial|text|go to|get)? ?"
    r"(?:999|112|111|an ambulance|ambulance|a e|hospital|the police|police)"
    r"(?: (?:or|and|then) .{1,30})?"
)
"""An answer to who to ring, which by itself is read as an emergency."""

LOOKS_BACK: Final = 40
"""Messages in which words from before a yes are looked for."""


class Unit(Protocol):
    """The part of a unit of work that building leans on."""

    @property
    def plans(self) -> Any:
        """Plan histories."""

    @property
    def inbox(self) -> Any:
        """What came in, and by which route it was answered."""

    @property
    def messages(self) -> Any:
        """What was said, by both."""


def building_of(
    unit: Unit,
    conversation: ConversationId,
    young_person: YoungPersonId,
    contacts: Mapping[str, str],
    now: datetime,
    *,
    channel: Channel,
    message: str | None,
    waits: bool = False,
    unsure: bool = False,
) -> Building:
    """Give one person's building, for one message.

    `waits` and `unsure` as in `Prompting`.
    """
    history = ReadOnce(unit.plans)
    because = Because(history, message)
    _hold_what_was_answered_first(unit, history, conversation, young_person, now)
    return Building(
        because,
        young_person,
        contacts,
        now,
        channel,
        taken=because.is_taken(young_person),
        waits=waits,
        unsure=unsure,
        message=message,
        before_yes=_written_before_yes(unit, history, conversation, young_person),
    )


def _written_before_yes(
    unit: Unit,
    history: PlanHistory,
    conversation: ConversationId,
    young_person: YoungPersonId,
) -> tuple[str, ...]:
    """Find in the thread what was written for a plan that was not begun."""
    if editing.plan_of(history, young_person).stage is not Stage.PERMISSION:
        return ()
    found: dict[str, None] = {}
    written = ""
    for message in unit.messages.latest(conversation, LOOKS_BACK):
        if message.speaker is Speaker.YOUNG_PERSON:
            written = message.text
        elif message.key == KEPT_FOR_YES:
            found[written] = None
    return tuple(found)


def _hold_what_was_answered_first(
    unit: Unit,
    history: PlanHistory,
    conversation: ConversationId,
    young_person: YoungPersonId,
    now: datetime,
) -> None:
    """Keep aside what crisis words answered while a section was open.

    The crisis words lean on no plan, so the plan looks back for them, here.
    """
    plan = editing.plan_of(history, young_person)
    section, since = plan.open_section, plan.opened_at
    if plan.stage is None or section is None or since is None:
        return
    known = {line.words for line in plan.all_lines} | {one.words for one in plan.held}
    for route, text in unit.inbox.screened_since(conversation, since):
        is_line = meaning(Heard(text), plan) in (Means.WORDS, Means.UNSURE)
        if is_line and text not in known and _may_be_a_line(route, text, section):
            editing.hold_line(history, young_person, section, text, now=now)


def _may_be_a_line(route: str, text: str, section: SectionId) -> bool:
    """Tell an answer that crisis words came before from what was told in its place."""
    said = as_read(plain(text))
    if section is SectionId.EMERGENCY_SUPPORT and _NAMES_999.fullmatch(said):
        return True
    return route not in NOT_A_LINE and _TELLS.match(said) is None
