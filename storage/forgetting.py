"""Forgetting: every row of one young person, in an order the schema allows."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select

from foundations.saying import Channel
from storage.copies_elsewhere import Keeper, note
from storage.encryption import Vault
from storage.tables.core import (
    consent_steps,
    consents,
    conversations,
    delivery_reports,
    escalations,
    forgotten_inbound,
    handover_cases,
    handover_steps,
    inbox,
    messages,
    outbox,
    people,
    plan_changes,
    plan_shares,
)
from storage.tables.due import due_work
from storage.tables.handover import anchors, handover_askings, staff_alerts
from storage.tables.joining import join_codes, join_tries, joined_conversations
from storage.tables.keeping import legal_holds
from storage.tables.pages import plan_copies, plan_links, plan_pins, plan_visits
from storage.tables.staff import case_notes, case_outcomes, note_decisions
from storage.tables.texting import texting_wishes

INBOUND = "inbound"


def inbound_hash(vault: Vault, channel: str, provider_message_id: str) -> bytes:
    """Give the hash by which a forgotten message is still known."""
    return vault.token_hash(INBOUND, f"{channel}\0{provider_message_id}")


def remove_rows(
    connection: Connection, vault: Vault, person: str, now: datetime
) -> None:
    """Delete all rows of a person, leaving a hash of each provider message id.

    What others hold of them is noted, to be removed there as well.
    """
    _note_copies(connection, person, now)
    _leave_hashes(connection, vault, person, now)
    for table, of_person in _rows_of(person):
        connection.execute(delete(table).where(of_person))


def _note_copies(connection: Connection, person: str, now: datetime) -> None:
    received = select(inbox.c.provider_message_id).where(
        inbox.c.young_person == person, inbox.c.channel == Channel.SMS.value
    )
    sent = select(outbox.c.provider_message_id).where(
        outbox.c.young_person == person, outbox.c.provider_message_id.is_not(None)
    )
    talks = select(conversations.c.id).where(conversations.c.young_person == person)
    joined = select(joined_conversations.c.id).where(
        joined_conversations.c.young_person == person
    )
    for keeper, held in (
        (Keeper.CARRIER, received.union(sent)),
        (Keeper.DIALOGUE, talks.union(joined)),
    ):
        note(connection, keeper, connection.execute(held).scalars().all(), now)


def _leave_hashes(
    connection: Connection, vault: Vault, person: str, now: datetime
) -> None:
    found = connection.execute(select(inbox).where(inbox.c.young_person == person))
    hashes = [
        {
            "provider_hash": inbound_hash(vault, row.channel, row.provider_message_id),
            "inbox": row.id,
            "message": row.message,
            "forgotten_at": now,
        }
        for row in found
    ]
    if hashes:
        connection.execute(insert(forgotten_inbound), hashes)


def _rows_of(person: str) -> list[tuple[Table, ColumnElement[bool]]]:
    threads = select(conversations.c.id).where(conversations.c.young_person == person)
    sent = select(outbox.c.id).where(outbox.c.young_person == person)
    agreed = select(consents.c.id).where(consents.c.young_person == person)
    handed = select(handover_cases.c.id).where(handover_cases.c.young_person == person)
    return [
        (due_work, due_work.c.young_person == person),
        (handover_askings, handover_askings.c.young_person == person),
        (staff_alerts, staff_alerts.c.young_person == person),
        (anchors, anchors.c.young_person == person),
        (delivery_reports, delivery_reports.c.outbox.in_(sent)),
        (outbox, outbox.c.young_person == person),
        (messages, messages.c.young_person == person),
        (escalations, escalations.c.conversation.in_(threads)),
        (inbox, inbox.c.young_person == person),
        (plan_changes, plan_changes.c.young_person == person),
        (join_codes, join_codes.c.young_person == person),
        (join_tries, join_tries.c.young_person == person),
        (joined_conversations, joined_conversations.c.young_person == person),
        (texting_wishes, texting_wishes.c.young_person == person),
        (plan_shares, plan_shares.c.young_person == person),
        (note_decisions, note_decisions.c.young_person == person),
        (case_notes, case_notes.c.young_person == person),
        (case_outcomes, case_outcomes.c.handover_case.in_(handed)),
        *(
            (table, table.c.young_person == person)
            for table in (plan_links, plan_pins, plan_visits, plan_copies)
        ),
        (handover_steps, handover_steps.c.handover_case.in_(handed)),
        (handover_cases, handover_cases.c.young_person == person),
        (consent_steps, consent_steps.c.consent.in_(agreed)),
        (consents, consents.c.young_person == person),
        (legal_holds, legal_holds.c.young_person == person),
        (conversations, conversations.c.young_person == person),
        (people, people.c.id == person),
    ]
