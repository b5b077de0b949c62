"""Nothing is kept longer than its period; what is in use or on hold stays."""

from datetime import timedelta

import pytest

from foundations.saying import Reply
from storage import UnitOfWork
from storage.copies_elsewhere import CopyElsewhere, Keeper
from storage.records import OutboundState, Owner
from storage.retention import PeriodsUnusable, read_periods
from storage.retention_rules import Kind
from tests.storage.keeping import Records, Someone, arrives, hears, outbound, says

A_NUMBER = "+447700900123"
PERIODS = read_periods()


def talks(unit: UnitOfWork, someone: Someone) -> None:
    """One message comes in and is answered."""
    accepted = hears(unit, someone, "hello", "SM" + "1" * 32)
    says(unit, someone, Reply("welcome.hello", "hi"), accepted)
    unit.inbox.answered(accepted.inbox_id)


def lines(records: Records, someone: Someone) -> list[str]:
    said = records.read(lambda unit: unit.messages.after(someone.conversation, None))
    return [message.text for message in said]


def remove(records: Records, kind: Kind) -> int:
    removed, portion = 0, -1
    while portion:
        portion = records.write(
            lambda unit: unit.retention.remove_some(kind, PERIODS, 10)
        )
        removed += portion
    return removed


def copies(records: Records) -> list[CopyElsewhere]:
    return records.read(lambda unit: unit.copies_elsewhere.due(100))


def test_lines_of_a_chat_go_after_their_period_and_the_person_stays(
    records: Records,
) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: talks(unit, someone))
    records.watch.move(days=89)
    assert remove(records, Kind.CHAT_LINES) == 0
    records.watch.move(days=2)

    assert remove(records, Kind.CHAT_LINES) == 3
    assert lines(records, someone) == []
    assert records.read(lambda unit: unit.people.find_by_phone(A_NUMBER)) == someone.id
    assert [(copy.keeper, copy.reference) for copy in copies(records)] == [
        (Keeper.CARRIER, "SM" + "1" * 32)
    ]


def test_lines_of_a_talk_that_a_worker_holds_stay(records: Records) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: talks(unit, someone))
    records.write(
        lambda unit: unit.conversations.set_owner(someone.conversation, Owner.STAFF)
    )
    records.watch.move(days=400)

    assert remove(records, Kind.CHAT_LINES) == 0
    assert remove(records, Kind.QUIET_PEOPLE) == 0
    assert lines(records, someone) == ["hello", "hi"]


def test_a_text_goes_here_and_at_the_carrier_and_one_on_its_way_stays(
    records: Records,
) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: outbound(unit, someone, "sent long ago"))
    (claimed,) = records.write(lambda unit: unit.outbox.claim(10, 30))
    records.write(lambda unit: unit.outbox.sent(claimed.id, "SM" + "2" * 32))
    records.write(lambda unit: outbound(unit, someone, "still to be sent"))
    records.watch.move(days=31)

    assert remove(records, Kind.SENT_TEXTS) == 1
    assert [copy.reference for copy in copies(records)] == ["SM" + "2" * 32]
    figures = records.read(lambda unit: unit.outbox.figures())
    assert figures.waiting == 1
    assert OutboundState.SENT.value == "sent"


def test_somebody_quiet_for_a_year_is_forgotten_keys_first(records: Records) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: talks(unit, someone))
    records.watch.move(days=366)

    assert (
        records.read(lambda unit: unit.retention.count(PERIODS))[Kind.QUIET_PEOPLE] == 1
    )
    assert remove(records, Kind.QUIET_PEOPLE) == 1
    assert records.read(lambda unit: unit.people.find_by_phone(A_NUMBER)) is None
    assert {copy.keeper for copy in copies(records)} == set(Keeper)


def test_somebody_who_looks_at_their_plan_page_is_not_quiet(records: Records) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    copy = records.write(lambda unit: unit.plan_visits.keep_copy(someone.id))
    records.watch.move(days=300)
    records.write(lambda unit: unit.plan_visits.begin(someone.id))
    records.watch.move(days=300)
    assert remove(records, Kind.QUIET_PEOPLE) == 0
    assert records.write(lambda unit: unit.plan_visits.may_keep(copy))
    records.watch.move(days=300)
    assert remove(records, Kind.QUIET_PEOPLE) == 0
    records.watch.move(days=67)

    assert remove(records, Kind.QUIET_PEOPLE) == 1


def test_somebody_on_hold_is_left_alone_until_released(records: Records) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: talks(unit, someone))
    assert records.write(lambda unit: unit.retention.hold(someone.id, "ref 7"))
    assert not records.write(lambda unit: unit.retention.hold(someone.id, "ref 8"))
    records.watch.move(days=400)

    assert [remove(records, kind) for kind in (Kind.CHAT_LINES, Kind.QUIET_PEOPLE)] == [
        0,
        0,
    ]
    assert records.write(lambda unit: unit.retention.release(someone.id))
    assert remove(records, Kind.QUIET_PEOPLE) == 1


def test_counting_removes_nothing_and_says_what_removing_removes(
    records: Records,
) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: talks(unit, someone))
    records.watch.move(days=120)
    counted = records.read(lambda unit: unit.retention.count(PERIODS))

    assert {kind: count for kind, count in counted.items() if count} == {
        Kind.CHAT_LINES: 3
    }
    assert {kind: count for kind in Kind if (count := remove(records, kind))} == {
        Kind.CHAT_LINES: 3
    }


def test_a_copy_that_is_not_gone_yet_is_tried_again_after_longer_and_longer(
    records: Records,
) -> None:
    someone = records.write(lambda unit: arrives(unit, A_NUMBER))
    records.write(lambda unit: talks(unit, someone))
    records.write(lambda unit: unit.people.forget(someone.id))
    waits = []
    for _ in range(5):
        copy = copies(records)[0]
        records.write(lambda unit, copy=copy: unit.copies_elsewhere.later(copy))
        other = copies(records)
        records.write(
            lambda unit, other=other: [unit.copies_elsewhere.later(o) for o in other]
        )
        waits.append(minutes_until_due(records))

    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    records.watch.move(days=2)
    for copy in copies(records):
        records.write(lambda unit, copy=copy: unit.copies_elsewhere.gone(copy.number))
    assert copies(records) == []


def minutes_until_due(records: Records) -> int:
    waited = 0
    while not copies(records):
        records.watch.move(minutes=1)
        waited += 1
    return waited


@pytest.mark.parametrize("days", ["0", "-1", "ten", "true", "1.5"])
def test_a_period_that_is_no_whole_number_of_days_is_refused(
    tmp_path, days: str
) -> None:
    lines = [f"{kind.value}: {{days: 3}}" for kind in Kind]
    lines[2] = f"{list(Kind)[2].value}: {{days: {days}}}"
    path = tmp_path / "periods.yml"
    path.write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(PeriodsUnusable, match=list(Kind)[2].value):
        read_periods(path)


def test_every_kind_has_a_period_and_a_reason() -> None:
    assert set(PERIODS) == set(Kind)
    assert all(period >= timedelta(days=1) for period in PERIODS.values())
