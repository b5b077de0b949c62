"""In the middle of a plan, with Rasa away: every message has an answer that fits it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gateway.commands import Command, CommandStep, CommandWords
from gateway.turn import Answer
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


def test_a_command_with_nothing_to_say_leaves_the_message_to_the_next_step() -> None:
    async def says_nothing(_: Any) -> Answer:
        return Answer(())

    turn: Any = SimpleNamespace(text="PLAN", plan_open=False)
    step = CommandStep(CommandWords.load(), {Command.PLAN: says_nothing})

    assert asyncio.run(step(turn)) is None


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


FINISHED = ("music", "yes", *["skip"] * 7)


@pytest.mark.parametrize("door", ["sms", "web"])
@pytest.mark.parametrize("said", ["my cat", "the radio, tea"])
def test_what_a_finished_plan_lacks_is_taken_where_it_was_asked_for(
    request: pytest.FixtureRequest, door: str, said: str
) -> None:
    robin = request.getfixturevalue(door)
    assert says(robin, "make a plan", "yes", *FINISHED)[-1].startswith("plan.gap_")

    assert says(robin, said) == ["plan.check"]
    assert said.split(",")[0] in robin.was_sent("plan.check")


@pytest.mark.parametrize("said", ["feeling sad", "lol", "who is open", "i hate this"])
def test_other_words_than_a_line_are_none_of_a_finished_plan(
    sms: Sms, said: str
) -> None:
    says(sms, "make a plan", "yes", *FINISHED)

    assert "plan.check" not in says(sms, said)


@pytest.mark.parametrize(
    "said", ["picture", "save as pdf", "print", "can i print it", "download"]
)
def test_a_plan_is_printed_and_saved_from_its_page(
    sms: Sms, web: WebChat, said: str
) -> None:
    assert "plan.page_link" in says(sms, said)
    assert says(web, said) == ["plan.page_button"]


@pytest.mark.parametrize("said", ["print", "pdf", "download"])
def test_a_word_for_a_file_is_no_line_while_a_plan_is_made(sms: Sms, said: str) -> None:
    assert says(sms, "make a plan", "yes", said) == ["plan.page_link"]


def test_a_picture_is_a_line_while_a_plan_is_made(sms: Sms) -> None:
    assert says(sms, "make a plan", "yes", "picture") == ["plan.check"]


@pytest.mark.parametrize("door", ["sms", "web"])
def test_a_part_is_emptied_after_a_yes_and_put_back_by_undo(
    request: pytest.FixtureRequest, door: str
) -> None:
    robin = request.getfixturevalue(door)
    says(robin, "make a plan", "yes", "music, tea", "yes", "pause")
    assert says(robin, "delete part 1") == ["plan.clear_part"]
    says(robin, "no")
    assert says(robin, "delete part 1", "yes") == ["plan.part_cleared"]
    assert says(robin, "PLAN 1") == ["plan.empty"]
    assert says(robin, "undo") == ["plan.undone"]
    says(robin, "PLAN 1")

    assert "1.1 music\n1.2 tea" in robin.was_sent("plan.part")


def test_a_part_with_nothing_in_it_needs_no_emptying(sms: Sms) -> None:
    says(sms, "make a plan", "yes", "music", "yes", "pause")

    assert says(sms, "delete part 3") == ["plan.part_empty"]
