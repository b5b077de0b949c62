"""What is asked of the assistant every day is not taken for a crisis.

The examples its understanding learns from are texts nobody wrote for the screen.
"""

from pathlib import Path

import yaml

from escalation import Route, screen

BOT_DATA = Path(__file__).parents[2] / "bot" / "data"
# Meanings whose examples may rightly lead to crisis words as well.
MAY_BE_BOTH = {
    "bereaved_by_suicide",
    "coming_out_and_family",
    "faith_and_family",
    "having_a_hard_time",
    "in_care",
    "lonely",
    "not_that_bad",
    "online_harm",
    "school_college_work",
    "worried_about_friend",
}
MOST_FLAGGED = 0.002


def examples() -> list[tuple[str, str]]:
    return [
        (entry["intent"], line.removeprefix("- ").strip())
        for file in sorted(BOT_DATA.rglob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu") or ()
        if "intent" in entry and entry["intent"] not in MAY_BE_BOTH
        for line in entry["examples"].splitlines()
        if line.strip()
    ]


def test_what_is_asked_of_the_assistant_is_left_alone() -> None:
    asked = examples()
    flagged = [one for one in asked if screen(one[1]).route is not Route.NONE]
    assert len(asked) > 4_000
    assert len(flagged) / len(asked) <= MOST_FLAGGED, flagged
