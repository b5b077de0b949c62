"""python -m escalation, as a reviewer runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "escalation", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_lines_go_in_and_routes_come_out() -> None:
    lines = [
        {"id": 1, "text": "i want to die"},
        {"id": "b", "text": "die", "recent": ["i want to"]},
        {"id": 3, "text": "die", "recent": [{"text": "i want to", "age_s": 90_000}]},
        {"id": 4, "text": "hello"},
    ]
    done = run(given="\n".join(map(json.dumps, lines)))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == [1, "b", 3, 4]
    assert [one["route"] for one in found] == ["suicide", "suicide", "none", "none"]
    assert found[0]["reasons"]
    assert done.returncode == 0


def test_a_bad_line_is_reported_and_the_rest_still_answered() -> None:
    done = run(given='not json\n{"id": 2, "text": "canaryphrase"}\n{"id": 3}\n[]\n')
    assert len(done.stdout.splitlines()) == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "line 1",
        "line 3",
        "line 4",
    ]
    assert "canaryphrase" not in done.stderr
    assert done.returncode == 1


def test_explain_shows_what_was_read_and_what_matched() -> None:
    done = run("--explain", "i want to d1e")
    assert "die" in done.stdout
    assert "suicide.wish_to_die" in done.stdout
    assert "(suicide/wish_to_die.yml)" in done.stdout


def test_coverage_holds_and_counts_every_route() -> None:
    done = run("--coverage")
    assert done.returncode == 0, done.stdout
    assert "suicide:" in done.stdout
    assert "    goodbyes: " in done.stdout


def test_themes_are_told_as_the_page_tells_them() -> None:
    done = run("--themes")
    assert done.returncode == 0
    assert "| `suicide` | `goodbyes` | Goodbye, thanks, sorry" in done.stdout


def test_scoring_gives_rates_and_shows_no_text(tmp_path: Path) -> None:
    labelled = tmp_path / "set.jsonl"
    rows = [
        {"id": 1, "text": "i want to die", "group": "explicit", "expect": "suicide"},
        {"id": 2, "text": "hello canary", "group": "everyday", "expect": "none"},
    ]
    labelled.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = run("--score", str(labelled))
    assert "explicit" in done.stdout
    assert "100.0%" in done.stdout
    assert "canary" not in done.stdout


def test_each_pattern_says_what_it_finds_and_flags_and_shows_no_text(
    tmp_path: Path,
) -> None:
    labelled = tmp_path / "author" / "set.jsonl"
    labelled.parent.mkdir()
    rows = [
        {"text": "canary i want to kill myself", "expect": "suicide"},
        {"text": "he wants to kill himself canary", "expect": "none"},
    ]
    labelled.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said = run("--patterns", str(labelled)).stdout.splitlines()
    counted = {row[23:].strip(): row[:23].split() for row in said[1:]}
    assert counted["suicide.end_own_life: {kill_self_sure}"] == ["1", "1", "0"]
    assert any(int(flagged) for _, _, flagged in counted.values())
    assert "canary" not in "".join(said)


def test_a_pattern_that_has_to_stand_in_two_places_counts_for_nothing_in_one(
    tmp_path: Path,
) -> None:
    labelled = tmp_path / "author" / "set.jsonl"
    labelled.parent.mkdir()
    one = "my brother just stays in his room"
    two = "my brother wont leave the house and hes drinking every night"
    rows = [
        {"text": one, "expect": "none"},
        {"text": two, "expect": "concern_for_other"},
    ]
    labelled.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said = run("--patterns", str(labelled)).stdout
    signs = [row.split() for row in said.splitlines() if "quiet_signs:" in row]
    assert any(row[1] == "1" for row in signs)
    assert all(row[2] == "0" for row in signs)
