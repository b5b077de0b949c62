"""A message is accepted once, however often and however fast it comes."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from foundations.ids import new_id
from foundations.saying import Channel, Reply
from storage import Database, Keys, UnitOfWork
from storage.records import Accepted, Unanswered
from tests.storage.keeping import Records, Someone, arrives, hears, inbound, says


def test_a_repeat_is_known_and_changes_nothing(records: Records) -> None:
    someone = records.write(arrives)
    first = records.write(lambda unit: hears(unit, someone, "hello", "SM1"))
    again = records.write(lambda unit: hears(unit, someone, "hello", "SM1"))

    assert first.new
    assert again == Accepted(first.inbox_id, first.message_id, False, False)
    said = records.read(lambda unit: unit.messages.after(someone.conversation, None))
    assert len(said) == 1


def test_a_message_is_known_even_after_its_person_was_forgotten(
    records: Records,
) -> None:
    def is_known(id: str) -> bool:
        return records.read(lambda unit: unit.inbox.is_known(Channel.SMS, id))

    someone = records.write(arrives)
    records.write(lambda unit: hears(unit, someone, "hello", "SM1"))

    assert (is_known("SM1"), is_known("SM2")) == (True, False)
    records.write(lambda unit: unit.people.forget(someone.id))
    assert is_known("SM1")


def test_the_same_id_at_another_door_is_another_message(records: Records) -> None:
    someone = records.write(arrives)
    by_text = inbound(someone, "7", records.watch.now)
    by_web = inbound(someone, "7", records.watch.now)
    object.__setattr__(by_web, "channel", Channel.WEB)

    accepted = [
        records.write(lambda unit, one=one: unit.inbox.accept(one))
        for one in (by_text, by_web)
    ]
    assert [one.new for one in accepted] == [True, True]


def test_fifty_copies_at_once_are_one_message(
    records: Records, database_url: str, keys: Keys
) -> None:
    someone = records.write(arrives)
    gateways = [
        Records(Database(database_url, keys), records.watch, database_url)
        for _ in range(2)
    ]
    accepted: list[Accepted] = []
    start = threading.Barrier(50)

    def comes_in(gateway: Records) -> None:
        start.wait(10)
        accepted.append(
            gateway.write(lambda unit: hears(unit, someone, "hello", "SM1"))
        )

    threads = [
        threading.Thread(target=comes_in, args=(gateways[number % 2],))
        for number in range(50)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(accepted) == 50
    assert [one.new for one in accepted].count(True) == 1
    assert len({one.message_id for one in accepted}) == 1
    said = records.read(lambda unit: unit.messages.after(someone.conversation, None))
    assert len(said) == 1
    for gateway in gateways:
        gateway.close()


@pytest.mark.parametrize("provider_id", ["", "a" * 201, "a b", "a\0", "é", "\ud800"])
def test_a_provider_id_that_is_none_is_refused(
    records: Records, provider_id: str
) -> None:
    someone = records.write(arrives)

    with pytest.raises(ValueError, match="1-200 printable ASCII"):
        records.write(
            lambda unit: unit.inbox.accept(
                inbound(someone, provider_id, records.watch.now)
            )
        )


def test_an_answered_message_is_given_with_its_answers(records: Records) -> None:
    someone = records.write(arrives)
    heard = records.write(lambda unit: hears(unit, someone, "hello", "SM1"))
    assert not records.read(lambda unit: unit.inbox.is_answered(heard.inbox_id))
    for text in ("one", "two"):
        records.write(
            lambda unit, text=text: says(unit, someone, Reply("key", text), heard)
        )
    records.write(lambda unit: unit.inbox.answered(heard.inbox_id))

    again = records.write(lambda unit: hears(unit, someone, "hello", "SM1"))
    assert again.answered
    assert records.read(lambda unit: unit.inbox.is_answered(again.inbox_id))
    answers = records.read(lambda unit: unit.inbox.answer_of(again.inbox_id))
    assert [answer.text for answer in answers] == ["one", "two"]


def test_what_nobody_answered_is_found_again_oldest_first(records: Records) -> None:
    first, second = (records.write(arrives) for _ in range(2))
    heard = {}
    for number, someone in enumerate((first, second, first, second)):
        text = f"message {number}"
        heard[number] = records.write(
            lambda unit, someone=someone, text=text: hears(unit, someone, text)
        )
        records.watch.move(seconds=10)
    records.write(lambda unit: unit.inbox.answered(heard[1].inbox_id))
    now = records.watch.now

    def unanswered(limit: int, ago: float) -> list[str]:
        older_than = now - timedelta(seconds=ago)
        found = records.read(lambda unit: unit.inbox.unanswered(limit, older_than))
        return [one.text for one in found]

    assert unanswered(10, 0) == ["message 0", "message 2", "message 3"]
    assert unanswered(2, 0) == ["message 0", "message 2"]
    assert unanswered(10, 15) == ["message 0", "message 2"]
    assert unanswered(10, 60) == []
    whole = records.read(lambda unit: unit.inbox.unanswered(1, now))[0]
    assert whole.inbox_id == heard[0].inbox_id
    assert whole.message_id == heard[0].message_id
    assert whole.conversation == first.conversation
    assert whole.young_person == first.id
    assert (whole.route, whole.reasons) == ("none", ("phrase.one",))


def test_crisis_words_are_found_again_before_what_is_older(records: Records) -> None:
    someone = records.write(arrives)
    for route in ("none", "suicide", "none", "self_harm"):
        records.write(lambda unit, route=route: is_heard_as(unit, someone, route))
        records.watch.move(seconds=1)

    first = unanswered(records, 3)
    assert [one.route for one in first] == ["suicide", "self_harm", "none"]
    (last,) = unanswered(records, 3, beyond=first[-1])
    assert last.received_at > first[-1].received_at
    rest = unanswered(records, 3, beyond=first[0])
    assert [one.route for one in rest] == ["self_harm", "none", "none"]


def is_heard_as(unit: UnitOfWork, someone: Someone, route: str) -> None:
    message = replace(inbound(someone, f"SM{new_id()}", unit.clock()), route=route)
    accepted = unit.inbox.accept(message)
    unit.messages.add_inbound(
        id=accepted.message_id,
        conversation=someone.conversation,
        young_person=someone.id,
        channel=Channel.SMS,
        text="said",
        received_at=unit.clock(),
    )


def unanswered(
    records: Records, limit: int, beyond: Unanswered | None = None
) -> list[Unanswered]:
    now = records.watch.now
    return records.read(lambda unit: unit.inbox.unanswered(limit, now, beyond))
