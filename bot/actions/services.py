"""The one place where actions find what they work with: Rasa builds them bare."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.words import Words
from foundations.clock import Clock
from foundations.ids import ConversationId
from foundations.saying import Channel, Say
from handover import Organisations

Result = TypeVar("Result")
AskForPerson = Callable[[Any, ConversationId, Channel], tuple[Say, ...]]
"""Begins the asking for a person inside one unit of work, and says what to ask."""


class Database(Protocol):
    """Runs work in one transaction; work is handed the repositories of one unit."""

    async def read(self, work: Callable[[Any], Result]) -> Result:
        """Run work that changes nothing."""
        ...

    async def write(self, work: Callable[[Any], Result]) -> Result:
        """Run work and keep what it changed, or nothing of it."""
        ...


@dataclass(frozen=True)
class Services:
    """What actions are handed once, when the process starts.

    `directory` is the signposting directory and `help_desk` answers from it; both are
    passed on as they are.
    """

    database: Database
    directory: Any
    organisations: Organisations
    words: Words
    clock: Clock
    ask_for_person: AskForPerson
    help_desk: Any = None


_installed: list[Services] = []


def install(ready: Services) -> None:
    """Make these the services of every action from now on."""
    _installed[:] = [ready]


def services() -> Services:
    """Give what was installed; RuntimeError when the process was not wired."""
    if not _installed:
        raise RuntimeError("Actions ran before runtime installed their services.")
    return _installed[0]
