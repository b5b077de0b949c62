"""The offer of a plan: what is said to it before the yes that begins one."""

from dataclasses import dataclass
from typing import Final

from bot.turns.safety_plan_means import Means
from bot.turns.safety_plan_prompting import Prompting
from foundations.saying import Say
from safety_plans import editing
from safety_plans.plan import SafetyPlan, SectionId, Way

KEPT_FOR_YES: Final = "plan.kept_for_yes"
"""Said to words for a plan that is not begun: the thread keeps them until a yes."""

ANOTHER: Final = "answers.the_other_than_a_plan"
"""Offers the rest, once a plan was offered and something else is wanted."""


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
class Offering(Prompting):
    """What a message does to a plan that was offered and is not begun."""

    def choose_way(self, intent: str) -> Turn:
        """Ask in exact words from now on, or in the usual way; nothing is asked now."""
        if intent == Means.LITERAL.value:
            return self._literal(self.plan)
        return self._usual(self.plan)

    def _permission(self, means: Means) -> Turn:
        match means:
            case Means.YES | Means.START:
                self._begin()
                return Turn()
            case Means.NO | Means.STOP | Means.PAUSE | Means.SKIP | Means.BACK:
                return self._not_now("plan.maybe_later")
            case Means.OTHER | Means.NOT_FOR_ME | Means.UNDO:
                return self._not_now(ANOTHER)
            case Means.EASY:
                self._choose(Way.EASY)
                self._begin()
                return Turn((Say("plan.easy_on"),))
            case Means.LITERAL | Means.USUAL:
                return self.choose_way(means.value)
            case Means.WHAT_FOR | Means.DONT_KNOW | Means.RESUME:
                return Turn((Say("plan.what_is_a_plan"),))
            case Means.WORDS:
                return Turn((Say(KEPT_FOR_YES),))
            case _:
                return Turn((Say("plan.yes_or_no"),))

    def _not_now(self, key: str) -> Turn:
        editing.pause_building(self.history, self.young_person, now=self.now)
        return Turn((Say(key),), building=False)

    def _begin(self) -> None:
        """Open the first section, and hold there what was written before the yes."""
        section = editing.next_section(self.plan)
        self._open(section)
        if section is not None:
            for text in self.before_yes:
                self._hold(section, text)

    def _hold(self, section: SectionId, text: str) -> None:
        """Hold words once, however often they come."""
        if all(one.words != text for one in self.plan.held):
            editing.hold_line(
                self.history, self.young_person, section, text, now=self.now
            )

    def _literal(self, plan: SafetyPlan) -> Turn:
        self._choose(Way.LITERAL)
        return Turn((Say("plan.literal_on"),))

    def _usual(self, plan: SafetyPlan) -> Turn:
        editing.choose_ways(self.history, self.young_person, (), now=self.now)
        return Turn((Say("plan.usual_on"),))

    def _choose(self, way: Way) -> None:
        ways = self.plan.ways | {way}
        editing.choose_ways(self.history, self.young_person, ways, now=self.now)

    def _open(self, section: SectionId | None) -> None:
        if section is not None:
            editing.open_section(self.history, self.young_person, section, now=self.now)
