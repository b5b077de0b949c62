"""While the database is away, nothing that was accepted is lost on its way to it."""

import asyncio
import fcntl
import json
import os
import resource
import secrets
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import storage.spool
from storage import Spool

KEY = secrets.token_bytes(32)
CANARY = "canary-7700-words"


class Replay:
    """Takes records as they are replayed, until it is told to refuse."""

    def __init__(self, refuse_from: int | None = None) -> None:
        self.taken: list[dict[str, Any]] = []
        self._refuse_from = refuse_from

    async def __call__(self, record: dict[str, Any]) -> None:
        if self._refuse_from is not None and len(self.taken) >= self._refuse_from:
            raise ConnectionError("still away")
        self.taken.append(record)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "spool"


@pytest.fixture
def spool(path: Path) -> Spool:
    return Spool(path, KEY)


def numbered(count: int) -> list[dict[str, Any]]:
    return [
        {"id": str(number), "text": f"{CANARY} \0 \ud800"} for number in range(count)
    ]


def test_records_are_replayed_in_order_and_then_let_go(
    spool: Spool, path: Path
) -> None:
    for record in numbered(5):
        spool.append(record)
    assert spool.waiting() == 5
    replay = Replay()

    assert asyncio.run(spool.drain(replay)) == 5
    assert replay.taken == numbered(5)
    assert path.read_bytes() == b""
    assert asyncio.run(spool.drain(replay)) == 0


def test_a_replay_that_is_refused_keeps_what_was_not_taken_yet(spool: Spool) -> None:
    for record in numbered(5):
        spool.append(record)
    refused = Replay(refuse_from=3)
    with pytest.raises(ConnectionError):
        asyncio.run(spool.drain(refused))

    assert len(refused.taken) == 3
    again = Replay()
    assert asyncio.run(spool.drain(again)) == 2
    assert refused.taken + again.taken == numbered(5)
    assert spool.waiting() == 0


def test_what_comes_in_during_a_replay_waits_for_the_next(spool: Spool) -> None:
    for record in numbered(2):
        spool.append(record)
    taken = []

    async def takes_and_hears_more(record: dict[str, Any]) -> None:
        taken.append(record)
        spool.append({"id": f"later {len(taken)}"})

    assert asyncio.run(spool.drain(takes_and_hears_more)) == 2
    replay = Replay()
    assert asyncio.run(spool.drain(replay)) == 2
    assert replay.taken == [{"id": "later 1"}, {"id": "later 2"}]


def test_a_line_cut_short_spoils_neither_those_before_nor_those_after(
    path: Path,
) -> None:
    for cut in (1, 5, 40):
        spool = Spool(path, KEY)
        spool.append({"id": "whole"})
        spool.append({"id": "cut short", "text": "x" * 50})
        os.truncate(path, path.stat().st_size - cut)
        after = Spool(path, KEY)
        after.append({"id": "after"})
        replay = Replay()

        assert asyncio.run(after.drain(replay)) == (3 if cut == 1 else 2)
        assert replay.taken[0]["id"] == "whole"
        assert replay.taken[-1]["id"] == "after"


def test_the_spool_is_private_and_sealed(spool: Spool, path: Path) -> None:
    for record in numbered(3):
        spool.append(record)

    written = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert CANARY.encode() not in written
    assert len(set(written.splitlines())) == 3


def test_another_key_opens_nothing_and_throws_nothing_away(
    spool: Spool, path: Path
) -> None:
    spool.append({"id": "1"})
    wrong = Spool(path, secrets.token_bytes(32))

    assert wrong.waiting() == 0
    assert asyncio.run(wrong.drain(nothing)) == 0
    (aside,) = path.parent.glob(f"{path.name}.unreadable")
    aside.replace(path)
    assert spool.waiting() == 1


async def nothing(_record: object) -> None:
    """Do nothing with a record."""


def test_a_full_disk_is_said_and_what_was_kept_stays(path: Path) -> None:
    """The writing process may write no file beyond 4,000 bytes."""
    script = f"""
import pathlib, signal, sys
import storage.spool
from storage import Spool
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
spool = Spool(pathlib.Path({str(path)!r}), bytes.fromhex({KEY.hex()!r}))
for number in range(100):
    try:
        spool.append({{"id": str(number), "text": "x" * 200}})
    except OSError:
        print(number)
        sys.exit()
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)),
    )
    kept = int(done.stdout)
    replay = Replay()
    after = Spool(path, KEY)
    after.append({"id": "after"})

    asyncio.run(after.drain(replay))
    assert [record["id"] for record in replay.taken] == [
        *(str(number) for number in range(kept)),
        "after",
    ]


def test_what_the_disk_refuses_is_held_and_comes_after_what_it_took(
    spool: Spool,
) -> None:
    replay = Replay(refuse_from=1)
    spool.append({"id": "on disk"})
    assert spool.hold({"id": "held"})
    assert spool.waiting() == 2

    with pytest.raises(ConnectionError):
        asyncio.run(spool.drain(replay))
    assert spool.waiting() == 1
    again = Replay()
    asyncio.run(spool.drain(again))
    assert [record["id"] for record in replay.taken + again.taken] == [
        "on disk",
        "held",
    ]
    assert spool.waiting() == 0


def test_what_was_accepted_survives_a_process_that_stops_dead(path: Path) -> None:
    script = f"""
import itertools, pathlib
import storage.spool
from storage import Spool
spool = Spool(pathlib.Path({str(path)!r}), bytes.fromhex({KEY.hex()!r}))
for number in itertools.count():
    spool.append({{"id": number, "text": "x" * 500}})
    print(number, flush=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    accepted = [int(process.stdout.readline()) for _ in range(50)]
    process.send_signal(signal.SIGKILL)
    accepted += [int(line) for line in process.stdout.read().splitlines()]
    process.wait()
    process.stdout.close()
    replay = Replay()

    asyncio.run(Spool(path, KEY).drain(replay))
    assert [record["id"] for record in replay.taken][: len(accepted)] == accepted
    assert json.dumps(replay.taken[0]) == json.dumps({"id": 0, "text": "x" * 500})


def test_what_was_held_goes_to_disk_before_what_comes_after_it(
    spool: Spool, path: Path
) -> None:
    assert spool.hold({"id": "held"})
    spool.append({"id": "after"})

    on_disk = Spool(path, KEY).records()
    assert [record["id"] for record in on_disk] == ["held", "after"]
    assert spool.waiting() == 2


def test_two_gateways_on_one_spool_let_go_only_of_what_they_replayed(
    path: Path,
) -> None:
    old, new = Spool(path, KEY), Spool(path, KEY)
    old.append({"id": "1", "text": "long enough to be cut"})

    async def another_is_quicker(_record: object) -> None:
        await new.drain(nothing)
        new.append({"id": "2"})

    asyncio.run(old.drain(another_is_quicker))

    assert new.records() == [{"id": "2"}]


def test_what_waited_for_its_turn_is_written_to_the_file_that_is_there_now(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(path, KEY)
    spool.append({"id": "1"})
    take_turn = fcntl.flock

    def after_another_replaced_the_file(file: int, kind: int) -> None:
        monkeypatch.setattr(fcntl, "flock", take_turn)
        draft = path.with_name("draft")
        draft.write_bytes(path.read_bytes())
        draft.replace(path)
        take_turn(file, kind)

    monkeypatch.setattr(fcntl, "flock", after_another_replaced_the_file)
    spool.append({"id": "2"})

    assert spool.records() == [{"id": "1"}, {"id": "2"}]


def test_a_long_spool_is_read_a_little_at_a_time_and_replayed_whole_and_in_order(
    spool: Spool, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.spool, "READ_AT_ONCE", 500)
    spool.append(*numbered(40))
    assert list(spool.each()) == numbered(40)
    first, rest = Replay(refuse_from=25), Replay()

    with pytest.raises(ConnectionError):
        asyncio.run(spool.drain(first))
    spool.append({"id": "new", "text": "x" * 2000})
    assert asyncio.run(spool.drain(rest)) == 16

    assert first.taken + rest.taken[:-1] == numbered(40)
    assert rest.taken[-1]["id"] == "new"
    assert spool.is_empty()


def test_what_is_appended_while_a_long_spool_is_replayed_waits_for_the_next(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.spool, "READ_AT_ONCE", 500)
    spool.append(*numbered(10))

    async def appends(_record: dict[str, Any]) -> None:
        spool.append({"id": "again"})

    assert asyncio.run(spool.drain(appends)) <= 14
    assert not spool.is_empty()


def test_what_is_held_is_lost_to_nobody_when_the_disk_takes_it_during_a_replay(
    spool: Spool,
) -> None:
    assert all(spool.hold({"id": id}) for id in ("1", "2"))
    taken: list[dict[str, Any]] = []

    async def work(record: dict[str, Any]) -> None:
        taken.append(record)
        if record == {"id": "1"}:
            await asyncio.to_thread(spool.append, {"id": "3"})

    asyncio.run(spool.drain(work))

    assert {one["id"] for one in (*taken, *spool.records())} == {"1", "2", "3"}


def test_letting_go_of_one_that_was_let_go_of_leaves_the_next(spool: Spool) -> None:
    first, second = {"id": "1"}, {"id": "2"}
    assert spool.hold(first)
    assert spool.hold(second)

    async def work(record: dict[str, Any]) -> None:
        if record is first:
            spool._hold_no_more(first)
        else:
            raise ConnectionError("still away")

    with pytest.raises(ConnectionError):
        asyncio.run(spool.drain(work))

    assert spool.records() == [second]
