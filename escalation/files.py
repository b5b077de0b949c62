"""The screen's own YAML files, read by libyaml where PyYAML has it."""

from pathlib import Path
from typing import Any

import yaml


def read_plain(path: Path) -> Any:
    """Read a YAML file of plain values."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506


def opening(path: Path) -> str:
    """Give the first line of a file, where it says what it holds: a comment."""
    with path.open(encoding="utf-8") as file:
        return file.readline().removeprefix("#").strip()


def read_words(path: Path) -> object:
    """Read a YAML file with every scalar a string: "no", "on" and "off" stay words."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506
