"""A gateway small enough to read: it remembers, repeats, answers, and can be slow."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from channels.web_chat.door import (
    ChatMessage,
    CopyPart,
    NoteAboutMe,
    OpenedChat,
    OwnCopy,
    Shared,
    UnknownLink,
    UnknownToken,
    Wished,
)
from foundations.saying import Choice, Speaker

CRISIS_WORDS = "i am in danger now"
STARTED = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@dataclass
class Conversation:
    """What was said in one chat, and the answers already given by client id."""

    said: list[ChatMessage] = field(default_factory=list)
    answers: dict[str, tuple[ChatMessage, ...]] = field(default_factory=dict)
    held_by_staff: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)


class FakeDoor:
    """Answers every message with "You said a thing", and a crisis with crisis words."""

    def __init__(self) -> None:
        self.links = {"demo", "youth-club"}
        self.conversations: dict[str, Conversation] = {}
        self.heard: list[str] = []
        self.broken: Exception | None = None
        self.slow: asyncio.Event | None = None
        self.own_ids = False
        self._count = 0
        self._answering: set[asyncio.Task[tuple[ChatMessage, ...]]] = set()

    async def beginning(self, link: str) -> tuple[ChatMessage, ...]:
        self._work()
        if link not in self.links:
            raise UnknownLink
        return tuple(
            self._said(key, text, choices=choices) for key, text, choices in BEGINNING
        )

    async def open(self, link: str) -> OpenedChat:
        conversation = Conversation(said=list(await self.beginning(link)))
        token = f"token-{len(self.conversations) + 1}"
        self.conversations[token] = conversation
        return OpenedChat(
            conversation=f"conversation-{len(self.conversations)}",
            token=token,
            messages=tuple(conversation.said),
        )

    async def send(
        self, token: str, client_id: str, text: str, patience: float | None = None
    ) -> tuple[ChatMessage, ...] | None:
        self._work()
        conversation = self._find(token)
        if client_id in conversation.answers:
            return conversation.answers[client_id]
        self.heard.append(text)
        own = self._said(
            "", text, Speaker.YOUNG_PERSON, id=None if self.own_ids else client_id
        )
        conversation.said.append(own)
        answering = asyncio.create_task(self._answer(conversation, client_id, text))
        self._answering.add(answering)
        await asyncio.wait({answering}, timeout=patience)
        return answering.result() if answering.done() else None

    async def _answer(
        self, conversation: Conversation, client_id: str, text: str
    ) -> tuple[ChatMessage, ...]:
        if self.slow is not None:
            await self.slow.wait()
        replies = self._replies(conversation, text)
        conversation.answers[client_id] = replies
        self._add(conversation, replies)
        return replies

    async def give_up(self) -> None:
        """Leave unsaid what was still to be answered."""
        for answering in self._answering:
            answering.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def since(self, token: str, after: str | None) -> tuple[ChatMessage, ...]:
        self._work()
        said = self._find(token).said
        seen = next((i for i, m in enumerate(said) if m.id == after), -1)
        return tuple(said[seen + 1 :])

    async def notice(self, organisation: str) -> tuple[ChatMessage, ...]:
        if organisation != "demo":
            raise UnknownLink
        return (self._said("notice.who_sees", "Who sees it. No one at all."),)

    async def own_copy(self, token: str) -> OwnCopy:
        said = tuple(self._find(token).said)
        plan = (CopyPart("What helps me get through", ("Music", "A walk")),)
        shared = (Shared("the demo charity", "My first name: Jo", STARTED, True),)
        notes = (
            NoteAboutMe("the demo charity", "Likes to be texted after four.", STARTED),
            NoteAboutMe("the demo charity", None, STARTED),
        )
        wished = Wished("by text", "4pm - 6pm", False, True, "en")
        return OwnCopy(said, plan, shared, notes, wished, "07700 900101")

    async def screen_only(self, text: str) -> tuple[ChatMessage, ...]:
        if CRISIS_WORDS not in text.lower():
            return ()
        return (self._said("escalation.danger_now", CRISIS_REPLY, Speaker.SYSTEM),)

    async def wait_for_news(
        self, token: str, after: str | None, seconds: float
    ) -> tuple[ChatMessage, ...]:
        conversation = self._find(token)
        if not (found := await self.since(token, after)):
            conversation.news.clear()
            try:
                async with asyncio.timeout(seconds):
                    await conversation.news.wait()
            except TimeoutError:
                return ()
            found = await self.since(token, after)
        return found

    async def forget(self, token: str) -> None:
        """End the conversation on the server; whoever waits for its news hears so."""
        self.conversations.pop(token).news.set()

    async def staff_says(self, token: str, text: str) -> None:
        conversation = self._find(token)
        conversation.held_by_staff = True
        self._add(conversation, [self._said("", text, Speaker.STAFF)])

    async def bot_says(
        self,
        token: str,
        text: str,
        choices: Sequence[Choice] = (),
        key: str = "check_in.hello",
    ) -> None:
        conversation = self._find(token)
        said = self._said(key, text, choices=tuple(choices))
        self._add(conversation, [said])

    def _replies(
        self, conversation: Conversation, text: str
    ) -> tuple[ChatMessage, ...]:
        if CRISIS_WORDS in text.lower():
            return (self._said("escalation.danger_now", CRISIS_REPLY, Speaker.SYSTEM),)
        if conversation.held_by_staff:
            return ()
        return (
            self._said(
                "small_talk.heard",
                "Thank you for telling me. That sounds like a lot to carry. "
                "Would you like to make a plan for the hard moments?",
                choices=(Choice("Yes", "yes"), Choice("Not now", "not now")),
            ),
        )

    def _add(self, conversation: Conversation, said: Sequence[ChatMessage]) -> None:
        conversation.said.extend(said)
        conversation.news.set()

    def _find(self, token: str) -> Conversation:
        if token not in self.conversations:
            raise UnknownToken
        return self.conversations[token]

    def _work(self) -> None:
        if self.broken is not None:
            raise self.broken

    def _said(
        self,
        key: str,
        text: str,
        speaker: Speaker = Speaker.BOT,
        choices: tuple[Choice, ...] = (),
        id: str | None = None,
    ) -> ChatMessage:
        self._count += 1
        return ChatMessage(
            id=id or f"m{self._count}",
            speaker=speaker,
            key=key,
            text=text,
            choices=choices,
            said_at=STARTED + timedelta(seconds=self._count),
        )


BEGINNING: tuple[tuple[str, str, tuple[Choice, ...]], ...] = (
    ("welcome.who", "Hi. I am a bot, not a person. I can help you make a plan.", ()),
    ("welcome.keeps", "I keep what you write for 30 days. You can delete it.", ()),
    (
        "welcome.start",
        "Nobody else sees it, unless you say so or a life is in danger.",
        (
            Choice("Make a safety plan", "make a plan"),
            Choice("See who is open", "who is open"),
            Choice("Tell me more first", "tell me more"),
        ),
    ),
)
CRISIS_REPLY = (
    "I am worried about you. If you are in danger now, call 999. "
    "Or call the night line on 07700 900123. There is someone awake."
)
