"""In the day after crisis words an answer to the plan's question is for the plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
