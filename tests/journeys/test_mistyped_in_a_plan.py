"""What is mistyped in the middle of a plan is heard as if it were spelt right."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safety_plans.editing import plan_of
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


@pytest.fixture
def robin(sms: Sms) -> Sms:
    """Someone whose first line was just read back."""
    for said in ("make a safety plan", "yes", "loud music"):
        sms.young_person_says(said)
    assert heard_by(sms) == ["plan.check"]
    return sms


def lines(robin: Sms) -> list[str]:
    plan = robin.handrail.record(
        lambda unit: plan_of(unit.plans, unit.people.find_by_phone(robin.number))
    )
    return [line.words for line in plan.all_lines]


@pytest.mark.parametrize(
    ("spelt", "mistyped"),
    [
        ("fuck this", ["fuk this", "fck this", "fcuk dis", "fuk u"]),
        ("what was i doing", ["wat was i doin", "wot was i doing"]),
        ("where was i", ["wher was i"]),
        ("what do i do", ["wot do i do"]),
        ("i dont know what to put", ["idk wat 2 put"]),
        ("i dont know what to put", ["i dont kno what to put"]),
        ("what does that mean", ["wot does dat mean", "waht does that mean"]),
    ],
)
def test_a_slip_is_answered_as_what_it_is_a_slip_of(
    robin: Sms, spelt: str, mistyped: list[str]
) -> None:
    robin.young_person_says(spelt)
    meant = heard_by(robin)
    for slip in mistyped:
        robin.young_person_says("carry on")
        robin.young_person_says(slip)
        assert heard_by(robin)[:-1] == meant[:-1], slip

    assert lines(robin) == ["loud music"]


@pytest.mark.parametrize(
    "wish",
    ["del evrything", "delet evrything", "delte my stuff", "delete everythin pls"],
)
@pytest.mark.parametrize("part", ["getting through", "signs"])
def test_a_mistyped_wish_to_delete_is_asked_about_and_deletes_nothing(
    robin: Sms, wish: str, part: str
) -> None:
    if part == "signs":
        robin.young_person_says("add signs")
    robin.young_person_says(wish)
    assert heard_by(robin) == ["own_data.would_go"]
    assert lines(robin) == ["loud music"]
    robin.young_person_says("no")

    assert heard_by(robin)[0] == "own_data.all_kept"
    assert lines(robin) == ["loud music"]


@pytest.mark.parametrize(
    "line",
    [
        "fuk it i go for a run",
        "delete instagram",
        "del insta",
        "delete his number",
        "clear my room",
        "shut my door",
        "go 2 the park",
        "walk away",
        "can think of my dog",
    ],
)
def test_a_line_that_only_looks_like_one_stays_a_line(robin: Sms, line: str) -> None:
    robin.young_person_says(line)

    assert heard_by(robin) == ["plan.check"]
    assert lines(robin) == ["loud music", line]


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("ok wat part r we on", "plan.how_far"),
        ("which question is this", "plan.how_far"),
        ("lol jk", "plan.not_an_answer"),
    ],
)
def test_what_is_asked_or_laughed_beside_the_plan_is_no_line(
    robin: Sms, said: str, hears: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin) == [hears, "plan.check"]
    assert lines(robin) == ["loud music"]
