"""What the gateway answers by itself is walked too: no command leaves a dead end.

Every command word is said first thing, then every choice of its answer, on both doors.
"""

from collections.abc import Callable

import pytest

from foundations.saying import Choice
from gateway.commands import Command, CommandWords
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.next_step import leads_on

WORDS = CommandWords.load()
SAYS = {command: words for words, command in reversed(WORDS.exact.items())}
GOODBYE = SAYS[Command.DELETE_EVERYTHING]
"""Nothing is left to go on with: the one answer that may end."""

Heard = list[tuple[str, str, tuple[str, ...]]]


@pytest.fixture
def dialogue() -> ReadableDialogue:
    """Answers what is Rasa's with a text that leads on, and is not looked at here."""
    return ReadableDialogue(key="fake.heard", choices=(Choice("On", "on"),))


def by_text(handrail: Handrail, number: int, path: tuple[str, ...]) -> Heard:
    phone: Sms = handrail.sms(f"+4477009{number:05}")
    for said in path:
        phone.young_person_says(said)
    return [
        (each.key, each.text, tuple(choice.value for choice in each.choices))
        for each in phone.new()
    ]


def on_the_web(handrail: Handrail, _: int, path: tuple[str, ...]) -> Heard:
    chat: WebChat = handrail.web_chat()
    for said in path:
        chat.young_person_says(said)
    return [
        (
            each["key"],
            each["text"],
            tuple(choice["value"] for choice in each["choices"]),
        )
        for each in chat.messages
    ]


def is_dead_end(path: tuple[str, ...], heard: Heard) -> bool:
    return path[-1] != GOODBYE and not leads_on(
        (text, len(choices)) for _, text, choices in heard
    )


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("walk", [by_text, on_the_web])
def test_no_command_and_no_choice_of_one_ends_without_a_next_step(
    handrail: Handrail, walk: Callable[[Handrail, int, tuple[str, ...]], Heard]
) -> None:
    dead_ends, walked, seen = [], 0, set()
    to_walk = [(SAYS[command],) for command in Command if command in SAYS]
    while to_walk:
        path = to_walk.pop(0)
        heard = walk(handrail, walked, path)
        walked += 1
        if is_dead_end(path, heard):
            dead_ends.append((path, [key for key, _, _ in heard]))
        keys = tuple(key for key, _, _ in heard)
        for value in (each for _, _, choices in heard for each in choices):
            if len(path) == 1 and (keys, value) not in seen:
                seen.add((keys, value))
                to_walk.append((*path, value))

    assert dead_ends == [], dead_ends
    assert walked > len(Command)
