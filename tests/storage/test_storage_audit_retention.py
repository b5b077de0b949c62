"""The audit trail ends after its years, and what is left of it is still checked."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, insert, text, update

from storage import StorageError, UnitOfWork, audit_trimming
from storage.audit_marks import Mark
from storage.audit_trimming import TrailNotSound
from storage.retention import read_periods
from storage.retention_rules import Kind
from storage.tables.core import audit_marks, audit_rows
from tests.storage.keeping import Records, arrives
from tests.storage.test_storage_audit import audits, takes_the_guard_away

PERIODS = read_periods()
TRAIL = Kind.AUDIT_TRAIL


@pytest.fixture
def aged(records: Records) -> Records:
    """Five rows whose years are over, and three that are younger."""
    audits(records, 5)
    records.watch.move(days=2193)
    audits(records, 3)
    return records


@pytest.fixture
def unguarded(aged: Records) -> Iterator[Records]:
    """Without what keeps the owner of the database from changing rows and marks."""
    on_postgresql = aged.url.startswith("postgresql")
    aged.write(takes_the_guard_away)
    yield aged
    if on_postgresql:
        enable = text("ALTER TABLE audit_rows ENABLE TRIGGER audit_rows_stay")
        aged.write(lambda unit: unit.connection.execute(enable))


def would_go(records: Records) -> int:
    return records.read(lambda unit: unit.retention.count(PERIODS))[TRAIL]


def goes(records: Records) -> int:
    return records.write(lambda unit: unit.retention.remove_some(TRAIL, PERIODS, 200))


def numbers(records: Records) -> list[int]:
    return [row.number for row in records.read(lambda unit: unit.audit.rows())]


def test_counting_first_says_what_goes_and_removes_nothing(aged: Records) -> None:
    assert would_go(aged) == 5
    assert numbers(aged) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_what_is_over_goes_and_the_rest_is_sound_and_goes_on(aged: Records) -> None:
    link = aged.read(lambda unit: unit.audit.link_of(5))
    head = aged.read(lambda unit: unit.audit.head())

    assert (goes(aged), goes(aged)) == (5, 0)
    assert numbers(aged) == [6, 7, 8]
    assert aged.read(lambda unit: unit.audit.verify()) is None
    assert aged.read(lambda unit: unit.audit.verify(0, 3)) is None
    assert aged.read(lambda unit: unit.audit.link_of(5)) == link
    assert aged.read(lambda unit: unit.audit.head()) == head
    audits(aged, 1)
    assert numbers(aged)[-1] == 9
    assert aged.read(lambda unit: unit.audit.verify()) is None


def test_the_newest_row_stays_however_old_it_is(aged: Records) -> None:
    aged.watch.move(days=2193)

    assert goes(aged) == 7
    assert numbers(aged) == [8]
    audits(aged, 1)
    assert aged.read(lambda unit: unit.audit.verify()) is None


def test_nothing_goes_while_anybody_is_on_legal_hold(aged: Records) -> None:
    someone = aged.write(arrives)
    aged.write(lambda unit: unit.retention.hold(someone.id, "case 12 of 2026"))

    assert (would_go(aged), goes(aged)) == (0, 0)
    aged.write(lambda unit: unit.retention.release(someone.id))
    assert goes(aged) == 5


def test_a_long_trail_goes_in_portions_each_behind_its_mark(
    aged: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_trimming, "AT_ONCE", 3)

    assert [goes(aged) for _ in range(3)] == [3, 2, 0]
    assert aged.read(lambda unit: unit.audit.verify()) is None
    marked = aged.read(lambda unit: unit.audit.marks.last())
    assert marked is not None
    assert marked.upto == 5


def test_a_row_goes_only_behind_a_mark(aged: Records) -> None:
    goes(aged)
    for row in (6, 8):
        only = delete(audit_rows).where(audit_rows.c.number == row)
        with pytest.raises(StorageError):
            aged.write(lambda unit, only=only: unit.connection.execute(only))

    assert numbers(aged) == [6, 7, 8]


@pytest.mark.parametrize("change", [update(audit_marks).values(upto=7), delete])
def test_no_mark_is_changed_or_removed(aged: Records, change: object) -> None:
    goes(aged)
    statement = delete(audit_marks) if change is delete else change
    with pytest.raises(StorageError):
        aged.write(lambda unit: unit.connection.execute(statement))  # type: ignore[call-overload]


def test_a_trail_that_was_changed_keeps_all_of_it(unguarded: Records) -> None:
    changed = update(audit_rows).where(audit_rows.c.number == 2).values(actor="alex")
    unguarded.write(lambda unit: unit.connection.execute(changed))

    with pytest.raises(TrailNotSound):
        goes(unguarded)
    assert numbers(unguarded) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert unguarded.read(lambda unit: unit.audit.verify()) == 2


def test_rows_taken_away_behind_a_mark_of_somebody_else_show(aged: Records) -> None:
    """Whoever can write to the database, but has not the audit key."""

    def hides(unit: UnitOfWork) -> None:
        link = unit.audit.link_of(7)
        forged = {"upto": 7, "link": bytes.fromhex(link or ""), "chain": b"\1" * 32}
        row = {**forged, "made_at": unit.clock()}
        unit.connection.execute(insert(audit_marks), row)
        gone = delete(audit_rows).where(audit_rows.c.number <= 7)
        unit.connection.execute(gone)

    goes(aged)
    aged.write(hides)

    assert numbers(aged) == [8]
    assert aged.read(lambda unit: unit.audit.verify()) == 7


def test_a_mark_further_back_than_the_last_one_does_not_hold(aged: Records) -> None:
    goes(aged)
    aged.write(lambda unit: unit.audit.marks.add(Mark(3, b"\0" * 32), unit.clock()))

    assert aged.read(lambda unit: unit.audit.verify()) == 3
