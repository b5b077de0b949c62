"""Building the plan, one question at a time: what an answer does, what is asked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.turns.safety_plan import question_about, whole
from bot.turns.safety_plan_asking import question, title_of
from bot.turns.safety_plan_editing import edited
from bot.turns.safety_plan_hearing import Heard, Means, meaning, section_named
from foundations.clock import in_london
from foundations.ids import YoungPersonId
from foundations.saying import Say
from safety_plans import editing
from safety_plans.gaps import gaps_in
from safety_plans.plan import SafetyPlan, SectionId, Stage, Way
from safety_plans.repository import PlanHistory
from safety_plans.sections import (
    ideas_for,
    picked,
    sections,
    with_numbers,
)
from safety_plans.splitting import items_in

NIGHT_BEGINS, NIGHT_ENDS = 21, 7
"""The hours in London between which ideas that work at 2 a.m. come first."""

_NOT_FOR_ME = re.compile(
    r"\s*(?:not (?:for me|me)|hide|no to|not)\W*\d(?:\W|and|\d)*|"
    r"\s*\d(?:\W|and|\d)*(?:is|are|isnt|isn't|arent|aren't)?\s*not for me\W*",
    re.IGNORECASE,
)

_STRAY_NUMBER = re.compile(r"\d{1,2}\W*")
"""A number that answers a list of another question; a phone number is longer."""


@dataclass(frozen=True)
class Turn:
    """What an answer led to: something to say before the next question.

    `aside` means that it was not about the plan: something else answers it, and
    the question stands. `building` tells whether a question follows.
    """

    says: tuple[Say, ...] = ()
    building: bool = True
    aside: bool = False


@dataclass(frozen=True)
class Building:
    """One person's plan being built, at one moment, over their history.

    `contacts` maps a service to its number, for ideas that hold one.
    """

    history: PlanHistory
    young_person: YoungPersonId
    contacts: Mapping[str, str]
    now: datetime

    @property
    def plan(self) -> SafetyPlan:
        """Read the plan as it stands."""
        return editing.plan_of(self.history, self.young_person)

    def start(self) -> Turn:
        """Offer to build, or carry on where the person was, on any channel."""
        plan = self.plan
        if not plan.started:
            editing.offer_building(self.history, self.young_person, now=self.now)
            return Turn()
        section = plan.open_section or editing.next_section(plan)
        if section is None:
            return Turn((Say("plan.already_made"),), building=False)
        self._open(section)
        return Turn((Say("plan.welcome_back"),))

    def add_to(self, text: str) -> Turn:
        """Open the section asked for; without one, or a first yes, start as ever."""
        section = section_named(text)
        if section is None or not self.plan.started:
            return self.start()
        self._open(section)
        return Turn()

    def choose_easy(self) -> Turn:
        """Give choices instead of questions from now on, and start or carry on."""
        self._choose(Way.EASY)
        turn = self.start()
        return Turn((Say("plan.easy_on"), *turn.says), building=turn.building)

    def choose_way(self, intent: str) -> Turn:
        """Ask in exact words from now on, or in the usual way; nothing is asked now."""
        if intent == Means.LITERAL.value:
            return self._literal(self.plan)
        return self._usual(self.plan)

    def edit(self, text: str) -> tuple[Say, ...] | None:
        """Do the edit that a text asks for, in or out of building."""
        return edited(text, self.history, self.young_person, now=self.now)

    def hear(self, heard: Heard) -> Turn:
        """Take one message: keep its words, follow it, or leave it to others."""
        plan = self.plan
        if plan.stage is None:
            return Turn(building=False)
        means = meaning(heard, plan)
        if means is Means.ASIDE:
            return Turn(aside=True)
        if plan.stage is Stage.PERMISSION or plan.open_section is None:
            return self._permission(means)
        if done := self.edit(heard.text):
            return Turn(done)
        if means is Means.ADD and section_named(heard.text) is not None:
            return self.add_to(heard.text)
        if self._picks(plan.open_section, heard.text):
            return self._after_picking(plan, plan.open_section)
        if plan.picking and (hidden := self._hides_some(plan, heard.text)):
            return hidden
        return self._in_section(plan, plan.open_section, means, heard.text)

    def _permission(self, means: Means) -> Turn:
        match means:
            case Means.YES | Means.START:
                self._open(editing.next_section(self.plan))
                return Turn()
            case Means.NO | Means.STOP | Means.PAUSE | Means.SKIP | Means.BACK:
                editing.pause_building(self.history, self.young_person, now=self.now)
                return Turn((Say("plan.maybe_later"),), building=False)
            case Means.EASY:
                self._choose(Way.EASY)
                self._open(editing.next_section(self.plan))
                return Turn((Say("plan.easy_on"),))
            case Means.LITERAL:
                return self._literal(self.plan)
            case Means.USUAL:
                return self._usual(self.plan)
            case Means.WHAT_FOR | Means.DONT_KNOW | Means.RESUME:
                return Turn((Say("plan.what_is_a_plan"),))
            case _:
                return Turn((Say("plan.yes_or_no"),))

    def _in_section(
        self, plan: SafetyPlan, section: SectionId, means: Means, text: str
    ) -> Turn:
        steps: Mapping[Means, Callable[[SafetyPlan, SectionId], Turn]] = {
            Means.YES: self._yes,
            Means.NO: self._no,
            Means.SKIP: self._skip,
            Means.BACK: self._back,
            Means.PAUSE: self._pause,
            Means.STOP: self._pause,
            Means.IDEAS: self._ideas,
            Means.NOT_FOR_ME: self._not_for_me,
            Means.WHAT_FOR: self._what_for,
            Means.DONT_KNOW: self._dont_know,
            Means.UNDO: self._undo,
            Means.SHOW: self._show,
            Means.EDIT: self._how_to_edit,
            Means.EASY: self._easy,
            Means.LITERAL: lambda plan, _: self._literal(plan),
            Means.USUAL: lambda plan, _: self._usual(plan),
            Means.FEELINGS: self._feelings,
            Means.START: self._ask_again,
            Means.RESUME: self._ask_again,
        }
        step = steps.get(means)
        return step(plan, section) if step else self._words(section, text)

    def _words(self, section: SectionId, text: str) -> Turn:
        items = items_in(text)
        if all(_STRAY_NUMBER.fullmatch(item) for item in items):
            return Turn((Say("plan.not_an_answer"),))
        editing.add_lines(self.history, self.young_person, section, items, now=self.now)
        return Turn()

    def _picks(self, section: SectionId, text: str) -> bool:
        """Add exactly the ideas that were picked, by their words or their numbers."""
        plan = self.plan
        shown = {
            idea.id: idea.words
            for idea in with_numbers(sections()[section].ideas, self.contacts)
        }
        numbers = re.fullmatch(r"\s*\d(?:[\s,&+]|and)*(?:\d(?:[\s,&+]|and)*)*", text)
        words: list[str] = []
        if numbers and plan.picking:
            asked = [int(digit) for digit in re.findall(r"\d", text)]
            if max(asked) <= len(plan.ideas_shown) and min(asked) > 0:
                words = [shown[plan.ideas_shown[n - 1]] for n in dict.fromkeys(asked)]
        elif idea := picked(text, section, self.contacts):
            words = [idea.words]
        if words:
            editing.add_lines(
                self.history, self.young_person, section, words, now=self.now
            )
        return bool(words)

    def _after_picking(self, plan: SafetyPlan, section: SectionId) -> Turn:
        """What was picked is word for word right; when all is too much, go on."""
        if Way.EASY in plan.ways and plan.stage is Stage.ANSWER:
            return self._close(plan, section)
        return Turn()

    def _hides_some(self, plan: SafetyPlan, text: str) -> Turn | None:
        """Hide the ideas of a list that were named as not for this person."""
        asked = _NOT_FOR_ME.fullmatch(text)
        if asked is None:
            return None
        numbers = [int(digit) for digit in re.findall(r"\d", text)]
        ideas = [
            idea for n, idea in enumerate(plan.ideas_shown, start=1) if n in numbers
        ]
        editing.hide_ideas(self.history, self.young_person, ideas, now=self.now)
        return self._ideas(self.plan, plan.open_section or SectionId.GETTING_THROUGH)

    def _yes(self, plan: SafetyPlan, section: SectionId) -> Turn:
        if not plan.lines(section):
            return Turn((Say("plan.not_an_answer"),))
        return self._close(plan, section)

    def _no(self, plan: SafetyPlan, section: SectionId) -> Turn:
        if plan.stage is Stage.CHECK:
            return Turn((Say("plan.put_right"),))
        if plan.lines(section):
            return self._close(plan, section)
        return self._dont_know(plan, section)

    def _close(self, plan: SafetyPlan, section: SectionId) -> Turn:
        editing.close_section(self.history, self.young_person, section, now=self.now)
        return self._go_on(plan, section)

    def _skip(self, plan: SafetyPlan, section: SectionId) -> Turn:
        if plan.lines(section):
            return self._close(plan, section)
        editing.skip_section(self.history, self.young_person, section, now=self.now)
        first_time = section not in plan.skips
        if first_time and section is SectionId.MAKING_SAFER:
            return self._go_on(plan, section, Say("plan.skipped_safer"))
        if section is SectionId.PEOPLE_TO_TALK_TO:
            return self._go_on(plan, section, Say("plan.skipped_people"))
        return self._go_on(plan, section)

    def _go_on(self, before: SafetyPlan, section: SectionId, *says: Say) -> Turn:
        after = self.plan
        following = editing.next_section(after)
        if following is not None:
            self._open(following)
            return Turn(says)
        if not after.all_lines:
            return Turn((*says, Say("plan.empty")), building=False)
        if editing.next_section(before) is None:
            return Turn((*says, Say("plan.kept")), building=False)
        gaps = tuple(question_about(gap) for gap in gaps_in(after)[:1])
        return Turn((*says, Say("plan.finished"), *whole(after), *gaps), building=False)

    def _back(self, plan: SafetyPlan, section: SectionId) -> Turn:
        before = editing.section_before(section)
        if before is None:
            return Turn((Say("plan.at_the_start"),))
        self._open(before)
        return Turn()

    def _pause(self, plan: SafetyPlan, section: SectionId) -> Turn:
        editing.pause_building(self.history, self.young_person, now=self.now)
        return Turn((Say("plan.paused"),), building=False)

    def _ideas(self, plan: SafetyPlan, section: SectionId, *says: Say) -> Turn:
        if not self._show_ideas(plan):
            return Turn((Say("plan.no_more_ideas"),))
        return Turn(says)

    def _show_ideas(self, plan: SafetyPlan) -> bool:
        """Note which ideas are shown next; False when every one was turned down."""
        if plan.open_section is None:
            return False
        ideas = ideas_for(
            plan.open_section,
            plan,
            contacts=self.contacts,
            at_night=_is_night(self.now),
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

    def _not_for_me(self, plan: SafetyPlan, section: SectionId) -> Turn:
        editing.hide_ideas(
            self.history, self.young_person, plan.ideas_shown, now=self.now
        )
        return self._ideas(self.plan, section)

    def _dont_know(self, plan: SafetyPlan, section: SectionId) -> Turn:
        people = section is SectionId.PEOPLE_TO_TALK_TO
        return self._ideas(
            plan, section, Say("plan.nobody_yet" if people else "plan.that_is_ok")
        )

    def _what_for(self, plan: SafetyPlan, section: SectionId) -> Turn:
        about = sections()[section]
        values = {"title": title_of(section, plan), "purpose": about.purpose}
        return Turn((Say("plan.what_for", values),))

    def _undo(self, plan: SafetyPlan, section: SectionId) -> Turn:
        undone = editing.undo(self.history, self.young_person, now=self.now)
        return Turn((Say("plan.undone" if undone else "plan.nothing_to_undo"),))

    def _show(self, plan: SafetyPlan, section: SectionId) -> Turn:
        return Turn(whole(plan) if plan.all_lines else (Say("plan.nothing_yet"),))

    def _how_to_edit(self, plan: SafetyPlan, section: SectionId) -> Turn:
        return Turn((Say("plan.how_to_edit"),))

    def _easy(self, plan: SafetyPlan, section: SectionId) -> Turn:
        self._choose(Way.EASY)
        return Turn((Say("plan.easy_on"),))

    def _literal(self, plan: SafetyPlan) -> Turn:
        self._choose(Way.LITERAL)
        return Turn((Say("plan.literal_on"),))

    def _usual(self, plan: SafetyPlan) -> Turn:
        editing.choose_ways(self.history, self.young_person, (), now=self.now)
        return Turn((Say("plan.usual_on"),))

    def _choose(self, way: Way) -> None:
        ways = self.plan.ways | {way}
        editing.choose_ways(self.history, self.young_person, ways, now=self.now)

    def _feelings(self, plan: SafetyPlan, section: SectionId) -> Turn:
        """The list of feelings is the ideas for signs; elsewhere it is shown apart."""
        if section is SectionId.SIGNS:
            return self._ideas(plan, section)
        return Turn((Say("plan.feelings"),))

    def _ask_again(self, plan: SafetyPlan, section: SectionId) -> Turn:
        return Turn()

    def _open(self, section: SectionId | None) -> None:
        if section is not None:
            editing.open_section(self.history, self.young_person, section, now=self.now)

    def asking(self) -> tuple[Say, ...]:
        """Ask what the plan waits for now, and note what is asked only once."""
        plan = self.plan
        if Way.EASY in plan.ways and _waits_for_a_first_answer(plan):
            self._show_ideas(plan)
            plan = self.plan
        asked = question(plan, self.contacts)
        editing.note_clearer_asked(
            self.history,
            self.young_person,
            [line.id for line in asked.asked_clearer],
            now=self.now,
        )
        return asked.says


def _waits_for_a_first_answer(plan: SafetyPlan) -> bool:
    section = plan.open_section
    if plan.stage is not Stage.ANSWER or section is None:
        return False
    return not plan.picking and not plan.lines(section)


def _is_night(moment: datetime) -> bool:
    hour = in_london(moment).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS
