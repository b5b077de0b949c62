"""What a text may show on a phone that others pick up too; it stands round the steps.

What keeps a plan from a phone is not undone from that phone without its word.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.turns.known_words import plain
from bot.turns.safety_plan_hearing import intent_of
from bot.words import Words
from foundations.clock import Clock
from foundations.saying import Channel, Reply, Say
from gateway.commands import Command, CommandWords
from gateway.texting.hours import texting_hours
from gateway.texting.wishes import TextingWishes
from gateway.turn import Answer, Turn
from safety_plans.sharing import ShareStatus
from storage import Database

SHOWS_THE_PLAN: Final = frozenset(
    {
        "plan.first_part",
        "plan.first_part_after_a_while",
        "plan.part",
        "plan.whole",
        "plan.its_name",
        "plan.what_helps",
        "plan.who_to_ring",
        "plan.version_shown",
        "plan.share_preview",
    }
)
"""The responses that read a plan back."""

ECHOES: Final = {
    "plan.ask_more": "texting.add_more_unsaid",
    "plan.check": "texting.kept_unsaid",
    "plan.check_clearer": "texting.kept_unsaid",
    "plan.check_friends": "texting.kept_unsaid",
    "plan.check_private": "texting.kept_unsaid",
}
"""While a plan is built: what says lines back, and what is said in its place."""

_SET_WORD: Final = re.compile(r"(?:set )?(?:my )?plan word (\w{3,20})\W*", re.I)
_HOW_TO_LOCK: Final = re.compile(
    r"(?:(?:can|could|how do|how can) (?:i|you|u) |i (?:want|need) to |please |pls )?"
    r"(?:(?:plan|set|add) (?:a )?(?:word|password|pin|passcode)"
    r"|(?:lock|hide|protect|password protect) (?:my|the) (?:safety )?plan"
    r"|keep (?:my|the) (?:safety )?plan (?:away|private|secret|hidden)"
    r"|(?:i )?dont (?:let|show|want) \w+(?: \w+)?(?: to)?(?: see| read| find)? my plan"
    r"|dont show my plan to \w+(?: \w+)?"
    r"|(?:set|put|have|add|get|make|use) (?:up )?(?:a |an )?"
    r"(?:password|passcode|pin|lock|code|secret word|word) (?:on|for|to) "
    r"(?:my|the) (?:safety )?plan)"
    r"(?: (?:on|from|with) \w+(?: \w+)?)?(?: pls| please)?"
)
_LOCK_IT: Final = re.compile(
    r"(?P<asks>(?:can|could|how do|how can) (?:i|you|u) )?(?:please |pls )?"
    r"(?:lock|hide|password protect) (?:it|this)(?: pls| please)?"
)
"""Said of a plan; while one is made, "lock it" alone may be a line of it."""
_CLEAR_WORD: Final = re.compile(r"no plan word (\w{3,20})\W*", re.I)
_NO_PLAN: Final = re.compile(r"no plans? by text\W*", re.I)
_PLAN_AGAIN: Final = re.compile(r"plans? by text\W*", re.I)
_ANY_TIME: Final = re.compile(r"text me (?:at )?any ?time\W*", re.I)
_WITH_WORD: Final = re.compile(
    r"plan (?!all\b|version\b|word\b|by\b)([^\W\d]\w{2,19})(.*)", re.I
)

_ONE_WORD: Final = re.compile(r"[^\W\d]\w{2,19}")
NEEDS_WORD, WRONG_WORD = "texting.needs_word", "texting.wrong_word"

_WORD_LAST: Final = re.compile(
    r"plan (all|link|\d{1,2}|version \d{1,6}) (?!pls\b|please\b)"
    r"([^\W\d]\w{2,19})\W*",
    re.I,
)

Step = Callable[[Turn], Awaitable[Answer | None]]
Wished = tuple[TextingWishes, Say]


class SharedPhoneStep:
    """Keeps a person's wishes about texts, and the steps' answers to them."""

    def __init__(
        self,
        database: Database,
        words: Words,
        clock: Clock,
        steps: Sequence[Step],
        commands: CommandWords,
    ) -> None:
        self._commands = commands
        self._database = database
        self._words = words
        self._clock = clock
        self._steps = steps

    async def __call__(self, turn: Turn) -> Answer | None:
        """Hear a wish, or have the steps answer and hold back what may not be shown."""
        person = turn.conversation.young_person
        wishes = turn.texting
        if _asks_to_lock(turn) and not await self._is_shared(turn):
            return self._say(turn, "texting.how_to_lock")
        told = await self._wished(turn, wishes)
        if told is not None:
            wished, say = told
            await self._database.write(lambda unit: wished.keep(unit, person))
            return Answer((self._words.render(say, turn.channel),))
        if turn.channel is not Channel.SMS:
            return await self._answer(await self._without_its_word(turn, wishes))
        return await self._by_text(turn, wishes)

    async def _is_shared(self, turn: Turn) -> bool:
        """Tell whether somebody can see the plan now: that is ended first."""
        now, person = self._clock(), turn.conversation.young_person
        shares = await self._database.read(
            lambda unit: unit.plan_shares.of_person(person)
        )
        return any(one.status(now) is ShareStatus.OPEN for one in shares)

    async def _without_its_word(self, turn: Turn, wishes: TextingWishes) -> Turn:
        """Read PLAN BADGER on the web as PLAN: a secret is no line of an open plan."""
        found = _with_word(turn.text) if wishes.word else None
        if found is None or not await asyncio.to_thread(wishes.is_word, found[0]):
            return turn
        return replace(turn, text=found[1])

    async def _by_text(self, turn: Turn, wishes: TextingWishes) -> Answer | None:
        """Answer a text; a plan that needs its word is opened by it, once."""
        if (wishes.no_plan or wishes.word) and self._commands.read(
            turn.text
        ) is Command.PLAN_LINK:
            # Its link opens every word, so it keeps to the same wish.
            return self._say(turn, _instead(wishes))
        found = self._tried(turn) if wishes.word else None
        if found is None:
            return self._held_back(turn, wishes, await self._answer(turn))
        now, person = self._clock(), turn.conversation.young_person
        if wishes.is_locked(now):
            return self._say(turn, "texting.locked")
        right = await asyncio.to_thread(wishes.is_word, found[0])
        tried = wishes.after_try(right=right, now=now)
        if tried != wishes:
            await self._database.write(lambda unit: tried.keep(unit, person))
        if not right:
            return self._say(turn, WRONG_WORD)
        opened = replace(turn, text=found[1])
        return self._held_back(
            turn, replace(wishes, word=None), await self._answer(opened)
        )

    def _tried(self, turn: Turn) -> tuple[str, str] | None:
        """Give what may be the plan's word, also where it came alone when asked for."""
        said = turn.text.strip()
        asked = turn.last_key in (NEEDS_WORD, WRONG_WORD)
        if not asked or not _ONE_WORD.fullmatch(said):
            return _with_word(said)
        means_more = self._commands.read(said) is not None or intent_of(said)
        return None if means_more else (said, "PLAN")

    async def _wished(self, turn: Turn, wishes: TextingWishes) -> Wished | None:
        """Read a wish, and what is said to it; None for any other message.

        A word is made into a slow hash, beside everybody else's messages.
        """
        said, on_web = turn.text.strip(), turn.channel is Channel.WEB
        if found := _SET_WORD.fullmatch(said):
            return await asyncio.to_thread(_word_set, wishes, found[1], on_web=on_web)
        if found := _CLEAR_WORD.fullmatch(said):
            return await asyncio.to_thread(
                _word_cleared, wishes, found[1], on_web=on_web
            )
        if _NO_PLAN.fullmatch(said):
            return replace(wishes, no_plan=True), Say("texting.no_plan_from_now")
        if _PLAN_AGAIN.fullmatch(said):
            return _plan_again(wishes, on_web=on_web)
        return _hours_wished(wishes, said)

    async def _answer(self, turn: Turn) -> Answer | None:
        for step in self._steps:
            answer = await step(turn)
            if answer is not None:
                return answer
        return None

    def _held_back(
        self, turn: Turn, wishes: TextingWishes, answer: Answer | None
    ) -> Answer | None:
        if answer is None or not (wishes.no_plan or wishes.word):
            return answer
        answer = replace(
            answer, replies=tuple(self._unsaid(turn, r) for r in answer.replies)
        )
        if not any(reply.key in SHOWS_THE_PLAN for reply in answer.replies):
            return answer
        key = _instead(wishes)
        shown = tuple(r for r in answer.replies if r.key not in SHOWS_THE_PLAN)
        return replace(answer, replies=(self._reply(turn, key), *shown))

    def _unsaid(self, turn: Turn, reply: Reply) -> Reply:
        if reply.key not in ECHOES:
            return reply
        return replace(self._reply(turn, ECHOES[reply.key]), choices=reply.choices)

    def _say(self, turn: Turn, key: str) -> Answer:
        return Answer((self._reply(turn, key),))

    def _reply(self, turn: Turn, key: str) -> Reply:
        return self._words.render(Say(key), turn.channel)


def _asks_to_lock(turn: Turn) -> bool:
    said = plain(turn.text)
    if _HOW_TO_LOCK.fullmatch(said):
        return True
    found = _LOCK_IT.fullmatch(said)
    if found is None:
        return False
    of_a_plan = turn.plan_open or (turn.last_key or "").startswith("plan.")
    return of_a_plan and (bool(found["asks"]) or not turn.plan_open)


def _with_word(text: str) -> tuple[str, str] | None:
    """Give a word that may be the plan's, and what is asked for without it.

    It may stand last: "plan all badger".
    """
    said = text.strip()
    if found := _WORD_LAST.fullmatch(said):
        return found[2], f"PLAN {found[1]}"
    if found := _WITH_WORD.fullmatch(said):
        return found[1], f"PLAN {found[2].strip()}".strip()
    return None


def _instead(wishes: TextingWishes) -> str:
    return "texting.no_plan" if wishes.no_plan else NEEDS_WORD


def _word_set(wishes: TextingWishes, word: str, *, on_web: bool) -> Wished:
    if wishes.word and not on_web:
        return wishes, Say("texting.has_a_word")
    return wishes.with_word(word), Say("texting.word_kept")


def _word_cleared(wishes: TextingWishes, word: str, *, on_web: bool) -> Wished:
    if on_web or wishes.is_word(word):
        return replace(wishes, word=None), Say("texting.word_gone")
    return wishes, Say("texting.wrong_word")


def _plan_again(wishes: TextingWishes, *, on_web: bool) -> Wished:
    if on_web:
        return replace(wishes, no_plan=False), Say("texting.plan_again")
    return wishes, Say("texting.plan_again_on_the_web")


def _hours_wished(wishes: TextingWishes, said: str) -> Wished | None:
    if _ANY_TIME.fullmatch(said):
        return wishes.within(None), Say("texting.any_time")
    hours = texting_hours(said)
    if hours is None:
        return None
    return wishes.within(hours), Say("texting.hours_kept", hours.spoken())
