"""A line is read back: it is wrong, there is nothing to add, or it is taken out."""

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


@pytest.mark.parametrize(
    "said", ["no wait thats wrong", "nah that's not right", "wait this is wrong"]
)
def test_a_read_back_that_is_wrong_is_no_new_line(sms: Sms, said: str) -> None:
    for before in ("make a plan", "yes", "loud music", said):
        sms.young_person_says(before)

    assert heard_by(sms) == ["plan.put_right", "plan.check"]
    assert "wrong" not in sms.texts[-1]


@pytest.mark.parametrize(
    "said",
    [
        "nah carry on",
        "ffs carry on",
        "nothing else",
        "no more",
        "nope thats all",
        "carry on",
    ],
)
def test_nothing_to_add_to_a_read_back_is_the_way_to_the_next_part(
    sms: Sms, said: str
) -> None:
    for before in ("make a plan", "yes", "loud music", said):
        sms.young_person_says(before)

    assert heard_by(sms) == ["plan.ask_making_safer"]


def test_a_line_that_was_read_back_is_taken_out_by_its_name(sms: Sms) -> None:
    for before in ("make a plan", "yes", "loud music", "no remove loud music"):
        sms.young_person_says(before)

    assert heard_by(sms) == ["plan.undone", "plan.ask_getting_through"]


@pytest.mark.parametrize(
    "said", ["change it to drums", "no swap that for drums", "change it back to drums"]
)
def test_the_line_that_was_read_back_is_changed_by_a_word_for_it(
    sms: Sms, said: str
) -> None:
    for before in ("make a plan", "yes", "loud music", said):
        sms.young_person_says(before)

    assert heard_by(sms)[-1] == "plan.check"
    assert "drums" in sms.texts[-1]
    assert "music" not in sms.texts[-1]
    assert "change" not in sms.texts[-1]


def test_a_word_for_one_of_several_lines_changes_none_of_them(sms: Sms) -> None:
    for before in ("make a plan", "yes", "loud music, my dog", "change it to drums"):
        sms.young_person_says(before)

    assert heard_by(sms) == ["plan.put_right", "plan.check"]
    assert "drums" not in sms.texts[-1]


def test_done_as_it_is_spelt_is_the_way_to_the_next_part(sms: Sms) -> None:
    for before in ("make a plan", "yes", "loud music", "dun"):
        sms.young_person_says(before)

    assert heard_by(sms) == ["plan.ask_making_safer"]


def test_what_to_leave_out_of_life_is_a_line(sms: Sms) -> None:
    for before in ("make a plan", "yes", "loud music", "get rid of my ex's number"):
        sms.young_person_says(before)

    assert heard_by(sms) == ["plan.check"]
    assert "ex's number" in sms.texts[-1]
