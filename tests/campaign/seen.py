"""What was seen of a night: at Twilio's end, in the database, and in the logs."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from storage.tables.core import conversations, escalations, inbox, outbox
from twilio_stand_in.stand_in import TwilioStandIn
from twilio_stand_in.texts import Direction, Text


@dataclass(frozen=True)
class TextIn:
    """A text from a phone; `accepted` when our webhook answered for it.

    `in_turn` is False for one that was brought again, long after its own time.
    """

    sid: str
    sender: str
    body: str
    accepted: bool = True
    in_turn: bool = True


@dataclass(frozen=True)
class TextOut:
    """A text to a phone that Twilio took on; `outbox` as its report address says."""

    outbox: str | None
    recipient: str
    body: str


@dataclass(frozen=True)
class Seen:
    """Everything the invariants look at. Rows are as the tables have them."""

    texts_in: tuple[TextIn, ...] = ()
    texts_out: tuple[TextOut, ...] = ()
    inbox: tuple[Any, ...] = ()
    escalations: tuple[Any, ...] = ()
    outbox: tuple[Any, ...] = ()
    conversations: tuple[Any, ...] = ()
    logs: tuple[Path, ...] = ()
    canaries: tuple[str, ...] = field(default=(), repr=False)


def at_twilio(
    stand_in: TwilioStandIn, replayed: Collection[str] = ()
) -> tuple[list[TextIn], list[TextOut]]:
    """Read what the stand-in took and brought, oldest first."""
    texts = list(stand_in.texts.values())
    inbound = (t for t in texts if t.direction is Direction.INBOUND)
    taken = [_text_in(t, in_turn=t.sid not in replayed) for t in inbound]
    given = [_text_out(t) for t in texts if t.direction is not Direction.INBOUND]
    return taken, given


def in_the_database(engine: Engine) -> dict[str, tuple[Any, ...]]:
    """Read the rows that the invariants need, in the order they were written."""
    with engine.connect() as connection:
        return {
            "inbox": tuple(
                connection.execute(
                    select(
                        inbox.c.id,
                        inbox.c.position,
                        inbox.c.provider_message_id,
                        inbox.c.conversation,
                        inbox.c.route,
                        inbox.c.answered_at,
                    ).order_by(inbox.c.position)
                )
            ),
            "escalations": tuple(
                connection.execute(select(escalations.c.inbox, escalations.c.route))
            ),
            "outbox": tuple(
                connection.execute(
                    select(
                        outbox.c.id,
                        outbox.c.position,
                        outbox.c.kind,
                        outbox.c.state,
                        outbox.c.conversation,
                    ).order_by(outbox.c.position)
                )
            ),
            "conversations": tuple(
                connection.execute(
                    select(
                        conversations.c.id,
                        conversations.c.young_person,
                        conversations.c.owner,
                    )
                )
            ),
        }


def unfinished(engine: Engine) -> tuple[int, int]:
    """Count what is unanswered, and what has not left; words in a webhook's answer
    have, even while their report is still to come.
    """
    with engine.connect() as connection:
        answers = select(func.count()).where(inbox.c.answered_at.is_(None))
        texts = select(func.count()).where(outbox.c.state == "waiting")
        unanswered = connection.execute(answers).scalar_one()
        return int(unanswered), int(connection.execute(texts).scalar_one())


def not_in_the_inbox(engine: Engine, sids: Collection[str]) -> int:
    """Count those that are not written down."""
    with engine.connect() as connection:
        written = connection.execute(select(inbox.c.provider_message_id)).scalars()
        return len(set(sids).difference(written))


def _text_in(text: Text, *, in_turn: bool) -> TextIn:
    is_accepted = text.status == "received"
    return TextIn(text.sid, text.sender, text.body, is_accepted, in_turn)


def _text_out(text: Text) -> TextOut:
    outbox_id = text.callback.rpartition("/")[2] if text.callback else None
    return TextOut(outbox_id, text.recipient, text.body)
