"""The list of parts: what is installed from others, as CycloneDX, and its licences.

`make parts` writes it to var/parts, from the environment that the locks made.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from runtime.settings import ROOT

FOLDER = ROOT / "var" / "parts"
LIST = "handrail.cdx.json"
PINNED = re.compile(r"^(\S+==[^\\\n]+?) *\\?$", re.M)
"""A lock's lines that name a package, each with whatever it is only for."""
UNKNOWN = "not said"
READ_BY_HAND = {"multidict": "Apache-2.0", "protobuf": "BSD-3-Clause"}
"""Their package data name none; this is what their licence files say."""
SAYS_SO = {
    "Apache-2.0": ("Apache License", "Version 2.0, January 2004"),
    "BSD-3-Clause": (
        "Redistribution and use in source and binary forms",
        "Neither the name of",
    ),
}
"""Words of each licence, looked for in the file that was installed."""


@dataclass(frozen=True)
class Part:
    """One package from others."""

    name: str
    version: str
    licences: tuple[str, ...]


def locked(lock: str = "handrail.txt") -> set[str]:
    """Name every package of a lock that is installed here, in its plain spelling."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    pinned = map(Requirement, PINNED.findall(text))
    return {
        plain(one.name) for one in pinned if one.marker is None or one.marker.evaluate()
    }


def plain(name: str) -> str:
    """Spell a package's name in the one way."""
    return re.sub(r"[-_.]+", "-", name).lower()


def write_list(folder: Path = FOLDER) -> Path:
    """Write the CycloneDX list of this environment."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LIST
    program = Path(sys.executable).with_name("cyclonedx-py")
    command = [program, "environment", "--output-reproducible", "--no-validate"]
    subprocess.run([*command, "-o", path, sys.executable], check=True)
    return path


def parts_in(path: Path) -> list[Part]:
    """Read the parts of a list that are locked for the running service."""
    wanted, found = locked(), json.loads(path.read_text(encoding="utf-8"))
    return sorted(
        (
            Part(plain(one["name"]), one["version"], _licences(one))
            for one in found["components"]
            if plain(one["name"]) in wanted
        ),
        key=lambda part: part.name,
    )


def _licences(component: dict) -> tuple[str, ...]:  # type: ignore[type-arg]
    said = [
        one.get("expression")
        or one.get("license", {}).get("id")
        or one.get("license", {}).get("name", "")
        for one in component.get("licenses", [])
    ]
    short = {each.splitlines()[0][:80] for each in said if each}
    by_hand = READ_BY_HAND.get(plain(component["name"]), UNKNOWN)
    return tuple(sorted(short)) or (by_hand,)


def licence_file(package: str) -> str:
    """Read the licence that was installed with a package; empty when there is none."""
    files = distribution(package).files or []
    found = [one for one in files if "LICENSE" in one.name.upper()]
    return "\n".join(one.read_text() for one in found)


def table(parts: list[Part]) -> str:
    """Write the licences as a page."""
    rows = [f"| {p.name} | {p.version} | {'; '.join(p.licences)} |" for p in parts]
    head = ["# Licences", "", "| part | version | licence |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def main() -> None:
    """Write both files, and say where."""
    path = write_list()
    parts = parts_in(path)
    (FOLDER / "licences.md").write_text(table(parts), encoding="utf-8")
    sys.stdout.write(f"{len(parts)} parts: {path} and {FOLDER / 'licences.md'}" + "\n")


if __name__ == "__main__":
    main()
