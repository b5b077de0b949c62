"""Finding help inside one transaction: what was kept of a search, and what is done.

One place for every door: the dialogue's action, the step before it, and the words that
work without it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.turns.finding_help import FindingHelp, Found
from bot.turns.finding_help_doing import AddToPlan, Remind, Report, StopReminding
from foundations.clock import Clock, in_london
from foundations.ids import ConversationId
from foundations.saying import Channel, Say
from gateway.finding_help.opening_reminders import KIND, MOST_AT_ONCE, promise
from gateway.finding_help.reported import flagged
from safety_plans import editing
from safety_plans.plan import SectionId
from safety_plans.repository import ReadOnce
from safety_plans.sections import sections
from signposting import Directory, Service, ServiceId
from signposting.following import Follow, Followed, read_follow
from signposting.home import NO_HOME, Home
from signposting.search import AskedOf, Search
from storage import UnitOfWork
from storage.records import Conversation

log = logging.getLogger("handrail.help_desk")

SHOWN: Final = "signposting."
"""What begins the name of everything that is said about services."""
OF_A_PLAN: Final = "plan."
FOR_EMERGENCIES: Final = frozenset({"emergency", "crisis"})


@dataclass(frozen=True)
class HelpDesk:
    """Answers what is about finding help; keeps the search, sealed, with the person."""

    directory: Directory
    homes: Mapping[str, Home]
    clock: Clock

    def ask(
        self,
        unit: UnitOfWork,
        conversation: ConversationId,
        channel: Channel,
        text: str,
    ) -> tuple[Say, ...]:
        """Answer a message that asks for help, and keep where the search got to."""
        finding, thread = self._finding(unit, conversation, channel)
        return self._keep(unit, thread, finding.ask(text))

    def spot(
        self,
        unit: UnitOfWork,
        conversation: ConversationId,
        channel: Channel,
        text: str,
    ) -> tuple[Say, ...]:
        """Answer only words that hold a wish, a place or a service; () for others."""
        finding, thread = self._finding(unit, conversation, channel)
        if not finding.wants_help(text):
            return ()
        return self._keep(unit, thread, finding.ask(text))

    def follow(
        self,
        unit: UnitOfWork,
        conversation: ConversationId,
        channel: Channel,
        text: str,
        *,
        plan_open: bool,
    ) -> tuple[Say, ...]:
        """Answer what is said about an answer of ours; () when it is about none.

        While a plan is being built, bare words belong to the plan: only a service's
        name, or a choice that was offered, is taken from it.
        """
        followed = read_follow(self.directory, text)
        is_bare = plan_open and not (followed and followed.service)
        if is_bare and not _is_offered(unit, conversation, text):
            return ()
        finding, thread = self._finding(unit, conversation, channel)
        found: Found | None = None
        if finding.search.asked is AskedOf.WHAT_WENT_WRONG:
            found = finding.answer(text)
        if found is None and followed:
            found = finding.follow(followed)
        if found is None and not followed:
            found = finding.answer(text)
        return () if found is None else self._keep(unit, thread, found)

    def more_of_answer(
        self,
        unit: UnitOfWork,
        conversation: ConversationId,
        channel: Channel,
        text: str,
    ) -> tuple[Say, ...]:
        """Say more of what was just shown; () when the last thing said was no service.

        () too when these very words were a choice of the last thing said: they then
        mean what that choice means.
        """
        last = unit.messages.latest(conversation, 2)
        was_shown = any(said.key.startswith(SHOWN) for said in last)
        offered = unit.messages.last_choices(conversation)
        if not was_shown or any(one.value == text.lower() for one in offered):
            return ()
        finding, thread = self._finding(unit, conversation, channel)
        more = (Followed(Follow.MORE_ABOUT), Followed(Follow.MORE))
        found = finding.follow(more[0]) or finding.follow(more[1])
        return () if found is None else self._keep(unit, thread, found)

    def may_follow(
        self,
        unit: UnitOfWork,
        conversation: ConversationId,
        text: str,
        *,
        plan_open: bool,
    ) -> bool:
        """Tell whether a few words could be about an answer or a question of ours."""
        kept = Search.from_json(unit.conversations.wishes(conversation))
        search = kept.as_of(self.clock())
        if not search.is_on and search.asked is None:
            return False
        return not plan_open or _is_offered(unit, conversation, text)

    def has_just_named(
        self, unit: UnitOfWork, conversation: ConversationId, service: ServiceId
    ) -> bool:
        """Tell whether a service was in our last answer: its bare name means it."""
        kept = Search.from_json(unit.conversations.wishes(conversation))
        search = kept.as_of(self.clock())
        return service in (*search.last, search.about)

    def _finding(
        self, unit: UnitOfWork, conversation: ConversationId, channel: Channel
    ) -> tuple[FindingHelp, Conversation]:
        thread = unit.conversations.get(conversation)
        link = unit.chat_links.get(thread.link)
        home = self.homes.get(link.organisation, NO_HOME) if link else NO_HOME
        home = home.of_link(link.area if link else None, self.directory.places)
        now = self.clock()
        kept = Search.from_json(unit.conversations.wishes(conversation))
        search = kept.as_of(now)
        said = unit.messages.after(conversation, None, 2)
        finding = FindingHelp(
            self.directory,
            home,
            search,
            now,
            channel,
            is_first=len(said) < 2,
            was_shown=_was_shown(unit, conversation),
            reported=flagged(unit),
        )
        return finding, thread

    def _keep(
        self, unit: UnitOfWork, thread: Conversation, found: Found
    ) -> tuple[Say, ...]:
        search, says = found.search, found.says
        match found.doing:
            case None:
                pass
            case AddToPlan(service, words):
                says = self._add_to_plan(unit, thread, service, words)
            case Remind() as remind:
                says = self._remind(unit, thread, remind)
            case StopReminding():
                says = self._stop_reminding(unit, thread)
            case Report() as report:
                search = _report(unit, search, report, in_london(self.clock()).date())
        kept = search.to_json(self.clock())
        unit.conversations.set_wishes(thread.id, kept)
        return says

    def _add_to_plan(
        self, unit: UnitOfWork, thread: Conversation, service: Service, words: str
    ) -> tuple[Say, ...]:
        history, person = ReadOnce(unit.plans), thread.young_person
        plan = editing.plan_of(history, person)
        section = section_for(service)
        values = {"name": service.name, "section": sections()[section].title}
        if any(line.words == words for line in plan.lines(section)):
            return (Say("signposting.already_in_plan", values),)
        editing.add_lines(history, person, section, [words], now=self.clock())
        return (Say("signposting.added_to_plan", values),)

    def _remind(
        self, unit: UnitOfWork, thread: Conversation, remind: Remind
    ) -> tuple[Say, ...]:
        if len(unit.due_work.to_do(thread.id, KIND)) >= MOST_AT_ONCE:
            return (Say("signposting.too_many_reminders"),)
        promise(unit, thread, remind.service.id, remind.opens_at)
        when = self.directory.phrases.when(remind.opens_at, self.clock())
        values = {"name": remind.service.name, "when": when}
        return (Say("signposting.will_remind", values),)

    def _stop_reminding(
        self, unit: UnitOfWork, thread: Conversation
    ) -> tuple[Say, ...]:
        promised = unit.due_work.to_do(thread.id, KIND)
        for work in promised:
            unit.due_work.cancel(work.dedup_key)
        return (
            Say("signposting.no_reminders" if promised else "signposting.none_set"),
        )


def _is_offered(unit: UnitOfWork, conversation: ConversationId, text: str) -> bool:
    """Tell whether these very words were a choice of the last thing said.

    Those of a question of the plan are the plan's: "pause" is no service there.
    """
    said = unit.messages.last_answer(conversation)
    if any(one.key.startswith(OF_A_PLAN) for one in said):
        return False
    return text in {choice.value for one in said for choice in one.choices}


def _was_shown(unit: UnitOfWork, conversation: ConversationId) -> bool:
    """Tell whether the last thing said was about services."""
    said = unit.messages.last_answer(conversation)
    return any(one.key.startswith(SHOWN) for one in said)


def section_for(service: Service) -> SectionId:
    """Choose the section of a plan: emergency help, or people one can tell."""
    if service.topics & FOR_EMERGENCIES:
        return SectionId.EMERGENCY_SUPPORT
    return SectionId.PEOPLE_TO_TALK_TO


def _report(unit: UnitOfWork, search: Search, report: Report, day: date) -> Search:
    """Keep that it did not work; one person's second word on it adds no report."""
    known = dict(search.reported)
    number = known.get(report.service.id, report.number)
    if number is not None:
        unit.service_reports.say_why(number, report.reason.value)
        return search
    number = unit.service_reports.add(report.service.id, report.reason.value, day)
    # A name of the directory and a count: nothing of whoever told us.
    log.warning("a service was reported not to work: %s", report.service.id)
    return replace(search, reported=(*search.reported, (report.service.id, number)))
