"""What a plan asks next: one question, unless another question stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.turns.safety_plan_asking import question, title_of
from bot.turns.safety_plan_ideas import is_night
from foundations.ids import YoungPersonId
from foundations.saying import Channel, Say
from safety_plans import editing
from safety_plans.plan import ChangeKind, SafetyPlan, Stage, Way
from safety_plans.repository import PlanHistory
from safety_plans.sections import ideas_for

ONE_TURN = timedelta(seconds=5)
"""The offer and its question are one turn, though Rasa asks for them one by one."""


@dataclass(frozen=True)
class Prompting:
    """One person's plan, at one moment, over their history.

    `contacts` maps a service to its number, for ideas that hold one. `taken` means
    that this very message was taken before, by a turn whose answer was lost. `waits`
    means that the same answer asks something else ("are you safe right now?"): one
    text asks one question, so the plan's comes when it is asked for again.
    """

    history: PlanHistory
    young_person: YoungPersonId
    contacts: Mapping[str, str]
    now: datetime
    channel: Channel = Channel.WEB
    taken: bool = False
    waits: bool = False

    @property
    def plan(self) -> SafetyPlan:
        """Read the plan as it stands."""
        return editing.plan_of(self.history, self.young_person)

    def asking(self) -> tuple[Say, ...]:
        """Ask what the plan waits for now, and note what is asked only once."""
        plan = self.plan
        if plan.held_asked and not self._was_just_asked():
            # Asked once: whoever went on to something else has left it out.
            editing.settle_held(
                self.history, self.young_person, keep=False, now=self.now
            )
            plan = self.plan
        elif plan.stage is not None and plan.held and not self.waits:
            editing.note_held_asked(self.history, self.young_person, now=self.now)
            return (Say("plan.held", {"title": title_of(plan.held[0].section, plan)}),)
        if plan.stage is not None and self.waits:
            begun = plan.stage is not Stage.PERMISSION
            return (Say("plan.waits" if begun else "plan.start_later"),)
        if Way.EASY in plan.ways and _waits_for_a_first_answer(plan):
            self.show_ideas(plan)
            plan = self.plan
        if plan.stage is Stage.PERMISSION and self._was_explained():
            return (Say("plan.permission_again"),)
        asked = question(plan, self.contacts, self.channel)
        editing.note_clearer_asked(
            self.history,
            self.young_person,
            [line.id for line in asked.asked_clearer],
            now=self.now,
        )
        return asked.says

    def _was_just_asked(self) -> bool:
        """Tell whether what is held was asked about in this very turn."""
        changes = self.history.changes(self.young_person)
        asked = [c.at for c in changes if c.kind is ChangeKind.HELD_ASKED]
        return bool(asked) and self.now - max(asked) <= ONE_TURN

    def _was_explained(self) -> bool:
        """Tell whether what a plan is and who sees it was said before this turn."""
        changes = self.history.changes(self.young_person)
        offers = [c.at for c in changes if c.kind is ChangeKind.BUILDING_OFFERED]
        return self.now - max(offers, default=self.now) > ONE_TURN

    def show_ideas(self, plan: SafetyPlan) -> bool:
        """Note which ideas are shown next; False when every one was turned down."""
        if plan.open_section is None:
            return False
        ideas = ideas_for(
            plan.open_section,
            plan,
            contacts=self.contacts,
            at_night=is_night(self.now),
            easy=Way.EASY in plan.ways,
        )
        if ideas:
            editing.show_ideas(
                self.history,
                self.young_person,
                [idea.id for idea in ideas],
                now=self.now,
            )
        return bool(ideas)


def _waits_for_a_first_answer(plan: SafetyPlan) -> bool:
    section = plan.open_section
    if plan.stage is not Stage.ANSWER or section is None:
        return False
    return not plan.picking and not plan.lines(section)
