"""What a plan asks next: one question, unless another question stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.turns.safety_plan_asking import about_held, question
from bot.turns.safety_plan_ideas import is_night
from foundations.ids import YoungPersonId
from foundations.saying import Channel, Say
from safety_plans import editing
from safety_plans.plan import ChangeKind, SafetyPlan, SectionId, Stage, Way
from safety_plans.repository import PlanHistory
from safety_plans.sections import ideas_for, sections


@dataclass(frozen=True)
class Prompting:
    """One person's plan, at one moment, over their history.

    `contacts` maps a service to its number, for ideas that hold one. `taken` means
    that this very message was taken before, by a turn whose answer was lost. `waits`
    means that the same answer asks something else ("are you safe right now?"): one
    text asks one question, so the plan's comes when it is asked for again. `unsure`
    means that something else was asked last: this may be an answer to that.
    `message` is the id of the one being answered; `before_yes` is what was written for
    the plan before it was begun.
    """

    history: PlanHistory
    young_person: YoungPersonId
    contacts: Mapping[str, str]
    now: datetime
    channel: Channel = Channel.WEB
    taken: bool = False
    waits: bool = False
    unsure: bool = False
    message: str | None = None
    before_yes: tuple[str, ...] = ()

    @property
    def plan(self) -> SafetyPlan:
        """Read the plan as it stands."""
        return editing.plan_of(self.history, self.young_person)

    def clear(self, section: SectionId | None) -> tuple[Say, ...]:
        """Take every line out of a part, as one act that UNDO takes back."""
        if section is None:
            return (Say("plan.no_such_section"),)
        number = str(sections()[section].number)
        lines = [line.id for line in self.plan.lines(section)]
        editing.remove_line(self.history, self.young_person, *lines, now=self.now)
        return (Say("plan.part_cleared", {"number": number}),)

    def asking(self) -> tuple[Say, ...]:
        """Ask what the plan waits for now, and note what is asked only once."""
        plan = self.plan
        if plan.stage is not None and self.waits:
            begun = plan.stage is not Stage.PERMISSION
            return (Say("plan.waits" if begun else "plan.start_later"),)
        if (held := self._about_held(plan)) is not None:
            return (held,)
        plan = self.plan
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

    def _about_held(self, plan: SafetyPlan) -> Say | None:
        """Ask about what is held, once for each time that its section comes up.

        Whoever went on to something else has settled nothing: it stays held.
        """
        section, now = plan.held_asked, self.now
        if section is not None:
            if self._was_just_asked():
                return about_held(section, plan)
            editing.pass_held_over(self.history, self.young_person, now=now)
            return None
        section = next((one.section for one in plan.held if not one.asked), None)
        if plan.stage is None or section is None:
            return None
        editing.note_held_asked(self.history, self.young_person, section, now=now)
        return about_held(section, plan)

    def _was_just_asked(self) -> bool:
        """Tell whether what is held was asked about in this very turn."""
        return self._is_of_this_turn(ChangeKind.HELD_ASKED)

    def _was_explained(self) -> bool:
        """Tell whether what a plan is and who sees it was said before this turn."""
        return not self._is_of_this_turn(ChangeKind.BUILDING_OFFERED)

    def _is_of_this_turn(self, kind: ChangeKind) -> bool:
        """Tell whether the last change of a kind was led to by the message answered."""
        changes = self.history.changes(self.young_person)
        last = next((one for one in reversed(changes) if one.kind is kind), None)
        return last is not None and last.heard == self.message

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
