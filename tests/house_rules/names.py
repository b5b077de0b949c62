"""The names that a Python file gives to things, and what it writes to its log."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house_rules.tree import parsed

LOGGING = frozenset({"debug", "info", "warning", "error", "exception", "critical"})


@dataclass(frozen=True)
class Found:
    """Something with a place, as `file:line`."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def names_given(path: Path) -> Iterator[Found]:
    """Give every name defined here: of functions, classes, arguments and values."""
    for node in ast.walk(parsed(path)):
        for name in _given_by(node):
            yield Found(path, getattr(node, "lineno", 1), name)


def _given_by(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
        case ast.ClassDef(name=name):
            return [name]
        case ast.arg(arg=name):
            return [name]
        case ast.Name(id=name, ctx=ast.Store()):
            return [name]
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return [name]
        case ast.alias(asname=str(name)):
            return [name]
        case _:
            return []


def log_texts(path: Path) -> Iterator[Found]:
    """Give every fixed text that goes to a log."""
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Name(id="log" | "logger" | "logging"), attr=attr
                ),
                args=[ast.Constant(value=str(said)), *_],
            ) if attr in LOGGING:
                yield Found(path, node.lineno, said)
            case _:
                pass


def parts(name: str) -> str:
    """Write a name as words between underscores: `RiskScore2` is `_risk_score2_`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return f"_{re.sub(r'[^0-9a-z]+', '_', spaced.lower()).strip('_')}_"


def classes(path: Path) -> Iterator[Found]:
    """Give every class defined here."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef):
            yield Found(path, node.lineno, node.name)
