"""In the middle of a plan, with Rasa away: every message has an answer that fits it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue)
    yield running
    stop(running)


def says(robin: Sms | WebChat, *texts: str) -> list[str]:
    """Send texts one by one; give what the last one brought."""
    for text in texts:
        robin.young_person_says(text)
    return heard_by(robin)


@pytest.mark.parametrize("door", ["sms", "web"])
def test_a_line_with_a_two_in_its_number_is_taken_out(
    request: pytest.FixtureRequest, door: str
) -> None:
    robin = request.getfixturevalue(door)
    says(robin, "make a plan", "yes", "music, tea")

    assert says(robin, "delete 1.2") == ["plan.line_removed", "plan.check"]
    assert says(robin, "yes", "my nan's", "delete 2.1")[0] == "plan.line_removed"


@pytest.mark.parametrize("door", ["sms", "web"])
def test_a_choice_typed_in_its_own_words_is_that_choice(
    request: pytest.FixtureRequest, door: str
) -> None:
    robin = request.getfixturevalue(door)
    assert says(robin, "make a plan", "Yes, start") == ["plan.ask_getting_through"]
    assert says(robin, "music", "YES NEXT")[-1] == "plan.ask_making_safer"
    assert says(robin, "back", "tea", "take it back!")[0] == "plan.undone"


def test_what_is_held_is_shown_when_it_is_asked_about(sms: Sms) -> None:
    says(sms, "make a plan", "drawing my cat", "yes")

    asked = sms.was_sent("plan.held")
    assert "drawing my cat" in asked
    assert "part 1" in asked
