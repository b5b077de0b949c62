"""Puts an import beside what is there already, and never undoes a person's work."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from signposting.directory import load
from signposting.importing import Imported, Outcome, Reported
from signposting.records import ReleaseGate

Row = dict[str, Any]

PINNED_FILE = "pinned.json"
"""The file that makes a folder one of records that a gateway starts with."""

# When we looked is not a change in what we saw.
_NOT_COMPARED = frozenset({"x_sources", "x_source_seen_on"})


def ids_of_others(kept: Path) -> frozenset[str]:
    """Give the HSDS ids in the other files of the folder that a file is kept in."""
    others = (path for path in kept.parent.glob("*.json") if path != kept)
    return frozenset(str(row.get("id")) for path in others for row in _rows(path))


def merge(imported: Imported, before: Sequence[Row]) -> Imported:
    """Report on an import against the last one, and give the records to keep.

    A record that a person opened, checked or wrote words for stays as they left it;
    the report says where the feed differs now.
    """
    known = {str(row["id"]): row for row in before}
    told = {each.about: each for each in imported.report}
    records: list[Row] = []
    for record in imported.records:
        old = known.get(record["id"])
        if old is None:
            records.append(record)
            continue
        differs = _differs(old, record)
        if _worked_on(old):
            records.append(old)
            notes = (f"the feed differs in {differs}",) if differs else ()
            told[record["id"]] = Reported(Outcome.KEPT, record["id"], notes)
            continue
        records.append(record)
        if differs:
            noted = told[record["id"]].notes
            told[record["id"]] = Reported(
                Outcome.CHANGED,
                record["id"],
                (*noted, f"differs from last time in {differs}"),
            )
    gone = [row for id, row in known.items() if id not in {r["id"] for r in records}]
    records += [row for row in gone if _worked_on(row)]
    report = (*told.values(), *_gone(gone, told))
    return Imported(tuple(records), report)


def write(imported: Imported, kept: Path) -> None:
    """Write the records in one step, so that a good file is never half replaced.

    In a folder of records they are tried first beside the others: DirectoryBroken
    when the folder would no longer load, and the file stays as it was.
    """
    waiting = kept.with_suffix(".writing")
    text = json.dumps(imported.records, indent=1, ensure_ascii=False)
    waiting.write_text(text + "\n", encoding="utf-8")
    try:
        if Path(kept.parent, PINNED_FILE).exists():
            _try_beside_others(waiting, kept)
        waiting.replace(kept)
    finally:
        waiting.unlink(missing_ok=True)


def records_in(kept: Path) -> tuple[Row, ...]:
    """Read the records of the last import; none when there was none."""
    return tuple(_rows(kept)) if kept.exists() else ()


def _try_beside_others(waiting: Path, kept: Path) -> None:
    with TemporaryDirectory() as folder:
        for path in kept.parent.glob("*.json"):
            shutil.copy(path, folder)
        shutil.copy(waiting, Path(folder, kept.name))
        load(Path(folder), sample=True)


def _rows(path: Path) -> list[Row]:
    """Read what can be read: a broken file is named when the folder is loaded."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return []
    return [row for row in found if isinstance(row, dict)]


def _worked_on(row: Mapping[str, Any]) -> bool:
    held = ReleaseGate.HOLD.value
    return bool(
        row.get("x_release_gate") != held
        or row.get("x_last_checked_live")
        or row.get("x_sms_summary")
    )


def _differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Name the fields of the feed whose content is not what it was."""
    fields = sorted(set(new) - _NOT_COMPARED)
    return ", ".join(field for field in fields if old.get(field) != new.get(field))


def _gone(gone: list[Row], told: Mapping[str, Reported]) -> Iterator[Reported]:
    for row in gone:
        if row["id"] not in told:
            note = "kept as a person left it" if _worked_on(row) else "dropped"
            yield Reported(Outcome.GONE, str(row["id"]), (note,))
