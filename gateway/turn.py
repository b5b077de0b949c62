"""One turn: a recorded message, and what its sender's conversation looked like."""

from dataclasses import dataclass

from escalation import Raised
from foundations.ids import MessageId, OrganisationId
from foundations.saying import Channel, Reply
from gateway.texting.wishes import TextingWishes
from storage.records import Conversation


@dataclass(frozen=True)
class Turn:
    """What the steps after recording are given.

    `text` is what was written, or the value of the choice that a bare number meant, or
    the wish for a plan that waited for it.
    `asked`: consent for a handover is being asked for, or was not long ago.
    `asked_beside`: the fixed words that go with the answer ask something themselves.
    `answers_last`: it is a bare yes or no; `text` is what that means to what was asked.
    `answers_care`: what was asked last was whether they are safe, or who is near.
    `answers_consent`: what was said last asked for consent, so this may be for that.
    `cared_for`: crisis words were said in the last day; `of_themselves`: they were for
    the writer, and somebody else was not named.
    `last_key`: the key of what was said to them last.
    """

    conversation: Conversation
    organisation: OrganisationId
    message: MessageId
    channel: Channel
    text: str
    plan_open: bool
    texting: TextingWishes
    last_key: str | None
    asked: bool = False
    asked_beside: bool = False
    answers_last: bool = False
    answers_care: bool = False
    answers_consent: bool = False
    cared_for: bool = False
    of_themselves: bool = False

    @property
    def answers_another(self) -> bool:
        """Tell whether it may answer what was asked, and not by an open plan."""
        return self.answers_care or self.answers_consent


@dataclass(frozen=True)
class Answer:
    """What a step says; an empty answer is a deliberate silence.

    `is_last` marks words to someone whose records are gone, these words included.
    `raised`: the replies are the fixed words for what the dialogue raised, and are
    recorded as a crisis route that was taken.
    """

    replies: tuple[Reply, ...]
    is_last: bool = False
    raised: Raised | None = None
