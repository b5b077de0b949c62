"""What is promised for later is done once, in order, and can be called off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handover import CaseStatus
from storage.due_work import DueFigures, NewDueWork
from storage.tables.due import due_work
from tests.storage.keeping import Records, Someone, Watch, arrives


def promises(
    records: Records,
    key: str,
    *,
    seconds: float = 60,
    someone: Someone | None = None,
    payload: str | None = None,
) -> NewDueWork:
    new = NewDueWork(
        kind="test.look",
        due_at=records.watch() + timedelta(seconds=seconds),
        dedup_key=key,
        young_person=someone.id if someone else None,
        conversation=someone.conversation if someone else None,
        payload=payload,
    )
    records.write(lambda unit: unit.due_work.add(new))
    return new


def claims(records: Records, limit: int = 10, lease_s: float = 30) -> list[str]:
    found = records.write(lambda unit: unit.due_work.claim(limit, lease_s))
    return [work.dedup_key for work in found]


def test_nothing_is_done_before_it_is_due(records: Records, watch: Watch) -> None:
    promises(records, "one", seconds=60)

    assert claims(records) == []
    watch.move(seconds=60)
    assert claims(records) == ["one"]


def test_the_same_promise_twice_is_one(records: Records, watch: Watch) -> None:
    first = promises(records, "one")
    again = NewDueWork("test.look", first.due_at, "one")

    assert records.write(lambda unit: unit.due_work.add(again)) is False
    watch.move(minutes=2)
    assert claims(records) == ["one"]


def test_what_has_waited_longest_comes_first(records: Records, watch: Watch) -> None:
    promises(records, "later", seconds=50)
    promises(records, "sooner", seconds=10)
    watch.move(minutes=1)

    assert claims(records, limit=1) == ["sooner"]
    assert claims(records) == ["later"]


def test_what_is_called_off_is_not_done(records: Records, watch: Watch) -> None:
    promises(records, "one")

    assert records.write(lambda unit: unit.due_work.cancel("one")) is True
    assert records.write(lambda unit: unit.due_work.cancel("one")) is False
    watch.move(minutes=2)
    assert claims(records) == []


def test_a_lease_that_runs_out_gives_the_work_to_another(
    records: Records, watch: Watch
) -> None:
    promises(records, "one", seconds=0)

    assert claims(records, lease_s=30) == ["one"]
    assert claims(records) == []
    promises(records, "two", seconds=0)
    assert claims(records, lease_s=-1) == ["two"]
    (again,) = records.write(lambda unit: unit.due_work.claim(10, 30))
    assert (again.dedup_key, again.tries) == ("two", 2)


def test_of_two_who_do_the_same_work_one_is_told_no(records: Records) -> None:
    one = promises(records, "one", seconds=0)
    told = records.write_together(
        *(lambda unit: unit.due_work.take(one.id) for _ in range(20))
    )

    assert sorted(told) == [False] * 19 + [True]


def test_what_failed_is_tried_again_no_sooner_than_said(
    records: Records, watch: Watch
) -> None:
    one = promises(records, "one", seconds=0)
    claims(records)
    later = watch() + timedelta(seconds=5)
    records.write(lambda unit: unit.due_work.failed(one.id, later, "ValueError"))

    assert claims(records) == []
    watch.move(seconds=5)
    assert claims(records) == ["one"]


def test_what_it_needs_is_sealed_and_comes_back_word_for_word(
    records: Records, watch: Watch
) -> None:
    someone = records.write(arrives)
    promises(records, "one", seconds=0, someone=someone, payload="call me Persephone")
    kept = records.read(
        lambda unit: unit.connection.execute(select(due_work.c.payload)).scalar_one()
    )
    (work,) = records.write(lambda unit: unit.due_work.claim(10, 30))

    assert b"Persephone" not in kept
    assert work.payload == "call me Persephone"
    assert (work.young_person, work.conversation) == (someone.id, someone.conversation)


def test_promises_go_when_a_person_is_forgotten(records: Records, watch: Watch) -> None:
    someone = records.write(arrives)
    promises(records, "theirs", someone=someone, payload="mine")
    promises(records, "ours")
    records.write(lambda unit: unit.people.forget(someone.id))
    watch.move(minutes=2)

    assert claims(records) == ["ours"]


def test_a_promise_about_a_conversation_names_whose_it_is(watch: Watch) -> None:
    with pytest.raises(ValueError, match="young person"):
        NewDueWork("test.look", watch(), "one", conversation="c" * 32)


def test_what_is_late_is_counted(records: Records, watch: Watch) -> None:
    def figures() -> DueFigures:
        return records.read(lambda unit: unit.due_work.figures())

    promises(records, "one", seconds=10)
    assert figures() == DueFigures(0, 0.0)
    watch.move(seconds=70)
    assert figures() == DueFigures(1, 60.0)


def test_a_case_takes_its_promises_with_it(records: Records, watch: Watch) -> None:
    someone = records.write(arrives)

    def opens(unit):
        consent = unit.consents.draft(
            young_person=someone.id,
            conversation=someone.conversation,
            organisation="demo",
            purpose="warm_handover",
            items_json="[]",
        )
        return unit.handovers.open(
            young_person=someone.id,
            conversation=someone.conversation,
            organisation="demo",
            consent=consent,
            payload=b"",
            at=unit.clock(),
        )

    case = records.write(opens)
    for kind in ("test.remind", "test.follow_up"):
        new = NewDueWork(
            kind,
            watch(),
            f"{kind}:{case}",
            young_person=someone.id,
            conversation=someone.conversation,
            handover_case=case,
        )
        records.write(lambda unit, new=new: unit.due_work.add(new))

    called_off = records.write(
        lambda unit: unit.due_work.cancel_of_case(case, "test.remind")
    )
    assert called_off == 1
    assert claims(records) == [f"test.follow_up:{case}"]
    assert records.read(lambda unit: unit.handovers.get(case).status) is (
        CaseStatus.WAITING
    )
