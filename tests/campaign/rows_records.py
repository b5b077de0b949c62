"""T06-T09: the database is locked, full, damaged, or cut off in the middle."""

import asyncio
import resource
import sqlite3
import subprocess

import psycopg

from tests.campaign.fault_proxy import FAIR, Fault, Weather
from tests.campaign.night import CRISIS, ORDINARY, Kind, Night, until
from tests.campaign.rows import row

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


async def _is_taken(night: Night) -> bool:
    sender = night.person()
    await night.text(sender, ORDINARY)
    texts = night.stand_in.texts.values()
    return any(t.sender == sender and t.status == "received" for t in texts)
