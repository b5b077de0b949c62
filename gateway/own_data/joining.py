"""LINK: a web chat shows a code, a phone texts it, and both are one person's.

The code goes from the screen to the phone, never the other way: whoever texts it has
that phone in hand. UNLINK, by text, closes every web chat that was joined.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import phonenumbers

from bot.words import Words
from foundations.clock import Clock
from foundations.ids import ConversationId, YoungPersonId
from foundations.saying import Channel, Say
from gateway.commands import Command, Handler
from gateway.turn import Answer, Turn
from storage import Database, UnitOfWork
from storage.join_codes import WebChat
from storage.joining import TwoHandovers, close_web_chats

_CODE: Final = re.compile(r"\d")


@dataclass(frozen=True)
class JoiningAnswers:
    """The answers of LINK and UNLINK; `said` wakes a page that waits for news."""

    database: Database
    words: Words
    clock: Clock
    our_number: str
    said: Callable[[ConversationId], None]

    def handlers(self) -> Mapping[Command, Handler]:
        """Name the handler of every command of joining."""
        return {Command.JOIN: self.join, Command.UNJOIN: self.unjoin}

    async def join(self, turn: Turn) -> Answer:
        """Show a code on the web, take one by text, or say how it is done."""
        code = "".join(_CODE.findall(turn.text))
        match turn.channel:
            case Channel.WEB:
                says = await self.database.write(lambda unit: self._show(unit, turn))
            case Channel.SMS if not code:
                says = (Say("joining.how"),)
            case Channel.SMS:
                says, chat = await self.database.write(
                    lambda unit: self._take(unit, turn, code)
                )
                if chat is not None:
                    self.said(chat.conversation)
        return self._say(turn, says)

    async def unjoin(self, turn: Turn) -> Answer:
        """Close the web chats that were joined; only the phone can."""
        if turn.channel is Channel.WEB:
            return self._say(turn, (Say("joining.unjoin_by_text"),))
        person = turn.conversation.young_person
        closed = await self.database.write(lambda unit: _close(unit, person))
        key = "joining.unjoined" if closed else "joining.nothing_joined"
        return self._say(turn, (Say(key),))

    def _show(self, unit: UnitOfWork, turn: Turn) -> tuple[Say, ...]:
        here = turn.conversation
        if unit.people.phone_of(here.young_person) is not None:
            return (Say("joining.already"),)
        code = unit.join_codes.make(WebChat(here.id, here.young_person))
        spaced = f"{code[:3]} {code[3:]}"
        values = {"code": spaced, "number": _as_people_read_it(self.our_number)}
        return (Say("joining.code", values),)

    def _take(
        self, unit: UnitOfWork, turn: Turn, code: str
    ) -> tuple[tuple[Say, ...], WebChat | None]:
        """Put both together; a code that does not work is the same whatever is wrong.

        The conversations are read again: this is the transaction that counts.
        """
        phone = unit.conversations.get(turn.conversation.id)
        chat = unit.join_codes.redeem(phone.young_person, code)
        if chat is None:
            return (Say("joining.wrong_code"),), None
        web = unit.conversations.get(chat.conversation)
        try:
            unit.joining.join(stays=phone, goes=web, now=self.clock())
        except TwoHandovers:
            return (Say("joining.two_workers"),), None
        return (Say("joining.done"),), chat

    def _say(self, turn: Turn, says: tuple[Say, ...]) -> Answer:
        return Answer(tuple(self.words.render(say, turn.channel) for say in says))


def _as_people_read_it(number: str) -> str:
    """Write a number as it is dialled in its own country."""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def _close(unit: UnitOfWork, person: YoungPersonId) -> int:
    """Close web chats, and plan pages that are open anywhere; give how many chats."""
    unit.plan_visits.end_all(person)
    return close_web_chats(unit.connection, person)
