"""A copy made in the middle of things is whole, private, and opens with the keys."""

import asyncio
import stat
from pathlib import Path

import pytest

from runtime.backup import NotASqliteFile, copy_records, records_of
from runtime.settings import Settings
from storage import Database, Keys
from tests.storage.keeping import Someone, arrives, hears


@pytest.fixture
def records(tmp_path: Path) -> tuple[Path, Keys, Someone]:
    """A file that is open and being written to, with one message in it."""
    keys, path = Keys.generate(), tmp_path / "handrail.db"
    database = Database(f"sqlite:///{path}", keys)
    database.migrate()

    def first_words(unit: object) -> Someone:
        someone = arrives(unit)
        hears(unit, someone, "the words before the copy")
        return someone

    someone = asyncio.run(database.write(first_words))
    return path, keys, someone


def test_a_copy_holds_what_was_written_and_opens_with_the_same_keys(
    records: tuple[Path, Keys, Someone], tmp_path: Path
) -> None:
    path, keys, someone = records
    copy = tmp_path / "copy.db"
    copy_records(path, copy)

    back = Database(f"sqlite:///{copy}", keys)
    said = asyncio.run(
        back.read(lambda unit: unit.messages.after(someone.conversation, None))
    )
    assert [message.text for message in said] == ["the words before the copy"]
    assert b"the words before" not in copy.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_copy_is_never_written_over(
    records: tuple[Path, Keys, Someone], tmp_path: Path
) -> None:
    there = tmp_path / "there.db"
    there.write_text("an older copy")

    with pytest.raises(FileExistsError):
        copy_records(records[0], there)
    assert there.read_text() == "an older copy"


def test_nothing_to_copy_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotASqliteFile):
        copy_records(tmp_path / "nothing.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_server_is_left_to_its_own_tool() -> None:
    settings = Settings(database_url="postgresql://handrail@db/handrail")

    with pytest.raises(NotASqliteFile, match="pg_dump"):
        records_of(settings)
