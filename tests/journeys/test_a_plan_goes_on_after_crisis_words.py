"""In the day after crisis words an answer to the plan's question is for the plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from safety_plans.editing import plan_of
from safety_plans.plan import SafetyPlan, SectionId
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
    """Someone whose line was read back, some messages after crisis words."""
    for said in ("make a plan", "yes", "i want to die", "im safe", "music", "tea"):
        sms.young_person_says(said)
    assert heard_by(sms)[0] == "plan.check"
    return sms


@pytest.mark.parametrize("yes", ["ok", "yes", "okay", "1", "yh"])
def test_a_yes_to_a_read_back_is_the_way_to_the_next_part(robin: Sms, yes: str) -> None:
    robin.young_person_says(yes)

    assert heard_by(robin)[0] == "plan.ask_making_safer"
    assert "escalation.offer_stays" not in heard_by(robin)


@pytest.mark.parametrize(
    ("said", "answered"),
    [("im fine", "ok_for_now"), ("leave it", "offer_stays"), ("im ok", "ok_for_now")],
)
def test_whoever_is_fine_is_answered_as_such(
    robin: Sms, said: str, answered: str
) -> None:
    robin.young_person_says(said)

    assert heard_by(robin)[0] == f"escalation.{answered}"


def lines_of(robin: Sms, section: SectionId) -> list[str]:
    def read(unit):  # type: ignore[no-untyped-def]
        return plan_of(unit.plans, unit.people.find_by_phone(robin.number))

    found: SafetyPlan = robin.handrail.record(read)
    return [line.words for line in found.lines(section)]


@pytest.mark.parametrize("told", ["i cut myself last night", "my stepdad hits me"])
def test_what_happened_to_them_is_never_offered_as_a_line(sms: Sms, told: str) -> None:
    for said in ("make a plan", "yes", told, "no im safe now"):
        sms.young_person_says(said)

    assert heard_by(sms) == ["escalation.glad_safe_plan", "plan.ask_getting_through"]


def test_ring_999_is_kept_where_it_was_asked_who_to_ring(sms: Sms) -> None:
    for said in ("make a plan", "yes", *["skip"] * 6):
        sms.young_person_says(said)
    sms.was_sent("plan.ask_emergency_support")
    sms.young_person_says("ring 999")
    sms.was_sent("escalation.emergency_now")
    for said in ("im safe now", "carry on"):
        sms.young_person_says(said)
    sms.was_sent("plan.held")
    sms.young_person_says("yes")

    assert lines_of(sms, SectionId.EMERGENCY_SUPPORT) == ["ring 999"]
