"""Keep one process alive: start it, probe it, and start it again when it is gone.

A frozen Sanic 21.12 ignores SIGTERM, so a process that misses its deadline gets
SIGKILL (measured; see docs/adr/0004).
"""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

log = logging.getLogger("handrail.watched")

MOST_PATIENCE = 8
"""How many times `start_within_s` the slowest start is waited for."""


@dataclass(frozen=True)
class Pace:
    """How often a process is looked at, and how long it is waited for; seconds.

    `misses` probes in a row without an answer make a process stuck. The pause before
    another start begins at `pause_s` and doubles for one that never got well.
    """

    probe_every_s: float = 2.0
    probe_while_starting_s: float = 0.1
    probe_timeout_s: float = 2.0
    misses: int = 3
    stop_within_s: float = 5.0
    pause_s: float = 0.5
    longest_pause_s: float = 30.0


@dataclass
class Watched:
    """One child process and how to tell that it is well.

    `probe` is a loopback address that answers 200 when the process is well.
    `start_within_s` is how long a start may take before it counts as stuck; it doubles
    for one that never got well, as the pause does: a machine that is slow just now must
    not have its gateway taken away at every start. `replaces_on` is the signal on
    which the process puts another in the place of its part that is stuck, where it can:
    that is quicker than a start, and a start follows where it does not help.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    probe: str
    output: Path
    start_within_s: float = 90.0
    replaces_on: signal.Signals | None = None
    pace: Pace = Pace()
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    starts: int = 0
    process: asyncio.subprocess.Process | None = None

    async def keep_alive(self) -> None:
        """Run until cancelled; then stop the process and wait for its end."""
        pause, patience = self.pace.pause_s, self.start_within_s
        try:
            while True:
                process = await self._start()
                lasted = await self._watch_until_gone(process, patience)
                pause = self._next_pause(pause, lasted=lasted)
                patience = self._next_patience(patience, lasted=lasted)
                log.warning("%s stopped; starting it again", self.name)
                await asyncio.sleep(pause)
        finally:
            await self.stop()

    def _next_pause(self, pause: float, *, lasted: bool) -> float:
        if lasted:
            return self.pace.pause_s
        return min(pause * 2, self.pace.longest_pause_s)

    def _next_patience(self, patience: float, *, lasted: bool) -> float:
        if lasted:
            return self.start_within_s
        return min(patience * 2, self.start_within_s * MOST_PATIENCE)

    async def stop(self) -> None:
        """Ask the process to leave, then insist."""
        process = self.process
        if process is None or process.returncode is not None:
            return
        _signal(process, signal.SIGTERM)
        # Not `asyncio.timeout`: in a task that is being cancelled, as here, Python
        # before 3.11.4 tells of no time-out, and a frozen process would be left.
        gone = asyncio.create_task(process.wait())
        _, still_there = await asyncio.wait({gone}, timeout=self.pace.stop_within_s)
        if still_there:
            _stop_dead(process)
        await gone

    async def _start(self) -> asyncio.subprocess.Process:
        self.ready.clear()
        self.starts += 1
        with self.output.open("ab") as lines:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                env=dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=lines,
                stderr=lines,
                start_new_session=True,
            )
        return self.process

    async def _watch_until_gone(
        self, process: asyncio.subprocess.Process, patience: float
    ) -> bool:
        """Probe until the process is gone or stuck; say whether it was ever well."""
        gone = asyncio.create_task(process.wait())
        try:
            async with httpx.AsyncClient(
                timeout=self.pace.probe_timeout_s, trust_env=False
            ) as client:
                was_well = await self._probe_while_running(
                    process, client, gone, patience
                )
        finally:
            gone.cancel()
        _stop_dead(process)
        await process.wait()
        return was_well

    async def _probe_while_running(
        self,
        process: asyncio.subprocess.Process,
        client: httpx.AsyncClient,
        gone: "asyncio.Task[int]",
        patience: float,
    ) -> bool:
        """Probe until it is gone, stuck or late; say whether it was ever well."""
        misses, was_well, was_asked = 0, False, False
        started = time.monotonic()
        while not gone.done():
            if await self._answers(client):
                misses, was_well, was_asked = 0, True, False
                self.ready.set()
            elif was_well:
                misses += 1
            if misses >= self.pace.misses:
                log.warning("%s is stuck: it missed %d probes", self.name, misses)
                if was_asked or not self._asked_to_replace(process):
                    break
                misses, was_asked = 0, True
            if not was_well and time.monotonic() - started > patience:
                log.warning("%s did not start in time", self.name)
                break
            await asyncio.wait({gone}, timeout=self._until_next_probe())
        return was_well

    def _asked_to_replace(self, process: asyncio.subprocess.Process) -> bool:
        """Have it put another in the place of what is stuck; False where it cannot."""
        if self.replaces_on is None:
            return False
        self.ready.clear()
        _signal(process, self.replaces_on)
        return True

    def _until_next_probe(self) -> float:
        if self.ready.is_set():
            return self.pace.probe_every_s
        return self.pace.probe_while_starting_s

    async def _answers(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(self.probe)).status_code == 200
        except httpx.HTTPError:
            return False


def _signal(process: asyncio.subprocess.Process, which: signal.Signals) -> None:
    try:
        process.send_signal(which)
    except ProcessLookupError:
        return


def _stop_dead(process: asyncio.subprocess.Process) -> None:
    """SIGKILL the process and all that it started: each has a group of its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
