"""The labelled development texts keep the bars this package is built to."""

from pathlib import Path

import pytest

from escalation.scoring import score

SETS = Path(__file__).parent / "sets" / "dev"
LEAST_FOUND = {
    "explicit": 0.95,
    "implicit": 0.75,
    "evasive": 0.90,
    "harm_from_others": 0.90,
    "concern_for_other": 0.85,
}
MOST_FLAGGED = {"everyday": 0.002, "lookalike": 0.05}


@pytest.fixture(scope="module")
def scores():
    return score(sorted(SETS.glob("*.jsonl")))


@pytest.mark.parametrize(("group", "least"), LEAST_FOUND.items())
def test_a_crisis_is_found_as_often_as_promised(scores, group, least) -> None:
    assert scores[group].any_route / scores[group].texts >= least


@pytest.mark.parametrize(("group", "most"), MOST_FLAGGED.items())
def test_ordinary_texts_are_left_alone(scores, group, most) -> None:
    assert scores[group].any_route / scores[group].texts <= most
