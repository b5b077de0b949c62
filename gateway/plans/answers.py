"""What the plan's command words do, the same with Rasa up or down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.turns import check_ins
from bot.turns import safety_plan as plan_turns
from bot.turns.safety_plan_building import Building
from bot.turns.safety_plan_editing import clear_part, how_to_edit
from bot.turns.safety_plan_hearing import meaning
from bot.turns.safety_plan_held import building_of
from bot.turns.safety_plan_means import Heard, Means
from bot.turns.safety_plan_parts import may_fill
from bot.turns.safety_plan_requests import spoken
from bot.turns.safety_plan_versions import old_versions, version_shown
from bot.turns.safety_plan_wishes import section_named
from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Channel, Say
from gateway.commands import Command, Handler
from gateway.plans.deleting import delete_plan
from gateway.turn import Answer, Turn
from safety_plans import editing
from safety_plans.folding import plan_from
from safety_plans.looking_again import is_worth_asking
from safety_plans.plan import SafetyPlan, SectionId
from safety_plans.sections import sections
from storage import Database, UnitOfWork

VERSION = re.compile(r"\bversion\b", re.IGNORECASE)

Says = tuple[Say, ...]


@dataclass(frozen=True)
class PlanAnswers:
    """The plan's command words' answers, with everything they lean on.

    `contacts` are the service numbers that ideas for a plan may hold; `address` is
    where this service is reached by browsers.
    """

    database: Database
    words: Words
    contacts: Mapping[str, str]
    clock: Clock
    address: str

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command of the plan."""
        return {
            Command.PLAN: self.plan,
            Command.PLAN_LINK: self.link,
            Command.WHAT_HELPS: self.what_helps,
            Command.WHO_TO_RING: self.who_to_ring,
            Command.PLAN_EDIT: self.edit,
            Command.HOW_TO_EDIT: self.how_to_edit,
            Command.CLEAR_PART: self.clear_part,
            Command.CLEAR_PART_NOW: self.clear_part_now,
            Command.CLEAR_PLAN: self.clear_plan,
            Command.DELETE_PLAN: self.delete_plan,
            Command.KEEP_PLAN: self.keep_plan,
            Command.IT_FITS: self.it_fits,
            Command.OLD_VERSIONS: self.old_versions,
            Command.WIPE_VERSIONS: self.wipe_versions,
            Command.WIPE_VERSIONS_NOW: self.wipe_versions_now,
            Command.KEEP_VERSIONS: self.keep_versions,
            Command.CHECK_IN: self.check_in,
            Command.ENOUGH: self.enough,
        }

    async def plan(self, turn: Turn) -> Answer:
        """Read the plan, the part or the version of it that was asked for."""
        person, now = turn.conversation.young_person, self.clock()
        changes = await self.database.read(lambda unit: unit.plans.changes(person))
        if VERSION.search(turn.text):
            return self._say(turn, version_shown(turn.text, changes))
        plan = plan_from(changes)
        asks = is_worth_asking(plan, now)
        says = plan_turns.plan_words(
            turn.text, plan, turn.channel, asks_if_it_fits=asks
        )
        if asks:
            await self.database.write(
                lambda unit: editing.note_fit_asked(unit.plans, person, now=now)
            )
        if held := plan_turns.held_asked_in(says):
            await self.database.write(
                lambda unit: editing.note_held_asked(unit.plans, person, held, now=now)
            )
        return self._say(turn, says)

    async def link(self, turn: Turn) -> Answer:
        """Send a private link to the plan page by text; on the web, say where it is."""
        if turn.channel is Channel.WEB:
            return self._say(turn, (Say("plan.page_button"),))
        person = turn.conversation.young_person
        token = await self.database.write(
            lambda unit: unit.plan_links.make(person, turn.channel)
        )
        values = {"link": f"{self.address}/my/o/{token}"}
        return self._say(turn, (Say("plan.page_link", values),))

    async def what_helps(self, turn: Turn) -> Answer:
        """Read back what the person can do by themselves."""
        return self._say(turn, plan_turns.what_helps(await self._plan_of(turn)))

    async def who_to_ring(self, turn: Turn) -> Answer:
        """Read back whom the person listed."""
        return self._say(turn, plan_turns.who_to_ring(await self._plan_of(turn)))

    def whom_they_listed_or(self, otherwise: Handler) -> Handler:
        """Read back whom the person listed; where that is nobody, say what else is."""

        async def ring(turn: Turn) -> Answer:
            (said,) = (listed := await self.who_to_ring(turn)).replies
            is_listed = said.key != plan_turns.NOBODY_TO_RING
            return listed if is_listed else await otherwise(turn)

        return ring

    async def edit(self, turn: Turn) -> Answer:
        """Change, move, take out or take back a line, in or out of building."""
        return await self._build(turn, lambda building: _edited(building, turn.text))

    async def how_to_edit(self, turn: Turn) -> Answer:
        """Say how a line is changed."""
        return self._say(turn, how_to_edit(await self._plan_of(turn), turn.text))

    async def clear_part(self, turn: Turn) -> Answer:
        """Say what would go, and ask."""
        section = section_named(turn.text)
        return self._say(turn, clear_part(await self._plan_of(turn), section))

    async def clear_part_now(self, turn: Turn) -> Answer:
        """Take every line out of a part; UNDO brings them back."""
        section = section_named(turn.text.lower().removesuffix("now"))
        return await self._build(
            turn, lambda building: (*building.clear(section), *building.asking())
        )

    async def clear_plan(self, turn: Turn) -> Answer:
        """Say what would go, and ask; nothing goes yet.

        A text never takes a bare number for a yes to this: the words are typed.
        """
        plan = await self._plan_of(turn)
        if not (plan.all_lines or plan.held):
            return self._say(turn, (Say("plan.empty"),))
        values = {"count": str(len(plan.all_lines) + len(plan.held))}
        return self._say(turn, (Say("plan.delete_sure", values),))

    async def delete_plan(self, turn: Turn) -> Answer:
        """Forget every line of the plan, as it is and was, and end what was shared."""
        person, now = turn.conversation.young_person, self.clock()
        was_there = await self.database.write(
            lambda unit: delete_plan(unit, person, now)
        )
        return self._say(turn, (Say("plan.deleted" if was_there else "plan.empty"),))

    async def keep_plan(self, turn: Turn) -> Answer:
        """Leave the plan as it is; the question that was open comes back."""
        return await self._build(
            turn, lambda building: (Say("plan.not_deleted"), *building.asking())
        )

    async def it_fits(self, turn: Turn) -> Answer:
        """Hear that the plan still fits; it was noted when it was asked."""
        return self._say(turn, (Say("plan.it_fits"),))

    async def old_versions(self, turn: Turn) -> Answer:
        """List the days on which the plan was changed."""
        person = turn.conversation.young_person
        changes = await self.database.read(lambda unit: unit.plans.changes(person))
        return self._say(turn, old_versions(changes))

    async def wipe_versions(self, turn: Turn) -> Answer:
        """Say what would go, and ask once."""
        return self._say(turn, (Say("plan.wipe_sure"),))

    async def wipe_versions_now(self, turn: Turn) -> Answer:
        """Forget how the plan was before."""
        person, now = turn.conversation.young_person, self.clock()
        await self.database.write(
            lambda unit: editing.wipe_the_past(unit.plans, person, now=now)
        )
        return self._say(turn, (Say("plan.wiped"),))

    async def keep_versions(self, turn: Turn) -> Answer:
        """Leave everything as it is."""
        return self._say(turn, (Say("plan.not_wiped"),))

    async def check_in(self, turn: Turn) -> Answer:
        """Promise a check-in at the time that was asked for, or ask when."""
        here, now = turn.conversation, self.clock()
        says = await self.database.write(
            lambda unit: check_ins.ask_for(
                unit, here.young_person, here.id, turn.text, now
            )
        )
        return self._say(turn, says)

    async def enough(self, turn: Turn) -> Answer:
        """End check-ins with one word, and whatever is being asked about a plan."""
        here = turn.conversation

        def end(unit: UnitOfWork) -> Says:
            if turn.plan_open:
                now = self.clock()
                editing.pause_building(unit.plans, here.young_person, now=now)
                ended = check_ins.stop(unit, here.id)
                told = (Say("plan.check_ins_ended"),) if ended else ()
                return (*told, Say("plan.paused"))
            return check_ins.no_more(unit, here.id)

        return self._say(turn, await self.database.write(end))

    async def question_again(self, turn: Turn) -> Answer:
        """Ask what an open plan waits for, once more; nothing when none is open."""
        return await self._build(turn, lambda building: building.asking())

    async def fill(self, turn: Turn, section: SectionId) -> Answer:
        """Open a part and take its first line; nothing when it may be none."""
        return await self._build(
            turn, lambda building: _filled(building, section, turn.text)
        )

    async def _build(self, turn: Turn, take: Callable[[Building], Says]) -> Answer:
        def work(unit: UnitOfWork) -> Says:
            return take(
                building_of(
                    unit,
                    turn.conversation.id,
                    turn.conversation.young_person,
                    self.contacts,
                    self.clock(),
                    channel=turn.channel,
                    message=turn.message,
                    waits=turn.asked_beside,
                )
            )

        return self._say(turn, await self.database.write(work))

    async def _plan_of(self, turn: Turn) -> SafetyPlan:
        person = turn.conversation.young_person
        return await self.database.read(
            lambda unit: plan_from(unit.plans.changes(person))
        )

    def _say(self, turn: Turn, says: Says) -> Answer:
        return Answer(tuple(self.words.render(say, turn.channel) for say in says))


def _edited(building: Building, text: str) -> Says:
    if building.plan.stage is not None:
        return spoken(building, building.hear(Heard(text)))
    # Only a line for a plan that is not begun is no edit yet.
    return building.edit(text) or spoken(building, building.add_to(text))


def _filled(building: Building, section: SectionId, text: str) -> Says:
    asked = replace(building.plan, open_section=section, paused=False)
    if not may_fill(text) or meaning(Heard(text), asked) is not Means.WORDS:
        return ()
    building.add_to(f"add to {sections()[section].number}")
    return spoken(building, building.hear(Heard(text)))
