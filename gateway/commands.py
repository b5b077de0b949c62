"""Command words: the same answer from any state, with Rasa up or down."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.turns.safety_plan_editing import is_edit
from bot.turns.safety_plan_hearing import asks_to_delete
from foundations.content import read_yaml
from gateway.turn import Answer, Turn

WORDS_FILE = Path(__file__).parent / "command_words.yml"
JOIN_CODE = re.compile(r"(?:(?:link|join)\W*)?\d{3}\W?\d{3}\W*", re.IGNORECASE)
A_LINE_TO_CHANGE = re.compile(
    r"(?:change|edit|fix|delete|remove|move) (?:part |line |number )?[1-9](?: \d{1,3})?"
)
CLEAR_PART = re.compile(
    r"(?:delete|remove|clear|wipe|empty|take out) (?:all of |everything in |all )?"
    r"part [1-9](?P<now> now)?"
)
CLEAR_PLAN = re.compile(
    r"(?:(?:please|pls|plz|can you|can u|could you|i want to|i wanna|i want you to"
    r"|how do i|how can i|no|nah|ok|okay|just|actually|wait) )*"
    r"(?:(?:del(?:ete|te|et|eet|lete)?|remove|wipe|clear|erase|bin|scrap|get rid of"
    r"|throw away) (?:just |only |all (?:of )?)?(?:my|the|this)"
    r" (?:whole |entire |safety )*plan|(?:just|only) (?:my|the) plan)"
    r"(?: (?:please|pls|plz|for good|only|not (?:everything|all)(?: else)?"
    r"|and (?:start|begin) (?:again|over|afresh|a new one)))*"
    r"(?: (?:he|she|they|mum|dad|my|cos|coz|cuz|because|bc|so|before|in case|i)"
    r" .{1,60})?"
)
"""What asks for the plan alone to go, slips and all, and not for everything."""
PLAN_PART = re.compile(r"plan (?:\d{1,2}|all|version \d{1,6})")


class Command(str, Enum):
    """What a command word asks for."""

    PLAN = "plan"
    PLAN_LINK = "plan_link"
    WHAT_HELPS = "what_helps"
    WHO_TO_RING = "who_to_ring"
    PLAN_EDIT = "plan_edit"
    HOW_TO_EDIT = "how_to_edit"
    CLEAR_PART = "clear_part"
    CLEAR_PART_NOW = "clear_part_now"
    CLEAR_PLAN = "clear_plan"
    DELETE_PLAN = "delete_plan"
    KEEP_PLAN = "keep_plan"
    IT_FITS = "it_fits"
    OLD_VERSIONS = "old_versions"
    WIPE_VERSIONS = "wipe_versions"
    WIPE_VERSIONS_NOW = "wipe_versions_now"
    KEEP_VERSIONS = "keep_versions"
    CHECK_IN = "check_in"
    ENOUGH = "enough"
    JOIN = "join"
    UNJOIN = "unjoin"
    WHO_IS_OPEN = "who_is_open"
    PERSON = "person"
    SHARE = "share"
    UNSHARE = "unshare"
    BACK_TO_BOT = "back_to_bot"
    SOMEONE_ELSE = "someone_else"
    SAME_PERSON = "same_person"
    BREATHE = "breathe"
    FEEDBACK = "feedback"
    FEEDBACK_HELPED = "feedback_helped"
    FEEDBACK_A_BIT = "feedback_a_bit"
    FEEDBACK_NO = "feedback_no"
    MENU = "menu"
    TELL_ME_MORE = "tell_me_more"
    MY_DATA = "my_data"
    DELETE = "delete"
    DELETE_EVERYTHING = "delete_everything"
    KEEP_EVERYTHING = "keep_everything"


@dataclass(frozen=True)
class CommandWords:
    """Which words ask for which command."""

    exact: Mapping[str, Command]
    spotted: Mapping[str, Command]
    starts: Mapping[str, Command]

    @classmethod
    def load(cls, path: Path = WORDS_FILE) -> "CommandWords":
        """Read the words; ValueError when one stands for two commands."""
        written = read_yaml(path)
        return cls(
            exact=_by_word(written, "exact"),
            spotted=_by_word(written, "spotted"),
            starts=_by_word(written, "starts"),
        )

    def read(self, text: str) -> Command | None:
        """Read a whole message as a command."""
        said = plain(text)
        if PLAN_PART.fullmatch(said):
            return Command.PLAN
        if JOIN_CODE.fullmatch(text.strip()):
            return Command.JOIN
        if is_edit(text):
            return Command.PLAN_EDIT
        if clear := CLEAR_PART.fullmatch(said):
            return Command.CLEAR_PART_NOW if clear["now"] else Command.CLEAR_PART
        if A_LINE_TO_CHANGE.fullmatch(said):
            return Command.HOW_TO_EDIT
        begun = (c for start, c in self.starts.items() if said.startswith(start))
        known = self.exact.get(said) or next(begun, None)
        if known is None and CLEAR_PLAN.fullmatch(said):
            return Command.CLEAR_PLAN
        return known or (Command.DELETE if asks_to_delete(text) else None)

    def spot(self, text: str) -> Command | None:
        """Find the first word that stands for a command, in a message of any length."""
        for word in plain(text).split():
            if word in self.spotted:
                return self.spotted[word]
        return None


Handler = Callable[[Turn], Awaitable[Answer]]


class CommandStep:
    """Answers command words with the handler that each names."""

    def __init__(
        self, words: CommandWords, handlers: Mapping[Command, Handler]
    ) -> None:
        self._words = words
        self._handlers = handlers

    async def __call__(self, turn: Turn) -> Answer | None:
        """Answer a command; leave every other message to the next step."""
        command = self._words.read(turn.text)
        if command is not None and turn.plan_open and _is_a_line(command, turn.text):
            return None
        return await self._answer(command, turn)

    async def spot(self, turn: Turn) -> Answer | None:
        """Answer what a message seems to ask for when nothing can understand it."""
        return await self._answer(self._words.spot(turn.text), turn)

    async def _answer(self, command: Command | None, turn: Turn) -> Answer | None:
        """Give the handler's answer; one with nothing to say leaves it to the next."""
        if command is None:
            return None
        answer = await self._handlers[command](turn)
        return answer if answer.replies or answer.is_last else None


MAY_BE_LINES = frozenset(
    {
        Command.BREATHE,
        Command.SOMEONE_ELSE,
        Command.SAME_PERSON,
        Command.FEEDBACK,
        Command.CHECK_IN,
    }
)
"""Commands whose words are also answers to the plan's questions: "breathing"."""


THINGS = frozenset({"picture", "screenshot"})
"""Words for the page to keep that are also what somebody looks at."""


def _is_a_line(command: Command, text: str) -> bool:
    """Tell whether words that stand for a command answer an open plan instead.

    One word alone ("picture") may be what somebody likes; "print" is none. A check-in
    with a time in it is asked for; one "with my nan" is a line.
    """
    if command is Command.CHECK_IN and re.search(r"\d", text):
        return False
    is_a_thing = command is Command.PLAN_LINK and plain(text) in THINGS
    return command in MAY_BE_LINES or is_a_thing


def plain(text: str) -> str:
    """Reduce a text to lower-case words and single spaces."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def _by_word(
    written: Mapping[str, Mapping[str, list[str]]], kind: str
) -> dict[str, Command]:
    found: dict[str, Command] = {}
    for command, words in written.items():
        for word in words.get(kind, ()):
            if word in found:
                raise ValueError(f"command word '{word}' stands for two commands")
            found[word] = Command(command)
    return found
