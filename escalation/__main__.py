"""The screen at the command line: JSON lines in and out, and tools for review.

python -m escalation < messages.jsonl        id, route and phrase ids per line
python -m escalation --explain "text"        what was read and which phrase matched
python -m escalation --coverage              phrases without examples, and conflicts
python -m escalation --themes                what each file of phrases holds
python -m escalation --score FILE...         rates per group of labelled texts
python -m escalation --patterns FILE...      what each pattern finds and flags
python -m escalation --bench                 time per text, in milliseconds
"""

import argparse
import sys
from pathlib import Path

from escalation import evidence, themes
from escalation.bench import bench
from escalation.coverage import report
from escalation.lines import BadLine, answer
from escalation.normalise import words
from escalation.scenes import scenes
from escalation.scoring import score, table
from escalation.screening import explain, look_alikes


def main() -> int:
    """Run one of the tools; 0 when all went well, 1 when a line or phrase did not."""
    parser = argparse.ArgumentParser(prog="python -m escalation")
    tool = parser.add_mutually_exclusive_group()
    tool.add_argument("--explain", metavar="TEXT")
    tool.add_argument("--coverage", action="store_true")
    tool.add_argument("--themes", action="store_true")
    tool.add_argument("--score", metavar="FILE", nargs="+", type=Path)
    tool.add_argument("--patterns", metavar="FILE", nargs="+", type=Path)
    tool.add_argument("--bench", action="store_true")
    asked = parser.parse_args()
    if asked.explain is not None:
        return _explain(asked.explain)
    if asked.coverage:
        found = report()
        print(found.text())
        return int(found.broken)
    shown = _shown(asked)
    if shown is None:
        return _lines()
    print(shown)
    return 0


def _shown(asked: argparse.Namespace) -> str | None:
    """Give what one of the tools shows; None when no tool was asked for."""
    if asked.themes:
        return themes.table()
    if asked.score:
        return table(score(asked.score))
    if asked.patterns:
        return evidence.table(evidence.evidence(asked.patterns))
    return bench() if asked.bench else None


def _explain(text: str) -> int:
    row = words(text)
    stood = explain(row).stood
    print("read as:", " ".join("/".join(word) for word in row))
    for label, matches in (("look-alike", look_alikes(row)), ("matched", stood)):
        for one in matches:
            said = " ".join(word[0] for word in row[one.start : one.end])
            where = f"{one.phrase.route.value}/{one.phrase.theme}.yml"
            print(f"{label}: {one.phrase.id}  [{said}]  by  {one.pattern}  ({where})")
    for scene in scenes(row).found:
        said = " ".join(word[0] for word in row[scene.start : scene.end])
        print(f"scene: {scene.kind.value}  [{said}]")
    return 0


def _lines() -> int:
    broken = 0
    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            print(answer(line))
        except BadLine as problem:
            broken = 1
            print(f"line {number}: {problem}", file=sys.stderr)
    return broken


if __name__ == "__main__":
    sys.exit(main())
