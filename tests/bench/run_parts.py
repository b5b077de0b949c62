"""Measures parts one after another, prints each, and writes the page of a whole run."""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from foundations.clock import utc_now
from tests.bench.promises import Promise, table
from tests.bench.report import machine

Part = Callable[[bool], Awaitable[list[Promise]]]
"""Measures something, quickly or in full, and says what was promised and found."""


@dataclass(frozen=True)
class Page:
    """Which page is written, what stands on it, and the command that writes it."""

    command: str
    path: Path
    about: Path


def arguments(what: str) -> argparse.ArgumentParser:
    """Take `--only some,parts` (nothing is written) and `--quick`."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    return parser


def run(parts: Mapping[str, Part], page: Page, given: argparse.Namespace) -> None:
    """Measure, print, keep the figures of a whole run; leave with 1 if one missed."""
    wanted = [name for name in given.only.split(",") if name] or list(parts)
    # Thousands of pages live in this process: looking for garbage among them would
    # stop the watch for a tenth of a second, which is not the gateway's time.
    gc.disable()
    found = asyncio.run(_measure(parts, wanted, quick=given.quick))
    when = machine(page.command, f"{utc_now():%Y-%m-%d %H:%M} UTC")
    if os.sched_getscheduler(0) != os.SCHED_OTHER:
        when += " Other work ran on the machine; what is measured went before it."
    _say(f"{when}\n\n{table(found)}")
    if not given.only and not given.quick:
        about = page.about.read_text(encoding="utf-8")
        page.path.write_text(about.format(machine=when, table=table(found)))
    sys.exit(0 if all(promise.is_kept for promise in found) else 1)


async def _measure(
    parts: Mapping[str, Part], wanted: list[str], *, quick: bool
) -> list[Promise]:
    found = []
    for name in wanted:
        _say(f"{name} ...")
        more = await parts[name](quick)
        _say(table(more))
        found += more
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
