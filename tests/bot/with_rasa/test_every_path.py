"""Every path of the dialogue is walked: no turn may leave somebody without a next step.

Each meaning is said once, then every choice of every answer, until no answer is new.
What the gateway answers by itself, such as PLAN, is walked in
`tests/journeys/test_every_command.py`.
"""

from collections import deque
from typing import Any

import pytest

from foundations.saying import Channel
from gateway.commands import CommandWords
from storage import Database
from tests.bot.conftest import YoungPerson, someone
from tests.bot.rasa_process import RasaProcess
from tests.evaluation.sentences import trained_on
from tests.next_step import leads_on

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

COMMANDS = CommandWords.load()
MOST_STEPS = 3
"""Messages in one path; every new answer within them is followed further."""

Path = tuple[str, ...]
Walk = tuple[Path, YoungPerson | None]
"""A path, and whoever stands before its last step already; the rest begin anew."""


def first_words() -> list[str]:
    """Give one way to say each meaning, as it is trained on, and one that is not."""
    said = {each.meant: each.text for each in reversed(trained_on())}
    return [*said.values(), "wibble fnord xkcd", "🙃"]


def has_a_next_step(replies: list[dict[str, Any]]) -> bool:
    """Tell whether an answer offers a choice, asks, or names words that lead on."""
    return leads_on((reply["text"], len(reply["choices"])) for reply in replies)


@pytest.mark.parametrize("channel", list(Channel))
def test_no_path_ends_without_a_next_step(
    rasa_server: RasaProcess, database: Database, channel: Channel
) -> None:
    to_walk: deque[Walk] = deque(((said,), None) for said in first_words())
    seen: set[tuple[tuple[str, ...], str]] = set()
    dead_ends: list[tuple[Path, list[str]]] = []
    while to_walk:
        path, walker = to_walk.popleft()
        if walker is None:
            walker = someone(rasa_server, database, channel)
            for said in path[:-1]:
                walker.says(said)
        walker.says(path[-1])
        keys = tuple(reply["key"] for reply in walker.replies)
        if not has_a_next_step(walker.replies):
            dead_ends.append((path, list(keys)))
        if len(path) < MOST_STEPS:
            goes_on: YoungPerson | None = walker
            for said in new_choices(walker, keys, seen):
                to_walk.append(((*path, said), goes_on))
                goes_on = None

    assert dead_ends == [], dead_ends


def new_choices(
    walker: YoungPerson, keys: tuple[str, ...], seen: set[tuple[tuple[str, ...], str]]
) -> list[str]:
    """Give the choices of an answer that nobody has followed from it yet."""
    found = []
    for value in walker.choices:
        if (keys, value) not in seen and COMMANDS.read(value) is None:
            seen.add((keys, value))
            found.append(value)
    return found
