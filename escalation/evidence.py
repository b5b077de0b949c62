"""What each pattern is good for: whose labelled texts it finds and what it flags.

A folder of labelled texts is one author's (`dev` and `dev_second` are the same one's).
A pattern earns its place when it finds texts of two authors, or says what a clinician
would insist on; one that flags more than it finds is loose. No text is shown.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from escalation.normalise import words
from escalation.screening import patterns, patterns_that_stand


@dataclass
class Evidence:
    """Counts for one pattern by folder: texts rightly found, and texts flagged."""

    found: Counter[str] = field(default_factory=Counter)
    flagged: Counter[str] = field(default_factory=Counter)


def evidence(paths: Iterable[Path]) -> dict[tuple[str, str], Evidence]:
    """Count, for every pattern of a crisis route, the labelled texts it stands in."""
    counts = {pattern: Evidence() for pattern in patterns()}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            for pattern in patterns_that_stand(words(item["text"])):
                one = counts[pattern]
                side = one.flagged if item["expect"] == "none" else one.found
                side[path.parent.name] += 1
    return counts


def table(counts: dict[tuple[str, str], Evidence]) -> str:
    """Lay the counts out, the loosest first, then those that find the fewest."""

    def order(row: tuple[tuple[str, str], Evidence]) -> tuple[int, int]:
        one = row[1]
        return one.found.total() - 10 * one.flagged.total(), len(one.found)

    rows = [f"{'authors':>7}{'found':>7}{'flagged':>9}  phrase: pattern"]
    for (phrase, pattern), one in sorted(counts.items(), key=order):
        rows.append(
            f"{len(one.found):>7}{one.found.total():>7}{one.flagged.total():>9}"
            f"  {phrase}: {pattern}"
        )
    return "\n".join(rows)
