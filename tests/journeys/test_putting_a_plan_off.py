"""Whoever does not want a plan now is let go of, and none of that is a line of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safety_plans.editing import plan_of
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

LATER = (
    "i dont want this",
    "I don't want to do this",
    "ask me later",
    "ask me l8r pls",
    "not now",
    "later",
    "maybe later",
)


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


def lines(robin: Sms) -> list[str]:
    plan = robin.handrail.record(
        lambda unit: plan_of(unit.plans, unit.people.find_by_phone(robin.number))
    )
    return [line.words for line in (*plan.all_lines, *plan.held)]


@pytest.mark.parametrize("later", LATER)
def test_it_turns_the_offer_of_a_plan_down(sms: Sms, later: str) -> None:
    sms.young_person_says("make a plan")
    heard_by(sms)
    sms.young_person_says(later)

    assert heard_by(sms) == ["plan.maybe_later"]
    assert lines(sms) == []


@pytest.mark.parametrize("later", LATER)
@pytest.mark.parametrize("before", [(), ("loud music",)])
def test_it_rests_a_plan_that_was_begun(
    sms: Sms, before: tuple[str, ...], later: str
) -> None:
    for said in ("make a plan", "yes", *before):
        sms.young_person_says(said)
    heard_by(sms)
    sms.young_person_says(later)

    assert heard_by(sms) == ["plan.paused"]
    assert lines(sms) == list(before)


@pytest.mark.parametrize("stop", ["nah stop", "cba with this"])
def test_in_the_day_after_crisis_words_it_rests_the_plan_too(
    sms: Sms, stop: str
) -> None:
    for said in ("make a plan", "yes", "i want to die", "im safe", "loud music"):
        sms.young_person_says(said)
    heard_by(sms)
    sms.young_person_says(stop)

    assert heard_by(sms)[0] == "plan.paused"
    assert lines(sms) == ["loud music"]


@pytest.mark.parametrize(
    "line", ["ring nan later", "not now but a walk at six", "think of another day"]
)
def test_a_line_with_the_same_words_in_it_stays_a_line(sms: Sms, line: str) -> None:
    for said in ("make a plan", "yes", line):
        sms.young_person_says(said)

    assert heard_by(sms)[-1] == "plan.check"
    assert lines(sms) == [line]
