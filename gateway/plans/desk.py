"""Answers the plan pages: visits, the plan itself, copies on phones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from channels.plan_pages.door import Act, Closed, Done, OwnPage, Wanted
from escalation import Route, screen
from foundations.clock import Clock
from foundations.ids import YoungPersonId, new_id
from foundations.saying import Channel
from gateway.doors.chat_tokens import ChatTokens, TokenRefused
from gateway.fixed_words import crisis_words
from gateway.inbound import ByConversation, Inbound
from gateway.plans.deleting import delete_plan
from gateway.received import PutAside, Received
from safety_plans import editing
from safety_plans.folding import plan_from
from safety_plans.plan import PlanLine, SafetyPlan, SectionId
from safety_plans.repository import ReadOnce
from safety_plans.sharing import ShareStatus
from storage import Database, NotFound, UnitOfWork

T = TypeVar("T")

Receive = Callable[[Inbound], Awaitable[Received | PutAside]]


@dataclass(frozen=True)
class Visits:
    """Works done for whoever a visit belongs to. A visit that ended raises Closed."""

    database: Database
    clock: Clock

    async def read(
        self, visit: str, work: Callable[[UnitOfWork, YoungPersonId], T]
    ) -> T:
        """Look something up for the visitor."""
        return await self.database.read(
            lambda unit: work(unit, _open(unit.plan_visits.visitor(visit)))
        )

    async def write(
        self, visit: str, work: Callable[[UnitOfWork, YoungPersonId], T]
    ) -> T:
        """Do something for the visitor, whose hour starts anew."""
        return await self.database.write(
            lambda unit: work(unit, _open(unit.plan_visits.go_on(visit)))
        )


@dataclass(frozen=True)
class PlanDesk:
    """The gateway behind a young person's own pages.

    `receive` is the pipeline's: words of a crisis go the way of a message.
    """

    visits: Visits
    tokens: ChatTokens
    receive: Receive

    async def open(self, link: str, pin: str) -> str | None:
        """Exchange a private link for a visit; None for every kind of no."""
        return await self.visits.database.write(
            lambda unit: unit.plan_links.open(link, pin)
        )

    async def from_chat(self, chat_token: str) -> str | None:
        """Begin a visit for whoever holds this web chat; None when nobody does."""
        try:
            conversation = self.tokens.read(chat_token)
            return await self.visits.database.write(
                lambda unit: unit.plan_visits.begin(
                    unit.conversations.get(conversation).young_person
                )
            )
        except (TokenRefused, NotFound):
            return None

    async def look(self, visit: str) -> OwnPage:
        """Give the page."""
        return await self.visits.read(visit, self._page)

    async def do(self, visit: str, wanted: Wanted) -> Done:
        """Screen the words, then change the plan."""
        said = await self._crisis_words(visit, wanted)
        done = await self.visits.write(
            visit, lambda unit, person: self._do(unit, person, wanted)
        )
        return replace(done, crisis_words=said)

    async def _crisis_words(self, visit: str, wanted: Wanted) -> tuple[str, ...]:
        """Have words of a crisis answered, recorded and followed as a message is.

        The talk stays on the channel where it was: nobody who texts is left unread.
        """
        screening = screen(wanted.words)
        talk = None
        if screening.route is not Route.NONE:
            talk = await self.visits.read(
                visit, lambda unit, person: unit.conversations.of_person(person)
            )
        if talk is None:
            said = crisis_words(wanted.words, screening, Channel.WEB)
            return tuple(reply.text for reply in said)
        id, channel = talk.id, talk.channel
        received = await self.receive(
            Inbound(
                channel=Channel.WEB,
                provider_message_id=f"{id}:page:{wanted.line or new_id()}",
                sender=ByConversation(id),
                text=wanted.words,
                received_at=self.visits.clock(),
            )
        )
        await self.visits.write(
            visit, lambda unit, _: unit.conversations.go_on_by(id, channel)
        )
        return tuple(said.text for said in received.said)

    async def close(self, visit: str) -> None:
        """End the visit."""
        await self.visits.database.write(lambda unit: unit.plan_visits.end(visit))

    async def choose_pin(self, visit: str, pin: str | None) -> None:
        """Have private links ask for this PIN, or for none."""

        def work(unit: UnitOfWork, person: YoungPersonId) -> None:
            if pin is None:
                unit.plan_links.drop_pin(person)
            else:
                unit.plan_links.set_pin(person, pin)

        await self.visits.write(visit, work)

    async def keep_copy(self, visit: str) -> str:
        """Note that a phone keeps a copy, and give what it asks with."""
        return await self.visits.write(
            visit, lambda unit, person: unit.plan_visits.keep_copy(person)
        )

    async def may_keep(self, copy: str) -> bool:
        """Tell whether a copy may stay where it is."""
        return await self.visits.database.write(
            lambda unit: unit.plan_visits.may_keep(copy)
        )

    async def drop_copy(self, copy: str) -> None:
        """Note that a phone has removed its copy."""
        await self.visits.database.write(lambda unit: unit.plan_visits.drop_copy(copy))

    async def drop_copies(self, visit: str) -> None:
        """Have every phone remove its copy when it next asks."""
        await self.visits.write(
            visit, lambda unit, person: unit.plan_visits.drop_copies(person)
        )

    def _page(self, unit: UnitOfWork, person: YoungPersonId) -> OwnPage:
        now = self.visits.clock()
        shares = unit.plan_shares.of_person(person)
        return OwnPage(
            plan=plan_from(unit.plans.changes(person)),
            has_pin=unit.plan_links.has_pin(person),
            copies=unit.plan_visits.copies(person),
            shares=sum(share.status(now) is ShareStatus.OPEN for share in shares),
            mark=unit.plan_visits.mark_of(person),
        )

    def _do(self, unit: UnitOfWork, person: YoungPersonId, wanted: Wanted) -> Done:
        history, now = ReadOnce(unit.plans), self.visits.clock()
        plan, words = editing.plan_of(history, person), wanted.words
        match wanted.act:
            case Act.ADD:
                _add(history, person, wanted, now)
                return Done(wanted.section)
            case Act.RENAME:
                editing.rename_plan(history, person, words, now=now)
                return Done(None)
            case Act.UNDO:
                editing.undo(history, person, now=now)
                return Done(_changed(plan, editing.plan_of(history, person)))
            case Act.DELETE:
                delete_plan(unit, person, now)
                return Done(None)
            case Act.KEEP_HELD | Act.LEAVE_HELD:
                _settle(history, person, wanted, now)
                return Done(wanted.section)
            case Act.CHANGE | Act.UP | Act.DOWN | Act.MOVE | Act.REMOVE:
                line = next((x for x in plan.all_lines if x.id == wanted.line), None)
                if line is None:
                    return Done(None)
                return Done(_do_to(history, person, plan, line, wanted, now))


def _open(visitor: YoungPersonId | None) -> YoungPersonId:
    if visitor is None:
        raise Closed
    return visitor


def _beside(plan: SafetyPlan, line: PlanLine, act: Act) -> int:
    """Give the place before or after a line's own; the ends stay where they are."""
    here = plan.lines(line.section).index(line)
    return max(0, here - 1) if act is Act.UP else here + 1


def _add(
    history: ReadOnce, person: YoungPersonId, wanted: Wanted, now: datetime
) -> None:
    section, words, line = wanted.section, wanted.words, wanted.line
    if section is not None:
        editing.add_line_once(history, person, section, words, line=line, now=now)


def _settle(
    history: ReadOnce, person: YoungPersonId, wanted: Wanted, now: datetime
) -> None:
    keep = wanted.act is Act.KEEP_HELD
    if wanted.section is not None:
        editing.settle_held(history, person, wanted.section, keep=keep, now=now)


def _do_to(
    history: ReadOnce,
    person: YoungPersonId,
    plan: SafetyPlan,
    line: PlanLine,
    wanted: Wanted,
    now: datetime,
) -> SectionId:
    """Do something to one line; give the section it is, or was, in."""
    if wanted.act is Act.CHANGE:
        editing.change_line(history, person, line.id, wanted.words, now=now)
    elif wanted.act is Act.REMOVE:
        editing.remove_line(history, person, line.id, now=now)
    elif wanted.act is Act.MOVE:
        to = wanted.section or line.section
        editing.move_line(history, person, line.id, section=to, now=now)
        return to
    else:
        place = _beside(plan, line, wanted.act)
        editing.move_line(history, person, line.id, position=place, now=now)
    return line.section


def _changed(before: SafetyPlan, after: SafetyPlan) -> SectionId | None:
    """Name the first section that two plans do not have in common."""
    changed = (s for s in SectionId if before.lines(s) != after.lines(s))
    return next(changed, None)
