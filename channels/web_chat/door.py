"""What the web chat needs from the gateway: a door that opens, listens, answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from foundations.saying import Choice, Speaker


@dataclass(frozen=True)
class ChatMessage:
    """One thing said in a web chat; `key` names a response, never anything personal."""

    id: str
    speaker: Speaker
    key: str
    text: str
    choices: tuple[Choice, ...]
    said_at: datetime


@dataclass(frozen=True)
class OpenedChat:
    """A conversation that was just opened, and the token that lets you back in."""

    conversation: str
    token: str
    messages: tuple[ChatMessage, ...]


@dataclass(frozen=True)
class CopyPart:
    """A part of a person's plan: its title, and their own lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """Something a person said yes to sharing: with whom, exactly what, and when."""

    shared_with: str
    shown: str
    at: datetime
    taken_back: bool


@dataclass(frozen=True)
class NoteAboutMe:
    """What a worker wrote about a person; `text` is None when it is held back."""

    by: str
    text: str | None
    at: datetime


@dataclass(frozen=True)
class Wished:
    """How a person likes to be helped: services, texts, the plan by text, language.

    `finding` says in a few words what help they looked for; `texts` in which hours
    they want texts. Both are empty without a wish.
    """

    finding: str
    texts: str
    plan_by_text: bool
    plan_word: bool
    language: str


@dataclass(frozen=True)
class OwnCopy:
    """Everything that is kept of a person, to read."""

    said: tuple[ChatMessage, ...]
    plan: tuple[CopyPart, ...]
    shared: tuple[Shared, ...]
    notes: tuple[NoteAboutMe, ...]
    wished: Wished
    phone: str | None


class UnknownLink(Exception):
    """No place has this chat link, or it was withdrawn."""


class UnknownToken(Exception):
    """No conversation answers to this token, or it has ended."""


class ChatDoor(Protocol):
    """The gateway, as the web chat sees it."""

    async def beginning(self, link: str) -> tuple[ChatMessage, ...]:
        """Show what the link would open with, and record nothing; raises UnknownLink.

        A page is looked at by link previews and by people who only want to see;
        none of them may leave a conversation behind.
        """

    async def open(self, link: str) -> OpenedChat:
        """Open a conversation through this link; raises UnknownLink."""

    async def send(
        self, token: str, client_id: str, text: str, patience: float | None = None
    ) -> tuple[ChatMessage, ...] | None:
        """Take in a message once and give its replies; raises UnknownToken.

        The same `client_id` again gives the same replies and changes nothing. With
        `patience`, in seconds, None says after that long that the message is written
        down, and that its replies will come as news.
        """

    async def since(self, token: str, after: str | None) -> tuple[ChatMessage, ...]:
        """Give what was said after that id, oldest first; raises UnknownToken.

        The person's own messages are included. None gives the last lines, so that a
        long conversation opens where it stands. An id that is not in the conversation
        means from the start: rather everything again than something lost.
        """

    async def notice(self, organisation: str) -> tuple[ChatMessage, ...]:
        """Give the whole notice of this organisation's chat; raises UnknownLink."""

    async def own_copy(self, token: str) -> OwnCopy:
        """Give everything that is kept of whoever holds this; raises UnknownToken."""

    async def screen_only(self, text: str) -> tuple[ChatMessage, ...]:
        """Give the fixed crisis words if the text calls for them, else nothing.

        For a text that cannot be taken in: it needs no conversation and no storage.
        """

    async def wait_for_news(
        self, token: str, after: str | None, seconds: float
    ) -> tuple[ChatMessage, ...]:
        """Give what `since` would, waiting up to that long for something to come."""
