"""What is known of weaknesses in the locked packages: a file, its day, and its age.

`make check` prints it; nothing is asked of anybody, so it is as old as it says.
"""

import sys
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundations.clock import in_london, utc_now
from foundations.content import read_yaml
from runtime.settings import ROOT

FILE = ROOT / "requirements" / "advisories.yml"
MENDED_WITHIN_DAYS = 14


@dataclass(frozen=True)
class Found:
    """A locked package with known weaknesses, and why nobody reaches them."""

    package: str
    version: str
    count: int
    worst: str
    why_not_reached: str
    kept_out_by: tuple[str, ...]


@dataclass(frozen=True)
class Advisories:
    """Everything that was found, and when it was looked for."""

    looked_on: date
    looked_in: str
    service: tuple[Found, ...]
    dialogue: tuple[Found, ...]


def advisories() -> Advisories:
    """Read the file; TypeError for a part that is missing or not known."""
    read: dict[str, Any] = read_yaml(FILE)
    return Advisories(
        looked_on=read["looked_on"],
        looked_in=read["looked_in"],
        service=_found(read["found_in_the_running_service"]),
        dialogue=_found(read["found_in_the_dialogue"]),
    )


def _found(rows: list[dict[str, Any]]) -> tuple[Found, ...]:
    return tuple(
        Found(**{**row, "kept_out_by": tuple(row["kept_out_by"])}) for row in rows
    )


def main() -> None:
    """Say what is known and how old that is; a found one in the service is an end."""
    known = advisories()
    days = (in_london(utc_now()).date() - known.looked_on).days
    sys.stdout.write(
        f"Advisories as looked up on {known.looked_on} ({days} days ago):"
        f" {len(known.service)} packages of the running service,"
        f" {len(known.dialogue)} of the dialogue's closed environment.\n"
    )
    if days > MENDED_WITHIN_DAYS:
        sys.stdout.write("That is old: look again before a release.\n")
    sys.exit(1 if known.service else 0)


if __name__ == "__main__":
    main()
