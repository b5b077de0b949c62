"""The labelled development texts keep what has been reached on them.

These portions were tuned on: the bars here stop a step back. What the screen does on
texts it has not met is in docs/escalation.md.
"""

from pathlib import Path

import pytest

from escalation.scoring import score

pytestmark = pytest.mark.slow

SETS = Path(__file__).parent / "sets"
LEAST_FOUND = {
    "dev": {
        "explicit": 0.96,
        "implicit": 0.81,
        "evasive": 0.95,
        "harm_from_others": 0.98,
        "concern_for_other": 0.95,
        "emergency": 0.96,
    },
    "dev_second": {
        "explicit": 0.93,
        "implicit": 0.59,
        "evasive": 0.91,
        "harm_from_others": 0.90,
        "concern_for_other": 0.92,
        "emergency": 0.94,
    },
    "dev_third": {
        "explicit": 0.98,
        "implicit": 0.72,
        "evasive": 0.84,
        "harm_from_others": 0.94,
        "concern_for_other": 0.90,
        "emergency": 0.95,
    },
    "dev_fourth": {
        "evasive": 0.93,
        "implicit": 0.65,
        "explicit": 0.96,
        "harm_from_others": 0.91,
        "concern_for_other": 0.86,
        "emergency": 0.97,
    },
    "dev_fifth": {
        "evasive": 0.93,
        "implicit": 0.90,
        "explicit": 0.96,
        "harm_from_others": 0.97,
        "concern_for_other": 0.97,
        "emergency": 0.97,
    },
    "dev_sixth": {
        "evasive": 0.83,
        "implicit": 0.72,
        "explicit": 0.94,
        "harm_from_others": 0.94,
        "concern_for_other": 0.87,
        "emergency": 0.91,
    },
    "dev_seventh": {
        "evasive": 0.75,
        "implicit": 0.68,
        "explicit": 0.94,
        "harm_from_others": 0.85,
        "concern_for_other": 0.80,
        "emergency": 0.84,
    },
    "dev_eighth": {
        "evasive": 0.72,
        "implicit": 0.45,
        "explicit": 0.95,
        "harm_from_others": 0.84,
        "concern_for_other": 0.82,
        "emergency": 0.71,
    },
    "dev_ninth": {
        "evasive": 0.85,
        "implicit": 0.85,
        "explicit": 0.99,
        "harm_from_others": 0.96,
        "concern_for_other": 0.88,
        "emergency": 0.89,
    },
    "dev_tenth": {
        "evasive": 0.81,
        "implicit": 0.77,
        "explicit": 0.98,
        "harm_from_others": 0.95,
        "concern_for_other": 0.98,
        "emergency": 0.98,
    },
    "dev_eleventh": {
        "evasive": 0.83,
        "implicit": 0.51,
        "explicit": 0.99,
        "harm_from_others": 0.96,
        "concern_for_other": 0.99,
        "emergency": 0.77,
    },
    "dev_twelfth": {
        "evasive": 0.94,
        "implicit": 0.92,
        "explicit": 0.98,
        "harm_from_others": 0.98,
        "concern_for_other": 0.97,
        "emergency": 0.93,
    },
    "dev_thirteenth": {
        "evasive": 0.71,
        "implicit": 0.81,
        "explicit": 0.96,
        "harm_from_others": 0.97,
        "concern_for_other": 0.96,
        "emergency": 0.97,
    },
    "dev_fourteenth": {
        "evasive": 0.94,
        "implicit": 0.97,
        "explicit": 0.99,
        "harm_from_others": 0.99,
        "concern_for_other": 0.99,
        "emergency": 0.99,
    },
    "dev_fifteenth": {
        "evasive": 0.95,
        "implicit": 0.86,
        "explicit": 0.99,
        "harm_from_others": 0.99,
        "concern_for_other": 0.98,
        "emergency": 0.99,
    },
    "dev_sixteenth": {
        "evasive": 0.91,
        "implicit": 0.95,
        "explicit": 0.99,
        "harm_from_others": 0.95,
        "concern_for_other": 0.95,
        "emergency": 0.99,
    },
    "dev_seventeenth": {
        "evasive": 0.83,
        "implicit": 0.73,
        "explicit": 0.99,
        "harm_from_others": 0.96,
        "concern_for_other": 0.93,
        "emergency": 0.97,
    },
    "dev_eighteenth": {
        "evasive": 0.88,
        "implicit": 0.88,
        "explicit": 0.98,
        "harm_from_others": 0.93,
        "concern_for_other": 0.88,
        "emergency": 0.98,
    },
    "dev_nineteenth": {
        "implicit": 0.86,
        "evasive": 0.81,
        "harm_from_others": 0.97,
        "concern_for_other": 0.94,
        "emergency": 0.98,
    },
    "dev_twentieth": {
        "explicit": 0.99,
        "implicit": 0.91,
        "evasive": 0.98,
        "harm_from_others": 0.96,
        "concern_for_other": 0.97,
        "emergency": 0.98,
    },
    "dev_twentyfirst": {
        "explicit": 0.99,
        "implicit": 0.97,
        "evasive": 0.98,
        "harm_from_others": 0.99,
        "concern_for_other": 0.98,
        "emergency": 0.95,
    },
}
MOST_FLAGGED = {
    "dev": {"everyday": 0.001, "lookalike": 0.005},
    "dev_second": {"everyday": 0.001, "lookalike": 0.006},
    "dev_third": {"everyday": 0.0015, "lookalike": 0.01},
    "dev_fourth": {"everyday": 0.002, "lookalike": 0.035},
    "dev_fifth": {"everyday": 0.001, "lookalike": 0.015},
    "dev_sixth": {"everyday": 0.001, "lookalike": 0.025},
    "dev_seventh": {"everyday": 0.001, "lookalike": 0.04},
    "dev_eighth": {"everyday": 0.02, "lookalike": 0.075},
    "dev_ninth": {"everyday": 0.001, "lookalike": 0.035},
    "dev_tenth": {"everyday": 0.001, "lookalike": 0.04},
    "dev_eleventh": {"everyday": 0.01, "lookalike": 0.05},
    "dev_twelfth": {"everyday": 0.002, "lookalike": 0.035},
    "dev_thirteenth": {"everyday": 0.005, "lookalike": 0.01},
    "dev_fourteenth": {"everyday": 0.035, "lookalike": 0.012},
    "dev_fifteenth": {"everyday": 0.038, "lookalike": 0.08},
    "dev_sixteenth": {"everyday": 0.015, "lookalike": 0.135},
    "dev_seventeenth": {"everyday": 0.012, "lookalike": 0.07},
    "dev_eighteenth": {"everyday": 0.005, "lookalike": 0.025},
    "dev_nineteenth": {"everyday": 0.001, "lookalike": 0.035},
    "dev_twentieth": {"everyday": 0.025, "lookalike": 0.125},
    "dev_twentyfirst": {"everyday": 0.001, "lookalike": 0.08},
}


@pytest.fixture(scope="module", params=list(LEAST_FOUND))
def portion(request: pytest.FixtureRequest):
    paths = sorted((SETS / request.param).glob("*.jsonl"))
    return request.param, score(paths)


def test_a_crisis_is_found_as_often_as_promised(portion) -> None:
    name, scores = portion
    for group, least in LEAST_FOUND[name].items():
        found = scores[group].any_route / scores[group].texts
        assert found >= least, f"{name}: {group}: {found:.1%}"


def test_ordinary_texts_are_left_alone(portion) -> None:
    name, scores = portion
    for group, most in MOST_FLAGGED[name].items():
        flagged = scores[group].any_route / scores[group].texts
        assert flagged <= most, f"{name}: {group}: {flagged:.1%}"
