"""What the house rules look at: the files of this checkout, and nothing installed."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "bot",
    "channels",
    "escalation",
    "foundations",
    "gateway",
    "handover",
    "runtime",
    "safety_plans",
    "signposting",
    "storage",
    "twilio_stand_in",
)
NOT_OURS = frozenset({"var", "node_modules", "models"})
"""Folders of things that were made here, not written here; hidden ones as well."""
HIDDEN_BUT_OURS = frozenset({".ci", ".github"})
BINARY = frozenset({".png", ".ico", ".woff2", ".gz", ".enc", ".pyc", ".jpg", ".pdf"})


@cache
def files(*suffixes: str, below: str = "") -> tuple[Path, ...]:
    """List written files, by path from the root, with one of the suffixes if given."""
    return tuple(
        sorted(
            path.relative_to(ROOT)
            for path in _walk(ROOT / below)
            if not suffixes or path.suffix in suffixes
        )
    )


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if _is_ours(name)]
        yield from (Path(place) / name for name in names)


def _is_ours(folder: str) -> bool:
    if folder.startswith("."):
        return folder in HIDDEN_BUT_OURS
    return folder not in NOT_OURS and folder != "__pycache__"


def text_files() -> tuple[Path, ...]:
    """List every file that holds text."""
    return tuple(path for path in files() if path.suffix not in BINARY)


def packages() -> tuple[Path, ...]:
    """List the Python files of the service itself, without tests."""
    return tuple(path for path in files(".py") if path.parts[0] in PACKAGES)


@cache
def text(path: Path) -> str:
    """Read a file of the tree."""
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a Python file of the tree."""
    return ast.parse(text(path), str(path))
