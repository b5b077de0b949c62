"""Statements made ready once: SQLAlchemy lays each one out anew every time it is run.

That costs five times what SQLite then does with it, and a text takes twenty statements.
What is run a second time is compiled and kept, for as long as the statement itself is
there; anything unusual goes SQLAlchemy's own way. For SQLite only: a server's answer
takes longer than all this.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Executable, IteratorResult, Row
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import Insert, UpdateBase
from sqlalchemy.sql.selectable import Select

Process = Callable[[Any], Any]
Values = tuple[Any, ...]

_NOT_GIVEN: Final = object()


class Ready:
    """A compiled statement: what it is handed, in order, and how its rows are read."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        self.words = str(compiled)
        bound = {name: bind for bind, name in compiled.bind_names.items()}
        before: Mapping[str, Any] = compiled._bind_processors
        self._asked = [
            (bound[name].key, before.get(name), _fixed(bound[name], before.get(name)))
            for name in compiled.positiontup or ()
        ]
        self._rows: SimpleResultMetaData | None = None
        columns = compiled._result_columns
        if columns:
            after = [
                column.type._cached_result_processor(dialect, None)
                for column in columns
            ]
            self._rows = SimpleResultMetaData(
                [column.keyname for column in columns],
                extra=[column.objects for column in columns],
                _processors=after if any(after) else None,
            )

    def values(self, given: Any) -> list[Any]:
        """Put values in order, for one row or each of a list; KeyError without one."""
        if isinstance(given, list):
            return [self._values(row) for row in given]
        return self._values(given or {})

    def run(self, driver: Any, values: list[Any], *, each: bool) -> "Found | Done":
        """Run it once, or once for `each`."""
        run = driver.executemany if each else driver.execute
        cursor: sqlite3.Cursor = run(self.words, values)
        if self._rows is None:
            return Done(cursor.rowcount)
        # All at once: a fault while rows are read is a fault of the statement too, and
        # a change is whole, and over, only once its rows are read.
        return Found(self._rows, iter(cursor.fetchall()))

    def _values(self, given: Mapping[str, Any]) -> list[Any]:
        return [
            fixed
            if fixed is not _NOT_GIVEN and key not in given
            else (given[key] if process is None else process(given[key]))
            for key, process, fixed in self._asked
        ]


def _fixed(bind: Any, process: Process | None) -> Any:
    """Give the value that stands in the statement itself, ready to be handed over."""
    if bind.required:
        return _NOT_GIVEN
    return bind.value if process is None else process(bind.value)


class Found(IteratorResult[Any]):
    """Rows that were found; what is asked for most is given straight from them."""

    def __init__(self, rows: SimpleResultMetaData, found: Iterator[Values]) -> None:
        super().__init__(rows, found)
        self._rows = rows

    def first(self) -> Row[Any] | None:
        """Give the first row."""
        values = next(self.iterator, None)
        return None if values is None else self._row(values)

    def scalar(self) -> Any:
        """Give the first value of the first row."""
        row = self.first()
        return None if row is None else row[0]

    def all(self) -> Sequence[Row[Any]]:
        """Give every row."""
        return [self._row(values) for values in self.iterator]

    def __iter__(self) -> Iterator[Row[Any]]:
        return iter(self.all())

    def _row(self, values: Values) -> Row[Any]:
        rows = self._rows
        return Row(rows, rows._processors, rows._key_to_index, values)


class Done:
    """How many rows a change was made to."""

    def __init__(self, rowcount: int) -> None:
        self.rowcount = rowcount


_Kept = dict[tuple[str, ...] | None, Ready | None]
_kept: WeakKeyDictionary[Executable, _Kept] = WeakKeyDictionary()


class ReadyConnection(Connection):
    """A connection that runs what it has run before without laying it out anew."""

    def execute(
        self,
        statement: Executable,
        parameters: Any = None,
        *,
        execution_options: Any = None,
    ) -> Any:
        """Run a statement, the quick way if there is one."""
        if execution_options is None and not self._is_watched():
            ready = _ready(statement, parameters, self.dialect)
            values = _values(ready, parameters)
            if ready is not None and values is not None:
                return self._run(ready, values, each=isinstance(parameters, list))
        return super().execute(
            statement, parameters, execution_options=execution_options
        )

    def _is_watched(self) -> bool:
        """Tell whether somebody listens for every statement."""
        return self._has_events or self.engine._has_events

    def _run(self, ready: Ready, values: list[Any], *, each: bool) -> "Found | Done":
        if not self.in_transaction():
            self.begin()
        try:
            return ready.run(self.connection.dbapi_connection, values, each=each)
        except sqlite3.Error as error:
            self._handle_dbapi_exception(error, ready.words, None, None, None)


def _values(ready: Ready | None, given: Any) -> list[Any] | None:
    """None as well when there is a fault in them: SQLAlchemy says which."""
    try:
        return None if ready is None else ready.values(given)
    except Exception:
        return None


def _ready(statement: Executable, given: Any, dialect: Dialect) -> Ready | None:
    kept = _kept.get(statement)
    if kept is None:
        # Most of what is run once is made for that once.
        _kept[statement] = {}
        return None
    row = given[0] if isinstance(given, list) else given
    names = None if row is None else tuple(row)
    try:
        return kept[names]
    except KeyError:
        pass
    made = kept[names] = _made_ready(statement, names, dialect)
    return made


def _made_ready(
    statement: Executable, names: tuple[str, ...] | None, dialect: Dialect
) -> Ready | None:
    """Compile a statement; None when there is anything about it that needs more."""
    if not isinstance(statement, Select | UpdateBase):
        return None
    compiled: Any = statement.compile(
        dialect=dialect,
        column_keys=sorted(names or ()),
        # Nobody asks for the key of a row that was just written.
        for_executemany=isinstance(statement, Insert),
    )
    if (
        compiled.insert_prefetch
        or compiled.update_prefetch
        or compiled.literal_execute_params
        or compiled.post_compile_params
        or any(bind.callable for bind in compiled.bind_names)
    ):
        return None
    return Ready(compiled, dialect)
