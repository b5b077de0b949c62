"""Whoever asks to be forgotten is: nothing holds their words or their key."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from runtime.backup import copy_records, records_of
from storage.tables.core import data_keys, inbox, people
from tests.canaries import found_below, found_in_bytes
from tests.journeys.handrail import Handrail, Sms

NUMBER = "+447700900654"
SAID = (
    "my lantern is called marmalade heron",
    "I only tell this to the walnut lighthouse",
    "a plan about paper kites and thunder",
)


def somebody_says_a_lot(handrail: Handrail) -> Sms:
    robin = handrail.sms(NUMBER)
    robin.asks_for_a_person()
    (case,) = handrail.desk().waiting()
    desk = handrail.desk()
    desk.claims(case)
    desk.posts(f"/staff/cases/{case}/note", note=SAID[0])
    desk.hands_back(case)
    for said in ("hello", *SAID, "make a safety plan", "yes", SAID[2], "yes", "pause"):
        robin.young_person_says(said)
    return robin


def keys_of(handrail: Handrail, robin: Sms) -> list[bytes]:
    """Give every data key of somebody, as it is kept: wrapped."""

    def look(unit: Any) -> list[bytes]:
        holder = unit.people.find_by_phone(robin.number)
        kept = select(data_keys.c.wrapped).where(data_keys.c.holder == holder)
        return list(unit.connection.execute(kept).scalars())

    return list(handrail.record(look))


def asks_to_be_forgotten(handrail: Handrail, robin: Sms) -> None:
    handrail.thread.do(robin.phone.sends("delete everything"))
    handrail.settled()
    assert robin.texts[-1].startswith("It's done")
    while handrail.thread.do(handrail.house.forgetting.do_round()):
        pass


def holding(folder: Path, key: bytes) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if key in path.read_bytes()]


def test_after_delete_no_file_log_or_copy_holds_a_word_a_number_or_a_key(
    handrail: Handrail, tmp_path: Path
) -> None:
    robin = somebody_says_a_lot(handrail)
    held_at_carrier = [text.body for text in handrail.stand_in.texts.values()]
    (key,) = keys_of(handrail, robin)
    assert set(SAID) <= set(held_at_carrier)
    assert holding(tmp_path, key) != []

    asks_to_be_forgotten(handrail, robin)
    copy_records(records_of(handrail.house.settings), tmp_path / "backup.sqlite3")

    traces = [*SAID, NUMBER.removeprefix("+"), NUMBER.removeprefix("+44")]
    assert found_below(tmp_path, traces) == []
    assert holding(tmp_path, key) == []
    logged = "\n".join(handrail.canaries.log.lines).encode()
    assert found_in_bytes(logged, traces) == []
    at_carrier = json.dumps([text.body for text in handrail.stand_in.texts.values()])
    assert found_in_bytes(at_carrier.encode(), SAID) == []


def test_an_older_backup_holds_nothing_in_clear_and_no_key_that_opens_it(
    handrail: Handrail, tmp_path: Path
) -> None:
    robin = somebody_says_a_lot(handrail)
    older = tmp_path / "backups"
    older.mkdir()
    copy_records(records_of(handrail.house.settings), older / "before.sqlite3")
    asks_to_be_forgotten(handrail, robin)

    assert found_below(older, [*SAID, NUMBER.removeprefix("+")]) == []
    keys = handrail.house.keys
    for key in (*keys.key_encryption.values(), keys.phone_index, keys.token):
        assert holding(older, key) == []


def test_a_text_that_the_carrier_brings_again_afterwards_makes_nobody_anew(
    handrail: Handrail,
) -> None:
    robin = handrail.sms(NUMBER)
    for said in ("hello", SAID[0]):
        robin.young_person_says(said)
    heard = [text.sid for text in handrail.stand_in.texts.values() if text.sender]
    handrail.thread.do(robin.phone.sends("delete everything"))
    handrail.settled()
    had = len(robin.texts)
    for sid in heard:
        if handrail.stand_in.texts[sid].sender == NUMBER:
            handrail.thread.do(handrail.stand_in.replay(sid))
    handrail.settled()

    def left(unit: Any) -> tuple[int, ...]:
        counts = (select(func.count()).select_from(one) for one in (people, inbox))
        return tuple(unit.connection.execute(each).scalar_one() for each in counts)

    assert handrail.record(left) == (0, 0)
    assert keys_of(handrail, robin) == []
    assert len(robin.texts) == had
    # Whoever texts anew is somebody new, as anybody is.
    robin.young_person_says("hello")
    assert handrail.record(left) == (1, 1)
