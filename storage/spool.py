"""The spool: what could not reach the database waits here, sealed, on disk.

A disk can hang in the middle of a flush. Everything here that touches it waits for it,
so whoever runs on an event loop goes through `off_loop` (`drain` does so by itself).
"""

import asyncio
import base64
import binascii
import fcntl
import json
import os
import secrets
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_PLACE: Final = b"spool\0v1"
_NONCE: Final = 12
_MODE: Final = 0o600
MOST_HELD: Final = 1000
READ_AT_ONCE: Final = 4 * 1024 * 1024
"""Bytes of what waits that are in memory at a time, and at least one record."""

T = TypeVar("T")


class Spool:
    """Records in order, one sealed line each, each flushed to disk.

    Records carry their own ids: after a crash in the middle of a drain they are
    replayed, and a replay must change nothing.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._cipher = AESGCM(key)
        self._guard = threading.Lock()
        self._held: list[dict[str, Any]] = []
        self._holding = threading.Lock()
        # Its own: threads that are shared may all be held by other work.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="spool")

    async def off_loop(self, work: Callable[..., T], *given: Any) -> T:
        """Do one thing at a time in the spool's own thread; the loop goes on."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(work, *given))

    def append(self, *records: dict[str, Any]) -> None:
        """Keep records, on disk when this returns. OSError when they cannot be.

        What is held came before them, and goes to disk before them.
        """
        with self._guard, self._locked() as file:
            for record in list(self._held):
                self._write(file, record)
                os.fsync(file)
                self._hold_no_more(record)
            for record in records:
                self._write(file, record)
            os.fsync(file)

    def hold(self, record: dict[str, Any]) -> bool:
        """Keep a record that the disk refuses, for as long as this process runs.

        False when too many are held already.
        """
        with self._holding:
            if len(self._held) >= MOST_HELD:
                return False
            self._held.append(record)
            return True

    def _hold_no_more(self, record: dict[str, Any]) -> None:
        """Let go of this one and no other: it may have been seen to twice at once."""
        with self._holding:
            self._held = [one for one in self._held if one is not record]

    def records(self) -> list[dict[str, Any]]:
        """Give the records that wait, in order, whole ones only."""
        with self._guard, self._locked() as file:
            return self._records(_read_all(file)) + self._held

    def each(self) -> Iterator[dict[str, Any]]:
        """Give the records that wait one by one, with few of them in memory."""
        at = 0
        while written := self._read_from(at):
            yield from self._records(written)
            at += len(written)
        yield from self._held

    def drop(self, is_done: Callable[[dict[str, Any]], bool]) -> None:
        """Let go of these records wherever they stand, in one turn at the file."""
        with self._guard, self._locked() as file:
            lines = _lines(_read_all(file))
            kept = [line for line in lines if not self._is_done(line, is_done)]
            if len(kept) < len(lines):
                self._replace([line + b"\n" for line in kept])

    def _is_done(self, line: bytes, is_done: Callable[[dict[str, Any]], bool]) -> bool:
        record = self._open(line)
        return record is not None and is_done(record)

    def is_empty(self) -> bool:
        """Tell whether nothing waits on disk, without reading it."""
        try:
            return self._path.stat().st_size == 0
        except FileNotFoundError:
            return True

    def waiting(self) -> int:
        """Count the records that wait, whole ones only."""
        return len(self.records())

    def unreadable(self) -> int:
        """Count the lines that do not open: here, and in the file beside the spool."""
        with self._guard, self._locked() as file:
            lines = _lines(_read_all(file))
            here = sum(self._open(line) is None for line in lines)
            return here + len(_lines(self._read_beside()))

    def end_unreadable(self, before: datetime) -> None:
        """Remove the file beside the spool when nothing came to it since then."""
        with self._guard, self._locked(), suppress(FileNotFoundError):
            if self._beside.stat().st_mtime < before.timestamp():
                self._beside.unlink()

    async def drain(self, work: Callable[[dict[str, Any]], Awaitable[None]]) -> int:
        """Replay every record in order, then let go of them; give how many.

        Those that are only held come last: the disk refused them after the others.
        What `work` raises ends the drain, and stays with all that comes after it. A
        line that does not open (cut short by a crash, or sealed with another key) is
        set aside in a file beside the spool, never thrown away.
        """
        left = await self.off_loop(self._size)
        replayed = 0
        # What is appended meanwhile waits for the next drain, or there were no end.
        while left > 0 and (written := await self.off_loop(self._read_from, 0)):
            replayed += await self._drain(written, work)
            left -= len(written)
        return replayed + await self._replay_held(work)

    async def _drain(
        self, written: bytes, work: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> int:
        replayed = done = 0
        try:
            for line in written.splitlines(keepends=True):
                record = self._open(line.strip())
                if record is not None:
                    await work(record)
                    replayed += 1
                done += len(line)
        finally:
            await self.off_loop(self._let_go, written[:done])
        return replayed

    def _size(self) -> int:
        with self._guard, self._locked() as file:
            return os.fstat(file).st_size

    def _read_from(self, at: int) -> bytes:
        """Read on from here, to the end of a line if there is more than one."""
        with self._guard, self._locked() as file:
            size = READ_AT_ONCE
            while True:
                written = os.pread(file, size, at)
                end = written.rfind(b"\n") + 1
                if len(written) < size or not written:
                    return written
                if end:
                    return written[:end]
                size *= 2

    def _let_go(self, done: bytes) -> None:
        if not done:
            return
        with self._guard, self._locked() as file:
            self._set_aside(done)
            self._keep_after(file, done)

    async def _replay_held(
        self, work: Callable[[dict[str, Any]], Awaitable[None]]
    ) -> int:
        replayed = 0
        for record in list(self._held):
            await work(record)
            self._hold_no_more(record)
            replayed += 1
        return replayed

    def _records(self, written: bytes) -> list[dict[str, Any]]:
        opened = (self._open(line) for line in _lines(written))
        return [record for record in opened if record is not None]

    def _write(self, file: int, record: dict[str, Any]) -> None:
        nonce = secrets.token_bytes(_NONCE)
        content = json.dumps(record).encode()
        line = base64.b64encode(nonce + self._cipher.encrypt(nonce, content, _PLACE))
        _end_broken_line(file)
        _write_all(file, line + b"\n")

    def _set_aside(self, written: bytes) -> None:
        """Keep what could not be read for whoever finds the right key."""
        unreadable = [line for line in _lines(written) if self._open(line) is None]
        if unreadable:
            file = os.open(self._beside, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _MODE)
            try:
                _write_all(file, b"\n".join(unreadable) + b"\n")
                os.fsync(file)
            finally:
                os.close(file)

    @property
    def _beside(self) -> Path:
        return self._path.with_name(f"{self._path.name}.unreadable")

    def _read_beside(self) -> bytes:
        try:
            return self._beside.read_bytes()
        except FileNotFoundError:
            return b""

    def _open(self, line: bytes) -> dict[str, Any] | None:
        try:
            token = base64.b64decode(line, validate=True)
            content = self._cipher.decrypt(token[:_NONCE], token[_NONCE:], _PLACE)
        except (binascii.Error, InvalidTag, ValueError):
            return None
        record: dict[str, Any] = json.loads(content)
        return record

    def _keep_after(self, file: int, written: bytes) -> None:
        """Drop what was replayed; what was appended meanwhile stays."""
        at = len(written)
        if os.pread(file, at, 0) != written:
            # Another gateway on the same file was quicker; what is there now is new.
            return
        if os.fstat(file).st_size == at:
            os.ftruncate(file, 0)
            os.fsync(file)
            return
        self._replace(_parts_from(file, at))

    def _replace(self, parts: Iterable[bytes]) -> None:
        draft = self._path.with_name(f".{self._path.name}.draft")
        made = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE)
        try:
            for part in parts:
                _write_all(made, part)
            os.fsync(made)
        finally:
            os.close(made)
        draft.replace(self._path)
        _flush_folder(self._path.parent)

    @contextmanager
    def _locked(self) -> Iterator[int]:
        file = self._turn()
        try:
            yield file
        finally:
            os.close(file)

    def _turn(self) -> int:
        """Open the file once nobody else has it; again if it was replaced by then."""
        while True:
            new = not self._path.exists()
            file = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _MODE)
            try:
                if new:
                    _flush_folder(self._path.parent)
                fcntl.flock(file, fcntl.LOCK_EX)
                if self._path.exists() and os.path.samestat(
                    os.fstat(file), self._path.stat()
                ):
                    return file
            except BaseException:
                os.close(file)
                raise
            os.close(file)


def _lines(written: bytes) -> list[bytes]:
    return [line for line in written.split(b"\n") if line]


def _read_all(file: int) -> bytes:
    return os.pread(file, os.fstat(file).st_size, 0)


def _parts_from(file: int, at: int) -> Iterator[bytes]:
    while part := os.pread(file, READ_AT_ONCE, at):
        yield part
        at += len(part)


def _write_all(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content) :]


def _end_broken_line(file: int) -> None:
    """Keep a line cut short by a crash from spoiling the next one."""
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        _write_all(file, b"\n")


def _flush_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
