"""Measures the processor time that loading and choosing take, as it grows."""

import json
import random
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from signposting.directory import SERVICES, Directory, Progress, load
from signposting.matching import choose
from signposting.records import NEEDS_DATA, SPOKEN_ALOUD, Way
from signposting.wishes import Wishes, aged

FROM = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 5 * 365 * 24 * 60
SAME_EVERY_TIME = 20261122


@dataclass(frozen=True)
class Measured:
    """Seconds to load, and milliseconds to choose, for a number of services."""

    services: int
    load_seconds: float
    median_ms: float
    p99_ms: float
    slowest_ms: float

    def __str__(self) -> str:
        return (
            f"{self.services:>6} services: load {self.load_seconds:.2f} s, choose "
            f"median {self.median_ms:.2f} ms, p99 {self.p99_ms:.2f} ms, "
            f"slowest {self.slowest_ms:.2f} ms"
        )


def measure(services: int, queries: int, progress: Progress | None = None) -> Measured:
    """Load a directory grown to a number of services, and ask it random questions."""
    with TemporaryDirectory() as folder:
        write_grown(Path(folder), services)
        started = time.process_time()
        directory = load(Path(folder), sample=True, progress=progress)
        loaded = time.process_time() - started
    times = sorted(_times(directory, queries))
    cuts = quantiles(times, n=100)
    return Measured(
        len(directory.services), loaded, cuts[49] * 1e3, cuts[98] * 1e3, times[-1] * 1e3
    )


def write_grown(folder: Path, services: int) -> None:
    """Write our records, and copies of them under new ids, up to a number."""
    rows = [
        row
        for path in sorted(SERVICES.glob("*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]
    dice = random.Random(SAME_EVERY_TIME)  # noqa: S311 - only has to be repeatable
    grown = list(rows)
    local = [row for row in rows if row["x_region"] != "national"]
    while len(grown) < services:
        # One in twenty is national, as in the larger directories of councils.
        source = dice.choice(rows if dice.random() < 0.05 else local)
        grown.append(_copy(source, len(grown), dice))
    (folder / "grown.json").write_text(json.dumps(grown), encoding="utf-8")


def _copy(row: dict[str, Any], number: int, dice: random.Random) -> dict[str, Any]:
    copy = deepcopy(row)
    copy["id"] = str(UUID(int=dice.getrandbits(128)))
    copy["x_slug"] = f"{row['x_slug']}-{number}"
    copy["name"] = f"{row['name']} {number}"
    for field in ("x_pinned", "x_same_as", "x_instead"):
        copy.pop(field, None)
    return copy


def _times(directory: Directory, queries: int) -> Iterator[float]:
    dice = random.Random(SAME_EVERY_TIME)  # noqa: S311 - only has to be repeatable
    ask = _asker(directory, dice)
    for _ in range(queries):
        wishes, at = ask()
        started = time.process_time()
        choose(directory, wishes, at)
        yield time.process_time() - started


def _asker(
    directory: Directory, dice: random.Random
) -> Callable[[], tuple[Wishes, datetime]]:
    areas = sorted(directory.places.areas)
    ways = sorted(SPOKEN_ALOUD | NEEDS_DATA | {Way.SMS})

    def ask() -> tuple[Wishes, datetime]:
        wishes = Wishes(
            ages=aged(dice.randint(11, 25)) if dice.random() < 0.7 else None,
            areas=frozenset(dice.sample(areas, 2) if dice.random() < 0.7 else ()),
            ways=frozenset({dice.choice(ways)} if dice.random() < 0.5 else ()),
            audiences=frozenset({"lgbtq"} if dice.random() < 0.2 else ()),
            cannot_be_overheard=dice.random() < 0.2,
        )
        return wishes, FROM + timedelta(minutes=dice.randrange(MINUTES))

    return ask
