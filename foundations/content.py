"""Content in YAML, read with libyaml where PyYAML has it: ten times as fast."""

from pathlib import Path
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Read a file of plain values; yaml.YAMLError when it holds anything else."""
    return from_yaml(path.read_text(encoding="utf-8"))


def from_yaml(text: str) -> Any:
    """Read plain values from text; yaml.YAMLError when there are none."""
    return yaml.load(text, _LOADER)  # noqa: S506 (a safe loader, whichever it is)
