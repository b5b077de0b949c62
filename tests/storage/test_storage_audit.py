"""The audit trail is only ever added to, and any change in it is named."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Executable, delete, text, update

from storage import Database, DatabaseUnavailable, Keys, StorageError, UnitOfWork
from storage.tables.core import audit_rows
from tests.storage.keeping import Records


def audits(records: Records, count: int) -> None:
    for number in range(count):
        records.write(
            lambda unit, number=number: unit.audit.append(
                actor="sam", action="read", subject=f"case {number}", at=unit.clock()
            )
        )


def test_an_untouched_audit_trail_is_sound(records: Records) -> None:
    assert records.read(lambda unit: unit.audit.verify()) is None
    audits(records, 5)

    assert records.read(lambda unit: unit.audit.verify()) is None
    rows = records.read(lambda unit: unit.audit.rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[2].subject == "case 2"


def takes_the_guard_away(unit: UnitOfWork) -> None:
    """What only the owner of the database can do, and the chain still shows."""
    if unit.connection.dialect.name == "postgresql":
        unit.connection.execute(
            text("ALTER TABLE audit_rows DISABLE TRIGGER audit_rows_stay")
        )
        return
    for what in ("update", "delete"):
        unit.connection.execute(text(f"DROP TRIGGER audit_rows_stay_{what}"))


@pytest.fixture
def unguarded(records: Records) -> Iterator[Records]:
    records.write(takes_the_guard_away)
    yield records
    if records.url.startswith("postgresql"):
        enable = text("ALTER TABLE audit_rows ENABLE TRIGGER audit_rows_stay")
        records.write(lambda unit: unit.connection.execute(enable))


@pytest.mark.parametrize(
    "change",
    [update(audit_rows).values(actor="alex"), delete(audit_rows)],
    ids=["changing", "removing"],
)
def test_the_database_refuses_to_change_or_remove_an_audit_row(
    records: Records, change: Executable
) -> None:
    audits(records, 3)
    with pytest.raises((StorageError, DatabaseUnavailable)):
        records.write(lambda unit: unit.connection.execute(change))

    assert records.read(lambda unit: unit.audit.verify()) is None
    assert records.read(lambda unit: unit.audit.head())[0] == 3


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "alex"},
        {"action": "export"},
        {"subject": "case 9"},
        {"chain": b"\0" * 32},
    ],
)
def test_a_changed_audit_row_is_named(
    unguarded: Records, change: dict[str, object]
) -> None:
    audits(unguarded, 5)
    unguarded.write(
        lambda unit: unit.connection.execute(
            update(audit_rows).where(audit_rows.c.number == 3).values(change)
        )
    )

    assert unguarded.read(lambda unit: unit.audit.verify()) == 3


def test_a_row_taken_out_of_the_audit_trail_is_named(unguarded: Records) -> None:
    audits(unguarded, 5)
    unguarded.write(
        lambda unit: unit.connection.execute(
            delete(audit_rows).where(audit_rows.c.number == 2)
        )
    )

    assert unguarded.read(lambda unit: unit.audit.verify()) == 2


def test_rows_cut_off_the_end_show_in_the_head(unguarded: Records) -> None:
    audits(unguarded, 5)
    head = unguarded.read(lambda unit: unit.audit.head())
    unguarded.write(
        lambda unit: unit.connection.execute(
            delete(audit_rows).where(audit_rows.c.number == 5)
        )
    )

    assert head[0] == 5
    assert unguarded.read(lambda unit: unit.audit.head()) != head


def test_an_audit_trail_cannot_be_written_anew_without_its_key(
    records: Records, database_url: str, keys: Keys
) -> None:
    forger = Records(
        Database(database_url, Keys.generate()), records.watch, database_url
    )
    audits(forger, 3)
    forger.close()

    assert records.read(lambda unit: unit.audit.verify()) == 1


def test_two_gateways_write_one_audit_trail(
    records: Records, database_url: str, keys: Keys
) -> None:
    other = Records(Database(database_url, keys), records.watch, database_url)
    threads = [
        threading.Thread(target=audits, args=(one, 20)) for one in (records, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()

    assert records.read(lambda unit: unit.audit.verify()) is None
    assert records.read(lambda unit: unit.audit.head())[0] == 40
