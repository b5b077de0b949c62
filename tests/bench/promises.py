"""What is promised of live use, what was found, and whether it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Promise:
    """One line of the table; `found` is in the same words as the promise."""

    what: str
    promised: str
    found: str
    is_kept: bool


def table(promises: Sequence[Promise]) -> str:
    """Write promises as a table."""
    head = "| what | promised | found | |\n|---|---|---|---|"
    return "\n".join([head, *map(_line, promises)])


def percentile(values: Sequence[float], which: int) -> float:
    """Give a percentile of at least two values."""
    return quantiles(values, n=100, method="inclusive")[which - 1]


def spread(values: Sequence[float], unit: str, digits: int = 0) -> str:
    """Say the middle, the 95th and 99th percentile, and how many there were."""
    p50, p95, p99 = (percentile(values, which) for which in (50, 95, 99))
    return (
        f"p50 {p50:.{digits}f}, p95 {p95:.{digits}f}, p99 {p99:.{digits}f} {unit} "
        f"({len(values)})"
    )


def _line(promise: Promise) -> str:
    kept = "kept" if promise.is_kept else "**not kept**"
    return f"| {promise.what} | {promise.promised} | {promise.found} | {kept} |"
