"""A conversation knows its door, its owner, and every line in order."""

from datetime import timedelta

import pytest

from foundations.ids import ConversationId, HandoverCaseId, MessageId, YoungPersonId
from foundations.saying import Channel, Choice, Reply, Speaker
from storage import NotFound, RecordConflict
from storage.records import Owner
from tests.storage.keeping import Records, arrives, hears, says

YES_OR_NO = (Choice("Yes", "yes"), Choice("Not now", "not now"))


def test_a_conversation_starts_with_the_bot(records: Records) -> None:
    someone = records.write(arrives)

    thread = records.read(lambda unit: unit.conversations.get(someone.conversation))
    assert thread.owner is Owner.BOT
    assert thread.channel is Channel.WEB
    assert thread.link == "demo"
    assert thread.stopped == 0
    assert thread.aftercare is None
    assert thread.started_at == thread.last_heard_at == records.watch.now


def test_a_person_has_one_conversation_over_every_door(records: Records) -> None:
    someone = records.write(arrives)

    again = records.write(
        lambda unit: unit.conversations.start(someone.id, "school", Channel.SMS)
    )
    assert again.id == someone.conversation
    assert again.link == "demo"


def test_nobody_has_no_conversation(records: Records) -> None:
    nobody = YoungPersonId("nobody")

    assert records.read(lambda unit: unit.conversations.of_person(nobody)) is None
    with pytest.raises(RecordConflict):
        records.write(
            lambda unit: unit.conversations.start(nobody, "demo", Channel.WEB)
        )
    with pytest.raises(NotFound):
        records.read(lambda unit: unit.conversations.get(ConversationId("nowhere")))


@pytest.mark.parametrize("owner", list(Owner))
def test_the_owner_changes_and_is_remembered(records: Records, owner: Owner) -> None:
    someone = records.write(arrives)
    case = HandoverCaseId("case")
    records.write(
        lambda unit: unit.conversations.set_owner(someone.conversation, owner, case)
    )

    thread = records.read(lambda unit: unit.conversations.get(someone.conversation))
    assert (thread.owner, thread.handover_case) == (owner, case)


def test_aftercare_stops_and_wishes_are_remembered(records: Records) -> None:
    someone = records.write(arrives)
    thread = someone.conversation
    records.write(lambda unit: hears(unit, someone, "hi", aftercare='{"n":1}'))
    records.write(lambda unit: unit.conversations.set_stopped(thread, 2))
    records.write(lambda unit: unit.conversations.set_wishes(thread, '{"plain":true}'))

    kept = records.read(lambda unit: unit.conversations.get(thread))
    wishes = records.read(lambda unit: unit.conversations.wishes(thread))
    assert (kept.aftercare, kept.stopped, wishes) == ('{"n":1}', 2, '{"plain":true}')
    records.write(lambda unit: hears(unit, someone, "hello"))
    still = records.read(lambda unit: unit.conversations.get(thread))
    assert still.aftercare == '{"n":1}'


def test_being_heard_moves_the_door_and_the_time(records: Records) -> None:
    someone = records.write(arrives)
    records.watch.move(minutes=5)
    records.write(lambda unit: hears(unit, someone, "hello"))

    thread = records.read(lambda unit: unit.conversations.get(someone.conversation))
    assert thread.channel is Channel.SMS
    assert thread.last_heard_at == records.watch.now
    assert thread.started_at == records.watch.now - timedelta(minutes=5)


def test_lines_come_back_in_order_with_words_and_choices(records: Records) -> None:
    someone = records.write(arrives)
    heard = records.write(lambda unit: hears(unit, someone, "hello"))
    records.write(
        lambda unit: says(unit, someone, Reply("welcome.hi", "Hi", YES_OR_NO), heard)
    )
    records.write(
        lambda unit: says(
            unit, someone, Reply("staff.said", "I am here", speaker=Speaker.STAFF)
        )
    )

    said = records.read(lambda unit: unit.messages.after(someone.conversation, None))
    assert [line.sequence for line in said] == [1, 2, 3]
    assert [line.speaker for line in said] == [
        Speaker.YOUNG_PERSON,
        Speaker.BOT,
        Speaker.STAFF,
    ]
    assert [line.key for line in said] == ["", "welcome.hi", "staff.said"]
    assert [line.text for line in said] == ["hello", "Hi", "I am here"]
    assert [line.choices for line in said] == [(), YES_OR_NO, ()]


def test_what_was_missed_is_what_came_after(records: Records) -> None:
    someone, another = (records.write(arrives) for _ in range(2))
    lines = [
        records.write(lambda unit, n=n: says(unit, someone, Reply("key", str(n))))
        for n in range(5)
    ]
    elsewhere = records.write(lambda unit: says(unit, another, Reply("key", "other")))

    def after(id: MessageId | None, limit: int = 100) -> list[str]:
        found = records.read(
            lambda unit: unit.messages.after(someone.conversation, id, limit)
        )
        return [line.text for line in found]

    assert after(lines[2]) == ["3", "4"]
    assert after(lines[4]) == []
    assert after(None, limit=2) == ["0", "1"]
    assert after(MessageId("unknown")) == ["0", "1", "2", "3", "4"]
    assert after(elsewhere) == ["0", "1", "2", "3", "4"]


def test_recent_words_are_the_young_persons_own(records: Records) -> None:
    someone = records.write(arrives)
    records.write(lambda unit: hears(unit, someone, "long ago"))
    records.watch.move(hours=1)
    since = records.watch.now
    records.write(lambda unit: hears(unit, someone, "first part"))
    records.write(lambda unit: says(unit, someone, Reply("key", "a reply")))
    records.watch.move(seconds=5)
    records.write(lambda unit: hears(unit, someone, "second part"))

    recent = records.read(
        lambda unit: unit.messages.recent_inbound(someone.conversation, since)
    )
    assert recent == [
        ("first part", since),
        ("second part", since + timedelta(seconds=5)),
    ]


def test_a_number_in_a_text_means_the_choices_offered_last(records: Records) -> None:
    someone = records.write(arrives)

    def last() -> tuple[Choice, ...]:
        return records.read(
            lambda unit: unit.messages.last_choices(someone.conversation)
        )

    assert last() == ()
    heard = records.write(lambda unit: hears(unit, someone, "hello"))
    more = (Choice("Later", "later"),)
    for reply in (
        Reply("a", "One", YES_OR_NO),
        Reply("b", "Two"),
        Reply("c", "3", more),
    ):
        records.write(lambda unit, reply=reply: says(unit, someone, reply, heard))
    assert last() == (*YES_OR_NO, *more)
    records.write(lambda unit: hears(unit, someone, "1"))
    assert last() == (*YES_OR_NO, *more)
    records.write(lambda unit: says(unit, someone, Reply("d", "Thank you")))
    assert last() == ()


def test_a_line_cannot_be_said_twice_or_to_nobody(records: Records) -> None:
    someone = records.write(arrives)
    said = records.write(lambda unit: says(unit, someone, Reply("key", "once")))

    with pytest.raises(RecordConflict):
        records.write(
            lambda unit: unit.messages.add_inbound(
                id=said,
                conversation=someone.conversation,
                young_person=someone.id,
                channel=Channel.SMS,
                text="once",
                received_at=unit.clock(),
            )
        )
    with pytest.raises(NotFound):
        records.write(
            lambda unit: unit.messages.add_outbound(
                conversation=ConversationId("nowhere"),
                young_person=someone.id,
                channel=Channel.SMS,
                replies=(Reply("key", "hello"),),
            )
        )
