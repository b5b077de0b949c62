"""A statement that was made ready gives what SQLAlchemy itself gives for it."""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Connection,
    bindparam,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, StatementError

from storage import engines, ready
from storage.tables.core import metadata, people

AT = datetime(2026, 11, 26, 9, 30, 0, 5, UTC)
PERSON = {"id": "a", "created_at": AT, "phone_index": b"1", "phone": b"sealed"}
OTHERS = [
    {"id": id, "created_at": AT, "phone_index": id.encode(), "phone": None}
    for id in ("b", "c")
]

_INSERT = insert(people)
_ONE = select(people).where(people.c.id == bindparam("id"))
_ALL = select(people).order_by(people.c.id)
_SINCE = select(people.c.id, people.c.created_at).where(
    people.c.created_at >= bindparam("since", type_=people.c.created_at.type)
)
_HAS_A = select(people.c.id.label("who")).where(people.c.id == "a")
_AMONG = select(people.c.id).where(people.c.id.in_(bindparam("ids", expanding=True)))
_NUMBER = update(people).where(people.c.id == bindparam("who"))
_NUMBERED = _NUMBER.values(phone=bindparam("sealed")).returning(people.c.phone)
_WORDS = text("SELECT count(*) FROM people")

READINGS: dict[str, Callable[[Connection], Any]] = {
    "first": lambda c: c.execute(_ONE, {"id": "a"}).first(),
    "first of none": lambda c: c.execute(_ONE, {"id": "nobody"}).first(),
    "by name": lambda c: c.execute(_ONE, {"id": "a"}).one().created_at,
    "by column": lambda c: c.execute(_ALL).first()._mapping[people.c.phone],
    "as a mapping": lambda c: [dict(row) for row in c.execute(_ALL).mappings()],
    "all": lambda c: c.execute(_ALL).all(),
    "one by one": lambda c: list(c.execute(_ALL)),
    "scalar": lambda c: c.execute(_ALL).scalar(),
    "scalar of none": lambda c: c.execute(_ONE, {"id": "nobody"}).scalar(),
    "scalars": lambda c: list(c.execute(_ALL).scalars()),
    "times": lambda c: c.execute(_SINCE, {"since": AT}).all(),
    "a value of its own": lambda c: c.execute(_HAS_A).one().who,
    "several values": lambda c: list(c.execute(_AMONG, {"ids": ["a", "c"]})),
    "words": lambda c: c.execute(_WORDS).scalar_one(),
    "a change": lambda c: c.execute(_NUMBER, {"who": "b", "phone": b"x"}).rowcount,
    "another change": lambda c: (
        c.execute(_NUMBER, {"who": "b", "phone_index": b"y", "created_at": AT}).rowcount
    ),
    "a change to nobody": lambda c: (
        c.execute(_NUMBER, {"who": "nobody", "phone": b"x"}).rowcount
    ),
    "a change told": lambda c: c.execute(
        _NUMBERED, {"who": "b", "sealed": b"z"}
    ).scalar(),
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    url = engines.database_url(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    engine = engines.writing_engine(url)
    metadata.create_all(engine)
    with engine.connect() as opened:
        for row in ([PERSON], OTHERS):
            opened.execute(_INSERT, row)
        yield opened
    engine.dispose()


@pytest.mark.parametrize("reads", READINGS.values(), ids=READINGS)
def test_what_is_found_is_the_same_the_quick_way(
    connection: Connection,
    reads: Callable[[Connection], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads(connection)
    quick = reads(connection)
    monkeypatch.setattr(ready.ReadyConnection, "execute", Connection.execute)

    assert quick == reads(connection)


def test_what_is_run_again_is_not_laid_out_again(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for reads in (READINGS["first"], READINGS["a change told"]):
        reads(connection)
        reads(connection)
    monkeypatch.setattr(Connection, "execute", lambda *_: pytest.fail("laid out"))

    for reads in (READINGS["first"], READINGS["a change told"]):
        reads(connection)


def test_a_row_that_is_refused_is_the_same_fault(connection: Connection) -> None:
    for _ in range(3):
        with pytest.raises(IntegrityError) as refused:
            connection.execute(_INSERT, PERSON)

        assert isinstance(refused.value.orig, sqlite3.IntegrityError)
        assert "sealed" not in str(refused.value)


def test_a_value_that_is_missing_is_a_fault_of_the_statement(
    connection: Connection,
) -> None:
    for _ in range(3):
        with pytest.raises(StatementError):
            connection.execute(_ONE, {"another": "a"})


def test_a_statement_made_for_one_time_is_not_kept(connection: Connection) -> None:
    before = len(ready._kept)
    for _ in range(50):
        connection.execute(select(literal_column("1"))).all()
    gc.collect()

    assert len(ready._kept) <= before + 1


def test_a_read_that_is_left_in_the_middle_holds_up_no_commit(
    connection: Connection,
) -> None:
    for _ in range(3):
        connection.execute(_NUMBERED, {"who": "b", "sealed": b"z"})
        connection.execute(_ALL).first()
        connection.commit()

    assert connection.execute(_ONE, {"id": "b"}).one().phone == b"z"
