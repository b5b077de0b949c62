"""Building the plan, one question at a time: what an answer does, what is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.turns.known_words import plain
from bot.turns.safety_plan import question_about, whole
from bot.turns.safety_plan_asked_of_us import asked_to_put
from bot.turns.safety_plan_asking import how_far, title_of
from bot.turns.safety_plan_correcting import (
    as_meant,
    correction,
    correction_elsewhere,
)
from bot.turns.safety_plan_editing import (
    adds_a_line,
    edited,
    held_answer,
    how_to_edit,
    is_edit,
)
from bot.turns.safety_plan_hearing import WHO, meaning
from bot.turns.safety_plan_ideas import (
    ideas_turned_down,
    is_stray_number,
    picked_words,
)
from bot.turns.safety_plan_means import Heard, Means
from bot.turns.safety_plan_offering import Offering, Turn
from bot.turns.safety_plan_parts import for_other_parts, question_beside, spread
from bot.turns.safety_plan_talk import goes_on, tells_of_a_death, unsure_of
from bot.turns.safety_plan_wishes import section_named
from foundations.saying import Channel, Say
from safety_plans import editing
from safety_plans.gaps import gaps_in
from safety_plans.plan import SafetyPlan, SectionId, Stage, Way
from safety_plans.sections import sections
from safety_plans.splitting import items_in

MAY_BE_FOR_ANOTHER: Final = frozenset(
    {Means.YES, Means.NO, Means.DONT_KNOW, Means.SKIP, Means.SOUND}
)
"""What settles nothing in the plan when something else was asked last."""


SHORT_ANSWERS: Final = {
    Means.THANKS: "plan.thanks",
    Means.HERE: "plan.here",
    Means.ASK_AWAY: "plan.ask_away",
    Means.NO_TEST: "plan.no_test",
    Means.FED_UP: "plan.fed_up",
    Means.NOBODY_COMES: "plan.nobody_comes",
    Means.CANNOT_RING: "plan.cannot_ring",
    Means.CANNOT_ANSWER: "plan.cannot_answer",
    Means.YOU_CHOOSE: "plan.you_choose",
    Means.KEPT: "about.what_happens",
    Means.WHO_IS_HERE: "about.are_you_real",
    Means.SORRY: "plan.no_sorry",
}
"""What is said to us and needs few words, before the question that was open."""


@dataclass(frozen=True)
class Building(Offering):
    """What a message does to a plan that is being built, and what is said to it."""

    def start(self) -> Turn:
        """Offer to build, or carry on where the person was, on any channel."""
        if self.taken:
            return self._once_more()
        plan = self.plan
        if not plan.started and self.waits:
            return Turn((Say("plan.start_next"),), building=False)
        if not plan.started:
            editing.offer_building(self.history, self.young_person, now=self.now)
            return Turn()
        section = plan.open_section or editing.next_section(plan)
        if section is None and plan.all_lines:
            return Turn((Say("plan.already_made"),), building=False)
        self._open(section or SectionId.GETTING_THROUGH)
        return Turn((Say("plan.welcome_back"),))

    def add_to(self, text: str) -> Turn:
        """Open the section asked for; without one, or a first yes, start as ever."""
        section = section_named(text)
        if section is None or not self.plan.started or self.taken:
            return self.start()
        self._open(section)
        return Turn()

    def choose_easy(self) -> Turn:
        """Give choices instead of questions from now on, and start or carry on."""
        self._choose(Way.EASY)
        turn = self.start()
        return Turn((Say("plan.easy_on"), *turn.says), building=turn.building)

    def edit(self, text: str) -> tuple[Say, ...] | None:
        """Do the edit that a text asks for, in or out of building."""
        if self.taken and is_edit(text):
            return (Say("plan.kept"),)
        if not self.plan.started and adds_a_line(text):
            return None
        done = edited(text, self.history, self.young_person, now=self.now)
        if done is None and self.plan.stage is None:
            return self._correct_elsewhere(text, self.plan)
        return done

    def hear(self, heard: Heard) -> Turn:
        """Take one message: keep its words, follow it, or leave it to others."""
        if self.taken:
            return self._once_more()
        plan = self.plan
        if plan.stage is None:
            return Turn(aside=True)
        means = meaning(heard, plan)
        if plan.held_asked and (settled := self._settled(plan, means, heard.text)):
            return settled
        if means is Means.ASIDE:
            return self._aside(plan, heard.text)
        if means in SHORT_ANSWERS:
            self._put_if_asked(plan, means, heard.text)
            return Turn((Say(SHORT_ANSWERS[means]),))
        if self.unsure and means in MAY_BE_FOR_ANOTHER:
            return Turn()
        if plan.stage is Stage.PERMISSION or plan.open_section is None:
            return self._permission(means)
        return self._answered(plan, plan.open_section, means, heard.text)

    def hear_and_ask(self, heard: Heard) -> Turn:
        """Take one message, and ask what the plan waits for then, if it does."""
        turn = self.hear(heard)
        if turn.aside or not turn.building:
            return turn
        return replace(turn, says=(*turn.says, *self.asking()))

    def ask(self) -> Turn:
        """Ask what the plan waits for; nothing, where it was paused meanwhile."""
        if self.plan.stage is None:
            return Turn(building=False)
        return Turn(self.asking())

    def _answered(
        self, plan: SafetyPlan, section: SectionId, means: Means, text: str
    ) -> Turn:
        if done := self.edit(text):
            return Turn(done)
        if means is Means.ADD and section_named(text) is not None:
            return self.add_to(text)
        if words := picked_words(plan, section, text, self.contacts):
            self._add(section, words)
            return self._after_picking(plan, section)
        hidden = ideas_turned_down(plan, text)
        if hidden is not None:
            editing.hide_ideas(self.history, self.young_person, hidden, now=self.now)
            return self._ideas(self.plan, section)
        if self.unsure and means is Means.WORDS:
            means = Means.UNSURE
        if means is Means.WORDS and (pieces := for_other_parts(text)):
            here, now = section, self.now
            return Turn(spread(pieces, here, self.history, self.young_person, now))
        return self._in_section(plan, section, means, text)

    def _put_if_asked(self, plan: SafetyPlan, means: Means, text: str) -> None:
        """Add what "can i put my dog" names, where a line is being asked for."""
        named = asked_to_put(text) if means is Means.YOU_CHOOSE else None
        if named is not None and plan.open_section is not None:
            self._add(plan.open_section, items_in(named))

    def _add(self, section: SectionId, items: Sequence[str]) -> None:
        editing.add_lines(self.history, self.young_person, section, items, now=self.now)

    def _aside(self, plan: SafetyPlan, text: str) -> Turn:
        """Leave a question to others; an answer that came with it is asked about."""
        beside = question_beside(text)
        if beside is not None and plan.open_section is not None:
            self._hold(plan.open_section, beside.answer)
        return Turn(aside=True)

    def _once_more(self) -> Turn:
        """Ask again what is asked now; nothing is taken twice."""
        if self.plan.stage is None:
            return Turn((Say("plan.kept"),), building=False)
        return Turn()

    def _settled(self, plan: SafetyPlan, means: Means, text: str) -> Turn | None:
        """Hear whether what is held is for the plan; None when that was not said."""
        section, now = plan.held_asked, self.now
        picked = None if section is None else held_answer(text, section)
        if picked is not None and picked.section is section:
            means = Means.YES if picked.keep else Means.NO
        if section is None or means not in (Means.YES, Means.NO):
            if means is not Means.ASIDE and picked is None:
                editing.pass_held_over(self.history, self.young_person, now=now)
            return None
        if picked is None and goes_on(plain(text)):
            editing.pass_held_over(self.history, self.young_person, now=now)
            return None
        keep = means is Means.YES
        editing.settle_held(
            self.history, self.young_person, section, keep=keep, now=now
        )
        is_over = plan.ending and not keep and plan.open_section is section
        return self._leave(plan, section) if is_over else Turn()

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
            Means.CORRECTION: lambda plan, _: self._correct(plan, text),
            Means.HOW_FAR: lambda *_: Turn((how_far(section),)),
            Means.SOUND: lambda *_: Turn((Say("plan.not_an_answer"),)),
            Means.UNSURE: lambda _, section: self._unsure(section, text),
        }
        step = steps.get(means)
        return step(plan, section) if step else self._words(section, text)

    def _words(self, section: SectionId, text: str) -> Turn:
        items = items_in(as_meant(text))
        picking = self.plan.picking
        if all(is_stray_number(item, picking=picking) for item in items):
            return Turn((Say("plan.not_an_answer"),))
        self._add(section, items)
        return Turn((Say("plan.sorry_died"),) if tells_of_a_death(text) else ())

    def _correct(self, plan: SafetyPlan, text: str) -> Turn:
        """Do what puts a line right; it is read back with the next question."""
        put_right = correction(text, plan)
        if put_right is None:
            return Turn(self._correct_elsewhere(text, plan) or ())
        put_right.make(self.history, self.young_person, self.now)
        is_out = put_right.words is None and len(plan.unchecked) <= 1
        return Turn((Say("plan.undone"),)) if is_out else Turn()

    def _correct_elsewhere(self, text: str, plan: SafetyPlan) -> tuple[Say, ...] | None:
        """Put a line right that is not read back with the next question; say where."""
        if (put_right := correction_elsewhere(text, plan)) is None:
            return None
        put_right.make(self.history, self.young_person, self.now)
        key = "plan.line_changed" if put_right.words else "plan.line_removed"
        return (Say(key, {"number": str(sections()[put_right.line.section].number)}),)

    def _unsure(self, section: SectionId, text: str) -> Turn:
        """Keep aside what may be talk; the next question is whether it is a line."""
        self._hold(section, text)
        return Turn((Say(unsure_of(text, plain(text))),))

    def _after_picking(self, plan: SafetyPlan, section: SectionId) -> Turn:
        """What was picked is word for word right; when all is too much, go on."""
        if Way.EASY in plan.ways and plan.stage is Stage.ANSWER:
            return self._close(plan, section)
        return Turn()

    def _yes(self, plan: SafetyPlan, section: SectionId) -> Turn:
        if not plan.lines(section):
            return Turn((Say("plan.not_an_answer"),))
        return self._close(plan, section)

    def _no(self, plan: SafetyPlan, section: SectionId) -> Turn:
        if plan.picking:
            return self._not_for_me(plan, section)
        if plan.stage is Stage.CHECK:
            return Turn((Say("plan.put_right"),))
        if plan.lines(section):
            return self._close(plan, section)
        return self._dont_know(plan, section)

    def _close(self, plan: SafetyPlan, section: SectionId) -> Turn:
        editing.close_section(self.history, self.young_person, section, now=self.now)
        return self._go_on(plan, section)

    def _leave(self, plan: SafetyPlan, section: SectionId, *says: Say) -> Turn:
        """End a part; the plan waits for nothing in it."""
        if plan.lines(section):
            return self._close(plan, section)
        editing.skip_section(self.history, self.young_person, section, now=self.now)
        return self._go_on(plan, section, *says)

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
        following = editing.next_section(after) or editing.held_to_ask_about(after)
        if following is not None:
            self._open(following)
            return Turn(says)
        if not after.all_lines:
            return Turn((Say("plan.left_empty"),), building=False)
        if editing.next_section(before) is None and not before.ending:
            return Turn((*says, Say("plan.kept")), building=False)
        gaps = tuple(question_about(gap) for gap in gaps_in(after)[:1])
        shown = whole(after) if self.channel is Channel.WEB else ()
        return Turn((*says, Say("plan.finished"), *shown, *gaps), building=False)

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
        if not self.show_ideas(plan):
            return Turn((Say("plan.no_more_ideas"),))
        return Turn(says)

    def _not_for_me(self, plan: SafetyPlan, section: SectionId) -> Turn:
        editing.hide_ideas(
            self.history, self.young_person, plan.ideas_shown, now=self.now
        )
        return self._ideas(self.plan, section)

    def _dont_know(self, plan: SafetyPlan, section: SectionId) -> Turn:
        if plan.picking and Way.EASY not in plan.ways:
            return self._leave(plan, section, Say("plan.leave_it"))
        people = section in WHO
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
        return Turn(how_to_edit(plan))

    def _easy(self, plan: SafetyPlan, section: SectionId) -> Turn:
        self._choose(Way.EASY)
        return Turn((Say("plan.easy_on"),))

    def _feelings(self, plan: SafetyPlan, section: SectionId) -> Turn:
        """The list of feelings is the ideas for signs; elsewhere it is shown apart."""
        if section is SectionId.SIGNS:
            return self._ideas(plan, section)
        return Turn((Say("plan.feelings"),))

    def _ask_again(self, plan: SafetyPlan, section: SectionId) -> Turn:
        return Turn()
