"""Reads one field at a time out of a record, and notes what is wrong with which."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from signposting.errors import Broken

Choice = TypeVar("Choice", bound=Enum)

_CLOCK = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")


class Fields:
    """A JSON object being read: every fault is kept, with its file and field."""

    def __init__(
        self,
        row: Mapping[str, Any],
        *,
        file: str,
        record: str,
        faults: list[Broken],
        path: str = "",
    ) -> None:
        self._row = row
        self._file = file
        self._record = record
        self._faults = faults
        self._path = path

    def fault(self, field: str, why: str) -> None:
        """Note what is wrong with one field."""
        place = f"{self._path}{field}"
        self._faults.append(Broken(self._file, self._record, place, why))

    def has(self, field: str) -> bool:
        """Tell whether a field is there and not null."""
        return self._row.get(field) is not None

    def optional_text(self, field: str) -> str | None:
        """Read a text without markup in it, or None."""
        found = self._row.get(field)
        if found is None:
            return None
        if not isinstance(found, str) or not found.strip():
            self.fault(field, "must be a text")
            return None
        if "<" in found or ">" in found:
            self.fault(field, "must not hold markup")
        return found

    def text(self, field: str) -> str:
        """Read a text that must be there."""
        if not self.has(field):
            self.fault(field, "is missing")
        return self.optional_text(field) or ""

    def number(self, field: str, otherwise: int) -> int:
        """Read a whole number that is not negative."""
        found = self._row.get(field)
        if found is None:
            return otherwise
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            self.fault(field, "must be a whole number")
            return otherwise
        return found

    def truth(self, field: str, *, otherwise: bool) -> bool:
        """Read true or false."""
        found = self.maybe(field)
        return otherwise if found is None else found

    def maybe(self, field: str) -> bool | None:
        """Read true, false, or not known."""
        found = self._row.get(field)
        if found is not None and not isinstance(found, bool):
            self.fault(field, "must be true, false or null")
            return None
        return found

    def day(self, field: str) -> date | None:
        """Read a date written as 2026-12-28."""
        found = self.optional_text(field)
        if found is None:
            return None
        try:
            return date.fromisoformat(found[:10])
        except ValueError:
            self.fault(field, "must be a date like 2026-12-28")
            return None

    def minutes(self, field: str) -> int:
        """Read a clock time written as 17:30, in minutes after midnight."""
        match = _CLOCK.match(self.text(field))
        if not match:
            self.fault(field, "must be a clock time like 17:30")
            return 0
        return int(match[1]) * 60 + int(match[2])

    def member(self, field: str, kind: type[Choice], otherwise: Choice) -> Choice:
        """Read one of the values of an enum."""
        found = self._row.get(field)
        if found is None:
            return otherwise
        try:
            return kind(found)
        except ValueError:
            allowed = ", ".join(str(each.value) for each in kind)
            self.fault(field, f"must be one of: {allowed}")
            return otherwise

    def texts(self, field: str) -> tuple[str, ...]:
        """Read a list of texts; a missing one is empty."""
        found = self._row.get(field) or []
        if not isinstance(found, list) or not all(isinstance(x, str) for x in found):
            self.fault(field, "must be a list of texts")
            return ()
        return tuple(found)

    def part(self, field: str) -> "Fields":
        """Read an object inside this one; a missing one is empty."""
        found = self._row.get(field) or {}
        if not isinstance(found, Mapping):
            self.fault(field, "must be an object")
            found = {}
        return self._inside(found, f"{field}.")

    def parts(self, field: str) -> Iterator["Fields"]:
        """Read a list of objects; a missing one is empty."""
        found = self._row.get(field) or []
        if not isinstance(found, list):
            self.fault(field, "must be a list")
            return
        for place, row in enumerate(found):
            if isinstance(row, Mapping):
                yield self._inside(row, f"{field}[{place}].")
            else:
                self.fault(f"{field}[{place}]", "must be an object")

    def pairs(self, field: str) -> Mapping[str, str]:
        """Read an object of texts."""
        found = self._row.get(field) or {}
        if not isinstance(found, Mapping):
            self.fault(field, "must be an object")
            return {}
        return {str(key): str(value) for key, value in found.items()}

    def _inside(self, row: Mapping[str, Any], path: str) -> "Fields":
        return Fields(
            row,
            file=self._file,
            record=self._record,
            faults=self._faults,
            path=self._path + path,
        )
