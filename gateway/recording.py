"""Inside one transaction: look at the conversation, and write an answer down."""

import json
from dataclasses import replace
from functools import partial

from bot.languages import Languages
from bot.turns.safety_plan_requests import GO_ON, MAKE_A_PLAN
from escalation import Raised, aftercare
from escalation.day_after import Aftercare
from escalation.replies import ASKS_FOR_A_WORKER
from foundations.ids import MessageId, OrganisationId, new_id
from foundations.saying import Channel, Choice, Reply
from gateway.fixed_words import QUESTIONS, fixed, fixed_body
from gateway.questions import questions
from gateway.received import Beside, Received
from gateway.saying_again import from_the_records
from gateway.speaking import hearer_in
from gateway.texting.one_text import (
    choice_meant,
    choice_named,
    each_once,
    text_body,
    without_invitation,
)
from gateway.texting.opt_out import ANSWER_STOP, SILENT_FROM
from gateway.texting.wishes import TextingWishes
from gateway.turn import Answer, Turn
from storage import UnitOfWork
from storage.records import (
    Conversation,
    EscalationRecord,
    NewOutbound,
    OutboundKind,
    Owner,
    StoredMessage,
    Unanswered,
)

FOR_A_WORKER = frozenset({ASKS_FOR_A_WORKER, "person", "talk to a person"})
"""What the choices that ask for a worker send."""
NUMBERS_STAY = "escalation.numbers_stay"
"""Stands where a worker was just refused, or was asked for already."""
PLAN_WAITS = frozenset({"plan.waits", "plan.start_later"})
NONE_OPEN = "answers.nothing_to_skip"
"""What an open plan says in place of its question."""


def read_turn(
    unit: UnitOfWork, received: Received, home: OrganisationId, languages: Languages
) -> tuple[list[Unanswered], Turn | None]:
    """Read what waits from before, and what the steps need.

    No turn when the message was answered meanwhile.
    """
    if unit.inbox.is_answered(received.inbox):
        return [], None
    before = unit.inbox.waiting_before(received.inbox, received.conversation)
    conversation = unit.conversations.get(received.conversation)
    plan_open = unit.plans.is_being_built(conversation.young_person)
    wished = GO_ON if plan_open else MAKE_A_PLAN
    meant = wished if received.starts_plan else None
    meant = ASKS_FOR_A_WORKER if received.asks_on else meant
    offered = partial(unit.messages.last_choices, received.conversation)
    is_text = received.channel is Channel.SMS
    meant = meant or choice_meant(received.text, offered, numbered=is_text)
    said = languages.meant(conversation.language, received.text)
    last_answer = partial(unit.messages.last_answer, received.conversation)
    answers = None if meant else questions().meant(said, last_answer)
    if not (meant or answers):
        meant = choice_named(received.text, offered)
    last_key = unit.messages.last_key(conversation.id)
    turn = Turn(
        conversation=conversation,
        organisation=organisation_of(unit, conversation, home),
        message=received.message,
        channel=received.channel,
        text=meant or answers or said,
        plan_open=plan_open,
        texting=TextingWishes.of(unit, conversation.young_person),
        last_key=last_key,
        asked=unit.askings.get(conversation.id) is not None,
        asked_beside=any(said.key in QUESTIONS for said in received.beside.after),
        answers_last=answers is not None,
        answers_care=plan_open
        and conversation.aftercare is not None
        and questions().is_care(last_answer()),
        answers_consent=plan_open and questions().is_of_consent(last_key),
        cared_for=_is_cared_for(conversation, received),
        of_themselves=_is_of_themselves(conversation, received),
    )
    return before, turn


def record_answer(
    unit: UnitOfWork, received: Received, answer: Answer, languages: Languages
) -> tuple[StoredMessage, ...]:
    """Write the replies and their outbox row, and mark the message answered.

    The owner is read again here: words of the bot that were thought of before a
    worker took over are not said after it; nor is what was raised, once crisis words
    for something newer have left meanwhile.
    """
    if unit.inbox.is_answered(received.inbox):
        return tuple(unit.inbox.answer_of(received.inbox))
    now = unit.conversations.hold(received.conversation)
    if answer.raised is not None and _is_cared_for(now, received):
        answer = Answer(())
    if received.channel is Channel.SMS and now.stopped >= SILENT_FROM:
        # They were told that nothing more comes: no words of the day after either.
        received = replace(received, beside=Beside())
    replies = from_the_records(unit, now.id, answer.replies)
    said_now = languages.say(replies, hearer_in(unit, now, received.channel))
    replies = questions().beside_a_question(_beside_a_worker(now.owner, said_now))
    after = _after(unit, received, now, replies)
    if any(reply.key in QUESTIONS for reply in after):
        replies = _asking_nothing(replies, received.channel)
    replies = (*received.beside.before, *replies, *after)
    if received.channel is Channel.SMS:
        replies = each_once(replies)
    said = unit.messages.add_outbound(
        conversation=now.id,
        young_person=now.young_person,
        channel=received.channel,
        replies=replies,
        answers=received.inbox,
    )
    outbound = None
    if received.channel is Channel.SMS and said:
        outbound = _outbound(
            received, now, replies, is_crisis=answer.raised is not None
        )
        unit.outbox.add(outbound)
    if answer.raised is not None and said:
        _record_raised(unit, received, answer.raised, said, outbound)
    unit.inbox.answered(received.inbox)
    return said


def _is_cared_for(conversation: Conversation, received: Received) -> bool:
    """Tell whether a message came in the day after crisis words."""
    return _care_of(conversation, received) is not None


def _is_of_themselves(conversation: Conversation, received: Received) -> bool:
    """Tell whether those were words for the writer, and nobody else was named."""
    care = _care_of(conversation, received)
    return care is not None and "another" not in care.situations


def _care_of(conversation: Conversation, received: Received) -> Aftercare | None:
    kept = conversation.aftercare
    care = None if kept is None else Aftercare.from_dict(json.loads(kept))
    return care if care is not None and care.lasts(received.received_at) else None


def _record_raised(
    unit: UnitOfWork,
    received: Received,
    raised: Raised,
    said: tuple[StoredMessage, ...],
    outbound: NewOutbound | None,
) -> None:
    """Keep that a route was taken, and begin the day after, as the screen does."""
    screening = raised.screening
    turn = aftercare.follow(received.text, screening, None, received.received_at)
    kept = json.dumps(turn.aftercare.to_dict()) if turn.aftercare else None
    if kept:
        unit.conversations.care_for(received.conversation, kept)
    unit.escalations.record(
        EscalationRecord(
            at=received.received_at,
            channel=received.channel,
            route=screening.route.value,
            phrase_ids=screening.reasons,
            reply_keys=tuple(message.key for message in said),
            conversation=received.conversation,
            inbox_id=received.inbox,
            outbox_id=outbound.id if outbound else None,
        )
    )


def _after(
    unit: UnitOfWork,
    received: Received,
    conversation: Conversation,
    replies: tuple[Reply, ...],
) -> tuple[Reply, ...]:
    """Give the fixed words after an answer: none when it asks something itself.

    One text asks one thing, and one that answers STOP asks nothing. What gave way is
    asked another time, and a bare "no" to what was asked here is no answer to it.
    """
    after, kept = received.beside.after, conversation.aftercare
    if _offers_no_worker(conversation, replies, after):
        after = _offering_no_worker(after, received.channel, conversation.language)
    asks = any(
        questions().stands_alone(reply, received.channel) or reply.key in ANSWER_STOP
        for reply in replies
    )
    care_asks = any(reply.key in QUESTIONS for reply in after)
    in_plan = not care_asks and any(reply.key.startswith("plan.") for reply in replies)
    if kept is None or not (asks or in_plan):
        return after
    care = Aftercare.from_dict(json.loads(kept))
    gone = after[-1].key.removeprefix("escalation.") if after and asks else None
    care = care.gives_way(gone)
    unit.conversations.care_for(conversation.id, json.dumps(care.to_dict()))
    return () if asks else after


def _offers_no_worker(
    conversation: Conversation, replies: tuple[Reply, ...], after: tuple[Reply, ...]
) -> bool:
    """Tell whether a worker was just refused, or was asked for already.

    How they are is asked all the same while they wait for one.
    """
    if any(questions().refuses_a_worker(reply.key) for reply in replies):
        return True
    asks = any(reply.key in QUESTIONS for reply in after)
    return conversation.owner is not Owner.BOT and not asks


def _offering_no_worker(
    after: tuple[Reply, ...], channel: Channel, language: str | None
) -> tuple[Reply, ...]:
    """Put a number to call in place of a worker who was refused or asked for."""
    if not any(_offers_a_worker(reply) for reply in after):
        return after
    others = tuple(reply for reply in after if not _offers_a_worker(reply))
    return (*others, *fixed((NUMBERS_STAY,), channel, language))


def _beside_a_worker(owner: Owner, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Say nothing over a worker, and offer none to whoever waits for one."""
    if owner is Owner.STAFF:
        return ()
    if owner is Owner.BOT:
        return replies
    return tuple(replace(reply, choices=_without_one(reply)) for reply in replies)


def _without_one(reply: Reply) -> tuple[Choice, ...]:
    return tuple(one for one in reply.choices if one.value not in FOR_A_WORKER)


def _offers_a_worker(reply: Reply) -> bool:
    return any(choice.value == ASKS_FOR_A_WORKER for choice in reply.choices)


def _asking_nothing(replies: tuple[Reply, ...], channel: Channel) -> tuple[Reply, ...]:
    """Leave only what was answered where "are you safe?" is asked in the same text.

    A notice that the plan waits is said alone; in a text, choices are the question's,
    and nothing is said of those that gave way. That no question is open is not true.
    """
    true = tuple(reply for reply in replies if reply.key != NONE_OPEN)
    shown = tuple(reply for reply in true if reply.key not in PLAN_WAITS) or true
    if channel is not Channel.SMS:
        return shown
    return tuple(
        replace(reply, choices=(), text=without_invitation(reply.text))
        if reply.choices
        else reply
        for reply in shown
    )


def without_record(received: Received, answer: Answer) -> tuple[StoredMessage, ...]:
    """Give an answer as it would be stored, when its records are gone."""
    return tuple(
        StoredMessage(
            id=MessageId(new_id()),
            sequence=0,
            speaker=reply.speaker,
            key=reply.key,
            text=reply.text,
            choices=reply.choices,
            said_at=received.received_at,
            channel=received.channel,
        )
        for reply in answer.replies
    )


def _outbound(
    received: Received,
    conversation: Conversation,
    replies: tuple[Reply, ...],
    *,
    is_crisis: bool,
) -> NewOutbound:
    return NewOutbound(
        dedup_key=f"answer:{received.inbox}",
        kind=OutboundKind.CRISIS if is_crisis else OutboundKind.ORDINARY,
        body=fixed_body(replies) if is_crisis else text_body(replies),
        not_before=received.received_at,
        conversation=conversation.id,
        young_person=conversation.young_person,
        keys=tuple(reply.key for reply in replies),
    )


def organisation_of(
    unit: UnitOfWork, conversation: Conversation, home: OrganisationId
) -> OrganisationId:
    """Tell which organisation stands behind a conversation.

    `home` is behind our number, and behind a link that is not (or no longer) known.
    """
    link = unit.chat_links.get(conversation.link)
    return link.organisation if link else home
