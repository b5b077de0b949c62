"""Whose the next yes or no is: the last question that was asked owns it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from bot.turns.known_words import plain
from bot.turns.safety_plan_requests import asks_to_build
from bot.turns.yes_or_no import yes_or_no
from foundations.content import read_yaml
from foundations.saying import Channel, Reply
from gateway.texting.one_text import without_invitation
from handover import Heard, hear
from storage.records import StoredMessage

FILE: Final = Path(__file__).parent / "questions.yml"
OF_CARE: Final = "escalation."
OF_A_PLAN: Final = "plan."
OF_SHARING: Final = "plan.share_*"
GLAD: Final = "escalation.glad"
"""Said to who is safe: an "ok" right after it may be for that."""
HELD: Final = "plan.held"
"""Called for by no word: the plan asks it in place of its own question."""
NO_QUESTION_OF_CARE: Final = frozenset(
    f"{OF_CARE}{step}"
    for step in (
        "card",
        "gentle_return_in_plan",
        "numbers_stay",
        "offer_beside",
        "offer_person",
        "offer_plan",
        "offer_stays",
        "ok_for_now",
        "top_999",
        "top_999_you_or_them",
    )
)
"""Words of the day after that stand beside other answers and wait for none."""


@dataclass(frozen=True)
class Answers:
    """What a bare yes or no means to one question: words, or a place in its choices.

    `also_yes` and `also_no` are other words for it that only this question has.
    `only_plainly`: half a yes ("i guess", "cool") is none here.
    """

    yes: str | int | None = None
    no: str | int | None = None
    also_yes: tuple[str, ...] = ()
    also_no: tuple[str, ...] = ()
    only_plainly: bool = False

    def is_yes(self, text: str) -> bool | None:
        """Tell a yes (True) from a no to this question; None when it is neither."""
        said = plain(text)
        if said in self.also_yes or said in self.also_no:
            return said in self.also_yes
        return yes_or_no(text)

    def meant(self, text: str, said: Sequence[StoredMessage]) -> str | None:
        """Give what a message stands for; None when it is no bare yes or no."""
        answer = self.is_yes(text)
        if answer is None or (answer and self._is_half(text)):
            return None
        value = self.yes if answer else self.no
        if not isinstance(value, int):
            return value
        choices = [choice for one in said for choice in one.choices]
        return choices[value - 1].value if value <= len(choices) else None

    def _is_half(self, text: str) -> bool:
        return self.only_plainly and hear(text) is not Heard.YES


@dataclass(frozen=True)
class Questions:
    """Every question by whose its answer is; patterns end in a star."""

    called_for: Mapping[str, Answers]
    offered: Mapping[str, Answers]
    consent: tuple[str, ...]
    plan: tuple[str, ...]
    search: tuple[str, ...]
    lists: tuple[str, ...]
    refused: tuple[str, ...]
    open: tuple[str, ...]

    def stands_alone(self, reply: Reply, channel: Channel) -> bool:
        """Tell whether no other question may stand beside this answer."""
        if channel is Channel.SMS and reply.choices and _among(reply.key, self.lists):
            return True
        return reply.key in self.called_for or _among(reply.key, self.consent)

    def asking_one_thing(self, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """Leave the plan's question out where one that was called for is asked.

        The plan asks again when that is settled, or at BACK TO MY PLAN.
        """
        others = tuple(one for one in replies if not self._is_the_plans(one.key))
        called_for = any(
            one.key in self.called_for or _among(one.key, self.consent)
            for one in others
        )
        return others if called_for else replies

    def beside_a_question(self, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """Leave the plan's question, or one of consent, alone to ask.

        What an answer beside it asks at its end is left out, and so is a choice that
        begins a plan; its other choices stay.
        """
        waits = (one.key for one in replies if not one.key.startswith(OF_CARE))
        if not any(self._is_the_plans(k) or _among(k, self.consent) for k in waits):
            return replies
        return tuple(
            one if one.key.startswith(OF_A_PLAN) else self._asking_no_more(one)
            for one in replies
        )

    def _asking_no_more(self, reply: Reply) -> Reply:
        kept = tuple(one for one in reply.choices if not asks_to_build(one.value))
        asks = _among(reply.key, self.open)
        text = without_invitation(reply.text) if asks else reply.text
        return replace(reply, text=text, choices=kept)

    def _is_the_plans(self, key: str) -> bool:
        return key == HELD or _among(key, self.plan)

    def refuses_a_worker(self, key: str) -> bool:
        """Tell whether this answers a no to a worker."""
        return _among(key, self.refused)

    def waits(self, key: str) -> bool:
        """Tell whether this waits for an answer that is its own."""
        mapped = key in self.called_for or key in self.offered
        return mapped or _among(key, (*self.consent, *self.plan, *self.search))

    def meant(
        self, text: str, last_answer: Callable[[], Sequence[StoredMessage]]
    ) -> str | None:
        """Read a bare yes or no as the answer to what was asked last, if it is one.

        What was said is only looked up for a bare yes or no: that is a look into the
        records.
        """
        if not self._may_answer(text):
            return None
        said = last_answer()
        key = self._asked_last(said)
        answers = self.called_for.get(key) or self.offered.get(key)
        asked = [one for one in said if one.key == key]
        return answers.meant(text, asked) if answers else None

    def is_yes_to_the_plan(
        self, text: str, last_answer: Callable[[], Sequence[StoredMessage]]
    ) -> bool:
        """Tell a yes to the plan's own question from an "ok" to words of care."""
        if yes_or_no(text) is not True:
            return False
        said = last_answer()
        glad = any(one.key.startswith(GLAD) for one in said)
        return not glad and _among(self._asked_last(said), self.plan)

    def is_care(self, said: Sequence[StoredMessage]) -> bool:
        """Tell whether the last thing to answer was about being safe."""
        return _of_care(self._asked_last(said))

    def is_of_consent(self, key: str | None) -> bool:
        """Tell whether this asks what may be seen: what comes next is for it."""
        return key is not None and _among(key, (*self.consent, OF_SHARING))

    def _asked_last(self, said: Sequence[StoredMessage]) -> str:
        keys = [one.key for one in said if self.waits(one.key) or _of_care(one.key)]
        return keys[-1] if keys else ""

    def _may_answer(self, text: str) -> bool:
        return yes_or_no(text) is not None or plain(text) in self._in_other_words

    @cached_property
    def _in_other_words(self) -> frozenset[str]:
        every = (*self.called_for.values(), *self.offered.values())
        return frozenset(
            word for one in every for word in (*one.also_yes, *one.also_no)
        )


@cache
def questions() -> Questions:
    """Read the file, once."""
    written: dict[str, Any] = read_yaml(FILE)
    return Questions(
        called_for=_answers(written["called_for"]),
        offered=_answers(written["offered"]),
        consent=tuple(written["consent"]),
        plan=tuple(written["plan"]),
        search=tuple(written["search"]),
        lists=tuple(written["lists"]),
        refused=tuple(written["refused"]),
        open=tuple(written["open"]),
    )


def _answers(written: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Answers]:
    return {
        key: Answers(
            answers.get("yes"),
            answers.get("no"),
            tuple(answers.get("also_yes", ())),
            tuple(answers.get("also_no", ())),
            answers.get("only_plainly", False),
        )
        for key, answers in written.items()
    }


def _of_care(key: str) -> bool:
    """Tell words of crisis and of the day after that may be answered."""
    return key.startswith(OF_CARE) and key not in NO_QUESTION_OF_CARE


def _among(key: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(key, pattern) for pattern in patterns)
