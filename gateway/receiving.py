"""Inside one transaction: screen with what was stored, record once, escalate.

The crisis reply is recorded with the message it answers, or neither is.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.languages import Languages
from bot.turns.handover_asking import LISTENS_FOR
from bot.turns.safety_plan_requests import asks_to_build
from escalation import Route, Screening, aftercare, is_card_request
from escalation.day_after import Aftercare, Turn
from foundations.ids import ConversationId, new_id
from foundations.saying import Channel, Reply
from gateway.fixed_words import as_texted, fixed, fixed_body
from gateway.inbound import ByPhone, Inbound
from gateway.lately import REMEMBERED_FOR, recent_of
from gateway.questions import questions
from gateway.received import Beside, Received, WordsLeft
from gateway.screening import Look, screened
from gateway.taking_up import kept_with
from gateway.texting.one_text import choice_meant, choice_named
from gateway.texting.opt_out import SILENT_FROM
from storage import NotFound, UnitOfWork
from storage.records import (
    Accepted,
    AcceptInbound,
    Conversation,
    EscalationRecord,
    NewOutbound,
    OutboundKind,
    OutboundState,
    Owner,
    StoredMessage,
)

RESEND_UNCONFIRMED_AFTER = timedelta(seconds=60)
"""A crisis text handed over in TwiML and never reported on is sent again after this."""


class UnknownConversation(Exception):
    """The token opens a conversation that is no longer there."""


@dataclass(frozen=True)
class Receiving:
    """One message on its way into the records, with everything the steps share."""

    unit: UnitOfWork
    inbound: Inbound
    conversation: Conversation
    accepted: Accepted
    screening: Screening
    words_left: WordsLeft
    is_first: bool
    is_command: bool
    language: str | None


def receive_into(
    unit: UnitOfWork,
    inbound: Inbound,
    first_look: Look,
    *,
    is_command: Callable[[str], bool],
    words_left: WordsLeft,
    languages: Languages,
    heard: Callable[[UnitOfWork, Conversation], None],
) -> Received:
    """Write a message down once, with its fixed reply if it calls for one.

    `heard` is told whose conversation has something new in it.
    Raises UnknownConversation when a web token's conversation has gone.
    """
    found = _conversation_of(unit, inbound)
    if isinstance(found, Received):
        return found
    conversation, is_first = found
    screening = _look_again(unit, conversation, inbound, first_look, is_command)
    care = _aftercare_of(conversation)
    commands = False
    if screening.route is not Route.NONE:
        # Crisis words are answered as such, whatever else they might have meant.
        turn = aftercare.follow(inbound.text, screening, care, inbound.received_at)
    else:
        said = languages.meant(conversation.language, inbound.text)
        answers, meant = (False, said) if is_first else _meant(unit, conversation, said)
        commands = is_command(meant)
        making_plan = care is not None and unit.plans.is_being_built(
            conversation.young_person
        )
        answers_plan = making_plan and questions().is_yes_to_the_plan(
            meant, partial(unit.messages.last_answer, conversation.id)
        )
        turn = aftercare.follow(
            meant,
            screening,
            care,
            inbound.received_at,
            is_command=commands,
            asks_for_plan=care is not None and asks_to_build(meant),
            answers_elsewhere=answers,
            with_worker=conversation.owner is Owner.STAFF,
            making_plan=making_plan,
            answers_plan=answers_plan,
            asking_for_person=care is not None
            and _asks_for_person(unit, conversation, inbound.received_at),
        )
    entry = AcceptInbound(
        channel=inbound.channel,
        provider_message_id=inbound.provider_message_id,
        conversation=conversation.id,
        young_person=conversation.young_person,
        received_at=inbound.received_at,
        route=screening.route.value,
        reasons=screening.reasons,
        is_answered=not turn.hands_on,
        beside=kept_with(turn, is_first=is_first) if turn.hands_on else None,
    )
    accepted = unit.inbox.accept(entry)
    if accepted.new:
        heard(unit, conversation)
    step = Receiving(
        unit,
        inbound,
        conversation,
        accepted,
        screening,
        words_left,
        is_first,
        commands,
        languages.after(inbound.text, conversation.language),
    )
    return _escalate(step, turn) if accepted.new else _repeat(step)


def _conversation_of(
    unit: UnitOfWork, inbound: Inbound
) -> tuple[Conversation, bool] | Received:
    """Find or begin the conversation, and say whether it is new.

    A text that the carrier brings again after its sender was forgotten begins nothing.
    """
    if not isinstance(inbound.sender, ByPhone):
        try:
            return unit.conversations.get(inbound.sender.conversation), False
        except NotFound:
            raise UnknownConversation from None
    found = unit.conversations.of_phone(inbound.sender.number)
    if found is not None:
        return found, False
    again = unit.inbox.forgotten(inbound.channel, inbound.provider_message_id)
    if again is not None:
        return _again(inbound, again)
    person = unit.people.with_phone(inbound.sender.number)
    return unit.conversations.start(person, "sms", Channel.SMS), True


def _again(inbound: Inbound, accepted: Accepted) -> Received:
    """A text of somebody who was forgotten: it had its answer, and no row is made."""
    return Received(
        conversation=ConversationId(new_id()),
        inbox=accepted.inbox_id,
        message=accepted.message_id,
        channel=inbound.channel,
        text=inbound.text,
        received_at=inbound.received_at,
        is_finished=True,
        is_new=False,
    )


def _look_again(
    unit: UnitOfWork,
    conversation: Conversation,
    inbound: Inbound,
    first_look: Look,
    is_command: Callable[[str], bool],
) -> Screening:
    """Parts of one text may have come through another gateway: look at the records."""
    if first_look.screening.route is not Route.NONE:
        return first_look.screening
    since = inbound.received_at - REMEMBERED_FOR
    stored = unit.messages.recent_inbound(conversation.id, since)
    texts = tuple((said_at, text, None) for text, said_at in stored)
    before = recent_of(texts, inbound.received_at, is_command)
    if before == first_look.recent:
        return first_look.screening
    return screened(inbound.text, before, inbound.channel)


def _repeat(step: Receiving) -> Received:
    """Give a repeated message its stored answer: the first may never have arrived."""
    received = _received(step)
    said = tuple(step.unit.inbox.answer_of(step.accepted.inbox_id))
    return replace(
        received,
        said=said,
        inline=step.unit.outbox.handed_over_as(_inline_key(step)),
        is_finished=step.accepted.answered,
        is_new=False,
    )


def _meant(unit: UnitOfWork, conversation: Conversation, text: str) -> tuple[bool, str]:
    """Read a number as the choice it stands for, and a bare yes or no as its meaning.

    Tells also whether it was a yes or a no to a question that is not about being safe.
    """
    here = conversation.id
    offered = partial(unit.messages.last_choices, here)
    choice = choice_meant(text, offered)
    if choice is not None:
        return False, choice
    answer = questions().meant(text, partial(unit.messages.last_answer, here))
    return answer is not None, answer or choice_named(text, offered) or text


def _escalate(step: Receiving, turn: Turn) -> Received:
    """Say the fixed words, and decide whether anything else is to follow."""
    kept = None if turn.aftercare is None else json.dumps(turn.aftercare.to_dict())
    said = partial(
        fixed,
        channel=step.inbound.channel,
        language=step.language,
        with_worker=step.conversation.owner is Owner.STAFF,
    )
    before, after = said(turn.before), said(turn.after)
    if turn.hands_on:
        _keep(step, (), kept)
        return replace(
            _received(step),
            beside=Beside(before, after),
            starts_plan=turn.starts_plan,
            asks_on=turn.asks_on,
        )
    replies = (*before, *after)
    is_text = step.inbound.channel is Channel.SMS
    return _say_at_once(step, as_texted(replies) if is_text else replies, kept)


def _asks_for_person(unit: UnitOfWork, here: Conversation, now: datetime) -> bool:
    kept = unit.askings.get(here.id)
    return kept is not None and kept.asked_at > now - LISTENS_FOR


def _aftercare_of(conversation: Conversation) -> Aftercare | None:
    if conversation.aftercare is None:
        return None
    return Aftercare.from_dict(json.loads(conversation.aftercare))


def _say_at_once(
    step: Receiving, replies: tuple[Reply, ...], kept: str | None
) -> Received:
    said = _keep(step, replies, kept)
    outbound = _hand_over(step, replies)
    step.unit.escalations.record(_escalation_record(step, said, outbound))
    return replace(
        _received(step),
        said=said,
        inline=outbound.id if outbound else None,
        is_finished=True,
    )


def _keep(
    step: Receiving, replies: tuple[Reply, ...], aftercare: str | None
) -> tuple[StoredMessage, ...]:
    """Keep what was said, what answers it at once, and what is to be remembered."""
    return step.unit.messages.add_inbound(
        id=step.accepted.message_id,
        conversation=step.conversation.id,
        young_person=step.conversation.young_person,
        channel=step.inbound.channel,
        text=step.inbound.text,
        received_at=step.inbound.received_at,
        replies=replies,
        inbox_id=step.accepted.inbox_id,
        aftercare=aftercare,
    )


def _hand_over(step: Receiving, replies: tuple[Reply, ...]) -> NewOutbound | None:
    """Note that these words leave in the answer to the webhook itself."""
    if step.inbound.channel is not Channel.SMS or _stays_unsent(step):
        return None
    outbound = NewOutbound(
        dedup_key=_inline_key(step),
        kind=OutboundKind.CRISIS,
        body=fixed_body(replies),
        not_before=_resend_at(step.inbound.received_at),
        conversation=step.conversation.id,
        young_person=step.conversation.young_person,
        keys=tuple(reply.key for reply in replies),
        state=OutboundState.SENT if step.words_left.already else OutboundState.INLINE,
    )
    step.unit.outbox.add(outbound)
    return outbound


def _inline_key(step: Receiving) -> str:
    return f"inline:{step.accepted.inbox_id}"


def _stays_unsent(step: Receiving) -> bool:
    """STOP said once ends reminders; said again, even these words stay unsent.

    HELP, NOW and 999 by themselves ask for one answer by name, and always get it.
    """
    has_stopped_twice = step.conversation.stopped >= SILENT_FROM
    return has_stopped_twice and not is_card_request(step.inbound.text)


def _resend_at(received_at: datetime) -> datetime:
    return received_at + RESEND_UNCONFIRMED_AFTER


def _escalation_record(
    step: Receiving,
    said: tuple[StoredMessage, ...],
    outbound: NewOutbound | None,
) -> EscalationRecord:
    return EscalationRecord(
        at=step.inbound.received_at,
        channel=step.inbound.channel,
        route=step.screening.route.value,
        phrase_ids=step.screening.reasons,
        reply_keys=tuple(message.key for message in said),
        conversation=step.conversation.id,
        inbox_id=step.accepted.inbox_id,
        outbox_id=outbound.id if outbound else None,
    )


def _received(step: Receiving) -> Received:
    return Received(
        conversation=step.conversation.id,
        inbox=step.accepted.inbox_id,
        message=step.accepted.message_id,
        channel=step.inbound.channel,
        text=step.inbound.text,
        received_at=step.inbound.received_at,
        is_first=step.is_first,
        is_command=step.is_command,
    )
