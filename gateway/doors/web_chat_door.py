"""The web chat door: opens conversations, takes messages in, tells what is new."""

import asyncio
import random

from bot.words import Words
from channels.web_chat.door import (
    ChatMessage,
    OpenedChat,
    OwnCopy,
    UnknownLink,
    UnknownToken,
)
from escalation import screen
from foundations.clock import Clock
from foundations.ids import ConversationId, MessageId, OrganisationId, new_id
from foundations.saying import Channel, Reply, Say
from foundations.tracing import Doing, traced
from gateway.doors.chat_tokens import ChatTokens, TokenRefused
from gateway.fixed_words import crisis_words
from gateway.inbound import ByConversation, Inbound
from gateway.news import News
from gateway.own_data.answers import whole_notice
from gateway.own_data.own_copy import own_copy, shown
from gateway.pipeline import Pipeline, in_background
from gateway.received import PutAside
from gateway.receiving import UnknownConversation
from handover import Organisations
from signposting import Directory
from storage import Database, DatabaseUnavailable, NotFound, UnitOfWork
from storage.records import StoredMessage

WELCOME = ("welcome.who_i_am", "welcome.what_i_keep", "welcome.who_sees")


SHORTEST_WAIT = 0.7
"""The part of the time asked for that a wait for news lasts at least."""

SHOWN_AT_FIRST = 100
"""How many of the last lines a page begins with; MY DATA has all of them."""


class NotKept(Exception):
    """The message could be neither stored nor put aside: the page must keep it."""


class WebChatPipelineDoor:
    """Answers the web chat with the pipeline."""

    def __init__(
        self,
        *,
        pipeline: Pipeline,
        database: Database,
        tokens: ChatTokens,
        words: Words,
        organisations: Organisations,
        directory: Directory,
        news: News,
        clock: Clock,
    ) -> None:
        self._pipeline = pipeline
        self._database = database
        self._tokens = tokens
        self._words = words
        self._organisations = organisations
        self._directory = directory
        self._news = news
        self._clock = clock
        self._answering: set[asyncio.Task[object]] = set()

    async def beginning(self, link: str) -> tuple[ChatMessage, ...]:
        """Show how a chat through this link begins, recording nothing."""
        where = await self._where(link)
        return self._unrecorded(self._welcome(where))

    async def open(self, link: str) -> OpenedChat:
        """Start a conversation; without a database, one that can only be screened."""
        try:
            conversation, said = await self._database.write(
                lambda unit: self._start(unit, link)
            )
        except DatabaseUnavailable:
            conversation = ConversationId(new_id())
            trouble = self._words.render(Say("menu.trouble"), Channel.WEB)
            first = self._unrecorded((*self._welcome(None)[:1], trouble))
        else:
            first = tuple(shown(message) for message in said)
        return OpenedChat(conversation, self._tokens.make(conversation), first)

    @traced(Doing.CHAT)
    async def send(
        self, token: str, client_id: str, text: str, patience: float | None = None
    ) -> tuple[ChatMessage, ...] | None:
        """Take a message in once and give its replies, or None if they take longer.

        Shielded: what was begun is finished and recorded though the page has gone.
        """
        conversation = self._conversation(token)
        inbound = Inbound(
            channel=Channel.WEB,
            provider_message_id=f"{conversation}:{client_id}",
            sender=ByConversation(conversation),
            text=text,
            received_at=self._clock(),
        )
        return await asyncio.shield(self._send(inbound, patience))

    async def since(self, token: str, after: str | None) -> tuple[ChatMessage, ...]:
        """Give what was said after a message, the person's own words included."""
        _here, found = await self._look(self._conversation(token), after)
        return found

    async def notice(self, organisation: str) -> tuple[ChatMessage, ...]:
        """Give the whole notice; it needs no conversation and no storage."""
        try:
            behind = self._organisations.named(OrganisationId(organisation))
        except KeyError:
            raise UnknownLink from None
        return self._unrecorded(whole_notice(self._words, behind))

    async def own_copy(self, token: str) -> OwnCopy:
        """Give everything that is kept of a person, read in one moment."""
        conversation = self._conversation(token)
        try:
            return await self._database.read(
                lambda unit: own_copy(
                    unit, conversation, self._organisations, self._directory
                )
            )
        except NotFound:
            raise UnknownToken from None

    async def screen_only(self, text: str) -> tuple[ChatMessage, ...]:
        """Give the fixed crisis words for a text, leaning on nothing else."""
        return self._unrecorded(crisis_words(text, screen(text), Channel.WEB))

    async def wait_for_news(
        self, token: str, after: str | None, seconds: float
    ) -> tuple[ChatMessage, ...]:
        """Give what is new, waiting for it that long at most."""
        asked = self._conversation(token)
        here, event = asked, self._news.subscribe(asked)
        try:
            if not self._news.was_quiet(asked, after):
                here, found = await self._look(asked, after)
                if here != asked:
                    # It was joined to a phone's: that is where news are told.
                    self._news.unsubscribe(asked, event)
                    event = self._news.subscribe(here)
                    here, found = await self._look(asked, after)
                if found:
                    return found
                if here == asked and not event.is_set():
                    self._news.note_quiet(asked, after)
            # Pages that all came back at once after a restart do not stay in step.
            spread = random.uniform(SHORTEST_WAIT, 1)  # noqa: S311 - spreading load
            longest = self._news.longest_wait(seconds)
            async with asyncio.timeout(longest * spread):
                await event.wait()
        except TimeoutError:
            return ()
        finally:
            self._news.unsubscribe(here, event)
        return await self.since(token, after)

    async def _send(
        self, inbound: Inbound, patience: float | None
    ) -> tuple[ChatMessage, ...] | None:
        try:
            received = await self._pipeline.receive(inbound)
        except UnknownConversation:
            raise UnknownToken from None
        if isinstance(received, PutAside):
            if not (received.is_kept or received.is_crisis):
                raise NotKept
            return self._unrecorded(received.said)
        answering = asyncio.ensure_future(self._pipeline.answer(received))
        # After a command's words there may be no conversation left to find them in.
        await asyncio.wait(
            {answering}, timeout=None if received.is_command else patience
        )
        if not answering.done():
            in_background(answering, self._answering)
            return None
        return tuple(shown(message) for message in answering.result())

    async def _where(self, link: str) -> str | None:
        """Tell where an open link is put up. Raises UnknownLink."""
        try:
            found = await self._database.read(lambda unit: unit.chat_links.get(link))
        except DatabaseUnavailable:
            return None
        if found is None or not found.active:
            raise UnknownLink
        return found.welcome

    def _start(
        self, unit: UnitOfWork, link: str
    ) -> tuple[ConversationId, tuple[StoredMessage, ...]]:
        found = unit.chat_links.get(link)
        if found is None or not found.active:
            raise UnknownLink
        person = unit.people.create()
        conversation = unit.conversations.start(person, link, Channel.WEB)
        said = unit.messages.add_outbound(
            conversation=conversation.id,
            young_person=person,
            channel=Channel.WEB,
            replies=self._welcome(found.welcome),
        )
        return conversation.id, said

    async def _look(
        self, conversation: ConversationId, after: str | None
    ) -> tuple[ConversationId, tuple[ChatMessage, ...]]:
        """Find where a conversation goes on, and what was said there after a message.

        Raises UnknownToken.
        """

        def look(unit: UnitOfWork) -> tuple[ConversationId, list[StoredMessage]]:
            here = unit.conversations.get(conversation).id
            if after is None:
                return here, unit.messages.latest(here, SHOWN_AT_FIRST)
            return here, unit.messages.after(here, MessageId(after))

        try:
            here, found = await self._database.read(look)
        except NotFound:
            raise UnknownToken from None
        return here, tuple(shown(message) for message in found)

    def _welcome(self, where: str | None) -> tuple[Reply, ...]:
        """Say hello; where a link is put up is said second, in reviewed words."""
        keys = list(WELCOME)
        if where is not None:
            keys.insert(1, f"welcome.link_{where}")
        return tuple(self._words.render(Say(key), Channel.WEB) for key in keys)

    def _conversation(self, token: str) -> ConversationId:
        try:
            return self._tokens.read(token)
        except TokenRefused:
            raise UnknownToken from None

    def _unrecorded(self, replies: tuple[Reply, ...]) -> tuple[ChatMessage, ...]:
        return tuple(
            ChatMessage(
                id=new_id(),
                speaker=reply.speaker,
                key=reply.key,
                text=reply.text,
                choices=reply.choices,
                said_at=self._clock(),
            )
            for reply in replies
        )
