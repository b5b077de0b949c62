"""Young people are found by their number, and forgotten for good."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from foundations.ids import (
    OrganisationId,
    PlanLineId,
    StaffMemberId,
    new_id,
)
from foundations.saying import Channel, Choice, Reply
from safety_plans.plan import ChangeKind, PlanChange, SectionId
from storage import CannotOpen, Database, Keys, UnitOfWork
from storage.records import EscalationRecord, OutboundKind
from storage.staff.records import HeldBackFor
from storage.tables.core import data_keys, metadata
from tests.storage.keeping import (
    Records,
    Someone,
    Watch,
    arrives,
    hears,
    outbound,
    says,
)

A_NUMBER = "+447700900123"
ANOTHER_NUMBER = "+447700900456"


def rows_everywhere(unit: UnitOfWork) -> dict[str, int]:
    counts = {
        table.name: unit.connection.execute(
            select(func.count()).select_from(table)
        ).scalar_one()
        for table in metadata.sorted_tables
    }
    return {name: count for name, count in counts.items() if count}


def lives_a_full_life(unit: UnitOfWork, someone: Someone) -> None:
    """Leave at least one row in every table that can hold something of a person."""
    accepted = hears(unit, someone, "hello", f"SM{someone.id}")
    says(unit, someone, Reply("key", "hi", (Choice("Yes", "yes"),)), accepted)
    unit.conversations.set_wishes(someone.conversation, "{}")
    text = outbound(unit, someone, "hi", OutboundKind.CRISIS)
    unit.outbox.delivery(status="sent", at=unit.clock(), outbox_id=text.id)
    outbound(unit, someone, "still waiting")
    unit.escalations.record(
        EscalationRecord(
            unit.clock(), Channel.SMS, "999", (), (), someone.conversation, None
        )
    )
    unit.plans.append(
        someone.id,
        [
            PlanChange(
                id=new_id(),
                kind=ChangeKind.LINE_ADDED,
                at=unit.clock(),
                line=PlanLineId(new_id()),
                section=SectionId.GETTING_THROUGH,
                words="walk the dog",
            )
        ],
    )
    consent = unit.consents.draft(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=OrganisationId("demo"),
        purpose="warm_handover",
        items_json="[]",
    )
    unit.consents.confirm(consent, b"shown")
    unit.consents.draft(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=OrganisationId("demo"),
        purpose="warm_handover",
        items_json="[]",
    )
    case = unit.handovers.open(
        young_person=someone.id,
        conversation=someone.conversation,
        organisation=OrganisationId("demo"),
        consent=consent,
        payload=b"shown",
        at=unit.clock(),
    )
    worker = StaffMemberId(new_id())
    unit.notes.write(case, someone.id, worker, "Prefers short messages.")
    (note,) = unit.notes.of_case(case)
    unit.notes.decide(case, note.id, worker, HeldBackFor.SOMEBODY_ELSE)


def test_a_number_is_always_the_same_person(records: Records) -> None:
    first = records.write(lambda unit: unit.people.with_phone(A_NUMBER))
    again = records.write(lambda unit: unit.people.with_phone(A_NUMBER))
    found = records.read(lambda unit: unit.people.find_by_phone(A_NUMBER))

    assert first == again == found
    assert records.read(lambda unit: unit.people.phone_of(first)) == A_NUMBER


def test_two_gateways_never_make_two_people_of_one_number(
    records: Records, database_url: str, keys: Keys, watch: Watch
) -> None:
    other = Records(Database(database_url, keys, watch), watch, database_url)
    numbers = [f"+4477009001{number:02}" for number in range(20)]

    for number in numbers:
        people = {
            one.write(lambda unit, number=number: unit.people.with_phone(number))
            for one in (records, other)
        }
        assert len(people) == 1
    other.close()


def test_an_unknown_number_is_nobody(records: Records) -> None:
    assert records.read(lambda unit: unit.people.find_by_phone(A_NUMBER)) is None


def test_someone_without_a_number_has_none(records: Records) -> None:
    someone = records.write(arrives)

    assert records.read(lambda unit: unit.people.phone_of(someone.id)) is None


def test_forgetting_a_person_leaves_nothing_but_a_hash(records: Records) -> None:
    before = records.read(rows_everywhere)
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: lives_a_full_life(unit, someone))

    records.write(lambda unit: unit.people.forget(someone.id))

    after = records.read(rows_everywhere)
    assert after.pop("forgotten_inbound") == 1
    # What others are to remove: the text that came in, and the talk in our dialogue.
    assert after.pop("copies_elsewhere") == 2
    before.pop("copies_elsewhere", None)
    assert after == before
    assert records.read(lambda unit: unit.people.find_by_phone(A_NUMBER)) is None


def test_forgetting_one_person_leaves_everyone_else_as_they_were(
    records: Records,
) -> None:
    other = records.write(lambda unit: arrives(unit, ANOTHER_NUMBER))
    records.write(lambda unit: lives_a_full_life(unit, other))
    before = records.read(rows_everywhere)
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: lives_a_full_life(unit, someone))

    records.write(lambda unit: unit.people.forget(someone.id))

    after = records.read(rows_everywhere)
    for left in ("forgotten_inbound", "copies_elsewhere"):
        after.pop(left, None)
        before.pop(left, None)
    assert after == before
    said = records.read(lambda unit: unit.messages.after(other.conversation, None))
    assert [message.text for message in said] == ["hello", "hi"]


def test_a_forgotten_message_that_comes_again_is_known_and_not_kept(
    records: Records,
) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    first = records.write(lambda unit: hears(unit, someone, "hello", "SM1"))
    records.write(lambda unit: unit.people.forget(someone.id))

    back = records.write(lambda unit: arrives(unit, A_NUMBER))
    again = records.write(lambda unit: hears(unit, back, "hello", "SM1"))

    assert (again.inbox_id, again.message_id) == (first.inbox_id, first.message_id)
    assert not again.new
    assert again.answered
    assert records.read(lambda unit: unit.inbox.answer_of(again.inbox_id)) == []
    said = records.read(lambda unit: unit.messages.after(back.conversation, None))
    assert said == []


def test_without_their_key_every_sealed_byte_of_a_person_is_unreadable(
    records: Records, keys: Keys
) -> None:
    """A backup taken before may still hold the rows: without the key they are noise."""
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: lives_a_full_life(unit, someone))
    records.write(
        lambda unit: unit.connection.execute(
            delete(data_keys).where(data_keys.c.holder == someone.id)
        )
    )
    later = Records(Database(records.url, keys), records.watch, records.url)
    looks = (
        lambda unit: unit.people.phone_of(someone.id),
        lambda unit: unit.messages.after(someone.conversation, None),
        lambda unit: unit.messages.recent_inbound(
            someone.conversation, unit.clock() - timedelta(days=1)
        ),
        lambda unit: unit.conversations.wishes(someone.conversation),
        lambda unit: unit.plans.changes(someone.id),
        lambda unit: unit.consents.of_person(someone.id),
        lambda unit: unit.handovers.waiting(),
    )

    for look in looks:
        with pytest.raises(CannotOpen):
            later.read(look)
    tomorrow = records.watch() + timedelta(days=1)
    waits = later.read(lambda unit: unit.inbox.unanswered(10, tomorrow))
    assert {(one.is_sealed, one.text) for one in waits} == {(True, "")}
    claimed = later.write(lambda unit: unit.outbox.claim(10, 30))
    assert {(one.is_sealed, one.recipient, one.body) for one in claimed} == {
        (True, None, "")
    }
    later.close()


def test_a_key_that_was_just_used_is_let_go_when_its_person_is_forgotten(
    records: Records,
) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: hears(unit, someone, "hello"))
    records.read(lambda unit: unit.messages.after(someone.conversation, None))
    records.write(lambda unit: unit.people.forget(someone.id))

    with pytest.raises(CannotOpen):
        records.write(lambda unit: unit.plans.append(someone.id, [a_line(unit)]))


def a_line(unit: UnitOfWork) -> PlanChange:
    return PlanChange(id=new_id(), kind=ChangeKind.LINE_ADDED, at=unit.clock())
