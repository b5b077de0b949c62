"""Score labelled texts: how many of each group take a right route; no text is shown."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from escalation.lines import read_recent
from escalation.routes import Route
from escalation.screening import screen


@dataclass
class Score:
    """Counts for one group of labelled texts."""

    texts: int = 0
    any_route: int = 0
    right_route: int = 0
    routes: Counter[str] = field(default_factory=Counter)

    def add(self, expected: str, found: Route) -> None:
        """Count one text; `any_crisis` is right with any route but none."""
        self.texts += 1
        self.any_route += found is not Route.NONE
        right = {"any_crisis": found is not Route.NONE}
        self.right_route += right.get(expected, found.value == expected)
        self.routes[found.value] += 1


def score(paths: Iterable[Path]) -> dict[str, Score]:
    """Score every line of the files by group, and look-alikes by kind as well."""
    scores: dict[str, Score] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                _add(json.loads(line), scores)
    return scores


def _add(item: dict[str, object], scores: dict[str, Score]) -> None:
    found = screen(str(item["text"]), read_recent(item.get("recent", []))).route
    names = [str(item["group"])]
    if kind := item.get("kind"):
        names.append(f"{names[0]}/{kind}")
    for name in names:
        scores.setdefault(name, Score()).add(str(item["expect"]), found)


def table(scores: dict[str, Score]) -> str:
    """Lay the scores out as rows: group, texts, any crisis route, right route."""
    rows = [f"{'group':34}{'texts':>7}{'any route':>11}{'right':>8}"]
    for name in sorted(scores):
        one = scores[name]
        rows.append(
            f"{name:34}{one.texts:>7}{one.any_route / one.texts:>11.1%}"
            f"{one.right_route / one.texts:>8.1%}"
        )
    return "\n".join(rows)
