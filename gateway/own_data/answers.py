"""A person's own data: what is kept and why, seeing it, and having it wiped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.words import Words
from escalation import replies
from foundations.clock import Clock
from foundations.ids import YoungPersonId
from foundations.saying import Channel, Choice, Reply, Say
from gateway.commands import Command, Handler
from gateway.fixed_words import ONE_LINE
from gateway.inbound import ByPhone
from gateway.replaying import let_go_of
from gateway.texting.one_text import text_body
from gateway.turn import Answer, Turn
from handover import Organisation, Organisations
from safety_plans.folding import plan_from
from storage import Database, Spool, UnitOfWork
from storage.records import NewOutbound, OutboundKind
from storage.tables.core import consents, messages, plan_shares

NOTICE: Final = (
    "notice.who_runs_it",
    "notice.what_is_kept",
    "notice.how_long",
    "notice.who_sees",
    "notice.passed_on",
    "notice.not_passed_on",
    "notice.texts",
    "notice.yours",
    "notice.what_i_cannot_do",
)
"""The whole notice, in the order in which it is read."""

AT_A_TIME: Final = 3
MORE_NOTICE: Final = "notice.more"
"""Asks whether to go on, after a few of them."""

WIPE: Final = "own_data.wipe"
WOULD_GO: Final = "own_data.would_go"


class NotForgotten(Exception):
    """Something of a person would have stayed; nothing was wiped."""


@dataclass(frozen=True)
class OwnDataAnswers:
    """The answers of TELL ME MORE, MY DATA and DELETE; `address` is our public one.

    `set_aside` holds what the records refused to take.
    """

    database: Database
    organisations: Organisations
    words: Words
    clock: Clock
    address: str
    set_aside: Spool

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command about a person's own data."""
        return {
            Command.TELL_ME_MORE: self.tell_me_more,
            Command.MY_DATA: self.my_data,
            Command.DELETE: self.delete,
            Command.DELETE_EVERYTHING: self.delete_everything,
            Command.KEEP_EVERYTHING: self.keep_everything,
        }

    async def tell_me_more(self, turn: Turn) -> Answer:
        """Say the notice, a few at a time; by text, its heart and where it all is."""
        behind = self.organisations.named(turn.organisation)
        if turn.channel is Channel.WEB:
            here = turn.conversation.id
            last = await self.database.read(
                lambda unit: tuple(unit.messages.last_answer(here))
            )
            return self._next_of_notice(behind, {said.key for said in last})
        address = f"{self.address}/notice/{behind.id}"
        values = {"organisation": sentence_start(behind.name), "address": address}
        return self._say(turn, Say("notice.by_text", values))

    def _next_of_notice(self, behind: Organisation, said: set[str]) -> Answer:
        """Go on after what was just said of it; else from the start."""
        whole = whole_notice(self.words, behind)
        told = max((at for at, key in enumerate(NOTICE, 1) if key in said), default=0)
        told %= len(NOTICE)
        some = whole[told : told + AT_A_TIME]
        is_all = told + AT_A_TIME >= len(NOTICE)
        then = Say("menu.main" if is_all else MORE_NOTICE)
        return Answer((*some, self.words.render(then, Channel.WEB)))

    async def my_data(self, turn: Turn) -> Answer:
        """Count what is kept, and say how to read all of it."""
        return self._say(turn, Say("own_data.kept", await self._counts(turn)))

    async def delete(self, turn: Turn) -> Answer:
        """Show what would go, and ask once; nothing goes yet.

        A text never takes a bare number for a yes to this: the words are typed.
        """
        asks = Say(WOULD_GO, await self._counts(turn))
        if turn.channel is Channel.WEB:
            asks = replace(asks, choices=self._choices(turn.channel))
        return self._say(turn, asks)

    async def keep_everything(self, turn: Turn) -> Answer:
        """Say that nothing was wiped."""
        return self._say(turn, Say("own_data.all_kept"))

    async def delete_everything(self, turn: Turn) -> Answer:
        """Forget the person: keys first, then rows. The last words are not kept.

        In the middle of a plan, or of asking for a person, it may be meant for that:
        then it is asked once.
        """
        if (turn.plan_open or turn.asked) and turn.last_key != WOULD_GO:
            return await self.delete(turn)
        crisis = replies.say(ONE_LINE, turn.channel.value).text
        last = self._say(turn, Say("forgetting.done", {"crisis": crisis}))
        person = turn.conversation.young_person
        number = await self.database.read(lambda unit: unit.people.phone_of(person))
        if number is not None:
            await let_go_of(self.set_aside, ByPhone(number))
        await self.database.write(lambda unit: self._forget(unit, turn, last))
        return replace(last, is_last=True)

    def _forget(self, unit: UnitOfWork, turn: Turn, last: Answer) -> None:
        person = turn.conversation.young_person
        number = unit.people.phone_of(person)
        unit.people.forget(person)
        if unit.own_data.left(person):
            raise NotForgotten
        if turn.channel is Channel.SMS and number is not None:
            unit.outbox.add(
                NewOutbound(
                    dedup_key=f"last:{turn.message}",
                    kind=OutboundKind.SYSTEM,
                    body=text_body(last.replies),
                    not_before=self.clock(),
                    recipient=number,
                )
            )

    async def _counts(self, turn: Turn) -> Mapping[str, str]:
        person = turn.conversation.young_person
        return await self.database.read(lambda unit: counts(unit, person))

    def _choices(self, channel: Channel) -> tuple[Choice, ...]:
        return self.words.render(Say(WIPE), channel).choices

    def _say(self, turn: Turn, say: Say) -> Answer:
        return Answer((self.words.render(say, turn.channel),))


def counts(unit: UnitOfWork, person: YoungPersonId) -> Mapping[str, str]:
    """Count what is kept of a person, as the words about it need it."""
    plan = plan_from(unit.plans.changes(person))
    agreed = unit.own_data.rows(person, consents) + unit.own_data.rows(
        person, plan_shares
    )
    return {
        "messages": str(unit.own_data.rows(person, messages)),
        "lines": str(len(plan.all_lines)),
        "asked": str(agreed),
        "phones": "0" if unit.people.phone_of(person) is None else "1",
    }


def whole_notice(words: Words, behind: Organisation) -> tuple[Reply, ...]:
    """Say the whole notice of an organisation's chat."""
    values = {"organisation": sentence_start(behind.name)}
    return tuple(
        words.render(
            Say(key, values if words.gaps(key) else {}),
            Channel.WEB,
        )
        for key in NOTICE
    )


def sentence_start(name: str) -> str:
    """Write a name as it stands at the start of a sentence."""
    return name[:1].upper() + name[1:]
