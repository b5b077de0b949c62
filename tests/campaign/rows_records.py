"""T06-T09: the database is locked, full, damaged, or cut off in the middle."""

import asyncio
import resource
import signal
import sqlite3
import subprocess

import psycopg

from tests.campaign.fault_proxy import FAIR, Fault, Weather
from tests.campaign.night import CRISIS, ORDINARY, Kind, Night, until
from tests.campaign.rows import row
from tests.campaign.small_disk import fill, small_disk

DAMAGE = b"\xde\xad\xbe\xef" * 512


@row("T06", is_quick=True)
async def the_records_are_locked(night: Night) -> None:
    """Another holds the lock for 3 s, then 30 s: crisis words at once, nothing lost."""
    for held_s in (3, 30):
        holding = asyncio.create_task(asyncio.to_thread(_hold, night, held_s))
        await asyncio.sleep(0.3)
        await asyncio.gather(
            night.crisis_is_answered(4),
            night.text(night.person(), ORDINARY),
            night.text(night.person(), ORDINARY),
        )
        await holding


@row("T07", kinds=(Kind.SQLITE,), is_quick=True)
async def the_disk_is_full(night: Night) -> None:
    """No file may grow: crisis words all the same; well again without a restart."""
    assert night.door.process is not None
    pid = night.door.process.pid
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, most))
    await night.text(night.person(), ORDINARY)
    await night.crisis_is_answered(4)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
    await until(lambda: _is_taken(night), 20, "texts are taken again")
    assert night.door.process.pid == pid


@row("T07", kinds=(Kind.POSTGRESQL,))
async def the_servers_disk_is_full(night: Night) -> None:
    """No row more may be written: crisis words all the same; well without a restart."""
    assert night.postgres is not None
    assert night.door.process is not None
    pid, database = night.door.process.pid, _database(night)
    await night.text(night.person(), ORDINARY)
    await night.settled()
    with small_disk(night.postgres, database) as disk:
        filler = await asyncio.to_thread(fill, disk)
        # Pages that have room left are filled first.
        await until(lambda: _is_spooled(night), 60, "the records refuse a text")
        await night.crisis_is_answered(4)
        await night.text(night.person(), ORDINARY)
        filler.unlink()
        await night.settled()
    assert night.door.process.pid == pid


@row("T08", kinds=(Kind.SQLITE,))
async def the_records_are_damaged(night: Night) -> None:
    """A damaged file: crisis words while it runs; no start on it; never removed."""
    await night.text(night.person(), ORDINARY)
    await night.settled()
    file = night.home / "handrail.sqlite3"
    night.tasks["gateway"].cancel()
    await asyncio.gather(night.tasks["gateway"], return_exceptions=True)
    # The log beside it belongs to the file: one without the other is a loss.
    kept = {one: one.read_bytes() for one in night.home.glob(f"{file.name}*")}
    whole = kept[file]
    file.write_bytes(whole[:100] + DAMAGE + whole[100 + len(DAMAGE) :])
    told = await asyncio.to_thread(
        subprocess.run,
        night.door.command,
        env=night.door.environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert told.returncode != 0, "it started on a damaged file"
    assert b"corrupt" in told.stdout + told.stderr, "it does not say what is wrong"
    assert file.stat().st_size == len(whole)
    for one, content in kept.items():
        one.write_bytes(content)
    night.tasks["gateway"] = asyncio.create_task(night.door.keep_alive())
    await night.up(night.door)


@row("T08", kinds=(Kind.POSTGRESQL,))
async def a_file_of_the_server_is_damaged(night: Night) -> None:
    """A damaged page of the inbox: crisis words; well when the page is put back."""
    assert night.postgres is not None
    await night.text(night.person(), ORDINARY)
    await night.settled()
    file = await asyncio.to_thread(night.postgres.file_of, _database(night), "inbox")
    await asyncio.to_thread(night.postgres.stop, signal.SIGINT)
    whole = file.read_bytes()
    file.write_bytes(whole[:10] + DAMAGE + whole[10 + len(DAMAGE) :])
    await asyncio.to_thread(night.postgres.start)
    await night.crisis_is_answered(4)
    await until(lambda: _is_spooled(night), 60, "the records refuse a text")
    await asyncio.to_thread(night.postgres.stop, signal.SIGINT)
    now = file.read_bytes()
    assert now[10:][: len(DAMAGE)] == DAMAGE, "a damaged page was written over"
    file.write_bytes(whole + now[len(whole) :])
    await asyncio.to_thread(night.postgres.start)


@row("T09", kinds=(Kind.POSTGRESQL,))
async def the_records_are_cut_off_in_the_middle(night: Night) -> None:
    """Connections reset after 0, 120, 240 ... bytes; the server stopped dead twice."""
    for after in range(0, 2400, 120):
        weather = Weather(Fault.RESET, after_bytes=after)
        await night.to_database.turn(weather, cut=True)
        await asyncio.gather(
            night.crisis_is_answered(4), night.text(night.person(), ORDINARY)
        )
    await night.to_database.turn(FAIR, cut=True)
    assert night.postgres is not None
    for _ in range(2):
        await asyncio.to_thread(night.postgres.stop)
        await night.crisis_is_answered(4)
        await night.text(night.person(), CRISIS)
        await asyncio.to_thread(night.postgres.start)
        await night.text(night.person(), ORDINARY)


def _hold(night: Night, seconds: float) -> None:
    """Hold what every write needs, from another connection."""
    if night.kind is Kind.SQLITE:
        other = sqlite3.connect(night.home / "handrail.sqlite3")
        other.execute("BEGIN IMMEDIATE")
        _wait(seconds)
        other.rollback()
        other.close()
        return
    url = str(night.engine.url.set(drivername="postgresql"))
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        _wait(seconds)
        connection.rollback()


def _wait(seconds: float) -> None:
    subprocess.run(["sleep", str(seconds)], check=True)


def _database(night: Night) -> str:
    return str(night.engine.url.database)


async def _is_taken(night: Night) -> bool:
    sender = night.person()
    await night.text(sender, ORDINARY)
    texts = night.stand_in.texts.values()
    return any(t.sender == sender and t.status == "received" for t in texts)


async def _is_spooled(night: Night) -> bool:
    """Tell whether a text is kept beside the records, which do not take it."""
    await night.text(night.person(), ORDINARY)
    spool = night.home / "spool"
    return spool.exists() and spool.stat().st_size > 0
