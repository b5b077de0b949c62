"""Every line has a number, and by it can be changed, moved, taken out, and put back."""

from datetime import UTC, datetime

import pytest
from kept_in_memory import KeptInMemory
from plan_services import ROBIN
from texting import WORDS, Texting

from bot.turns.safety_plan import plan_words
from bot.turns.safety_plan_editing import edited
from foundations.gsm7 import segments
from foundations.saying import Channel
from safety_plans import editing
from safety_plans.plan import SectionId

NIGHT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CALM, GAMES = SectionId.LIFT_OR_CALM, SectionId.DISTRACTIONS


@pytest.fixture
def history() -> KeptInMemory:
    kept = KeptInMemory()
    editing.add_lines(kept, ROBIN, CALM, ["tea", "my hoodie", "music"], now=NIGHT)
    editing.add_lines(kept, ROBIN, GAMES, ["minecraft"], now=NIGHT)
    return kept


def words(history: KeptInMemory, section: SectionId = CALM) -> list[str]:
    return [line.words for line in history.plan(ROBIN).lines(section)]


def text(history: KeptInMemory, asked: str) -> str | None:
    says = edited(asked, history, ROBIN, now=NIGHT)
    return says[0].key if says else None


def test_plan_with_a_number_shows_the_number_of_every_line(
    history: KeptInMemory,
) -> None:
    (say,) = plan_words("PLAN 3", history.plan(ROBIN), Channel.SMS)

    assert say.values["lines"] == "3.1 tea\n3.2 my hoodie\n3.3 music"


@pytest.mark.parametrize(
    "asked",
    [
        "change 3.2 to my red hoodie",
        "CHANGE 3.2 TO my red hoodie",
        "edit line 3.2 to my red hoodie ",
    ],
)
def test_a_line_is_changed_to_exactly_these_words(
    history: KeptInMemory, asked: str
) -> None:
    assert text(history, asked) == "plan.line_changed"
    assert words(history) == ["tea", "my red hoodie", "music"]


@pytest.mark.parametrize("asked", ["delete 3.1", "Remove 3.1.", "take out 3.1"])
def test_a_line_is_taken_out_and_undo_puts_it_back(
    history: KeptInMemory, asked: str
) -> None:
    assert text(history, asked) == "plan.line_removed"
    assert words(history) == ["my hoodie", "music"]

    assert text(history, "UNDO") == "plan.undone"
    assert words(history) == ["tea", "my hoodie", "music"]


@pytest.mark.parametrize(
    ("asked", "after"),
    [
        ("move 3.3 up", ["tea", "music", "my hoodie"]),
        ("move 3.1 down", ["my hoodie", "tea", "music"]),
        ("move 3.3 to the top", ["music", "tea", "my hoodie"]),
        ("move 3.1 to the bottom", ["my hoodie", "music", "tea"]),
        ("move 3.1 to 3.2", ["my hoodie", "tea", "music"]),
    ],
)
def test_a_line_moves_within_its_part(
    history: KeptInMemory, asked: str, after: list[str]
) -> None:
    assert text(history, asked) == "plan.line_moved"
    assert words(history) == after


def test_a_line_moves_to_another_part(history: KeptInMemory) -> None:
    assert text(history, "move 3.3 to 4") == "plan.line_moved"

    assert words(history) == ["tea", "my hoodie"]
    assert words(history, GAMES) == ["minecraft", "music"]


def test_a_plan_takes_the_name_a_person_gives_it(history: KeptInMemory) -> None:
    assert text(history, "call my plan Bad Day Map") == "plan.renamed"
    assert history.plan(ROBIN).name == "Bad Day Map"


@pytest.mark.parametrize(
    "asked", ["delete 3.9", "change 0.1 to tea", "move 3.1 to 0", "delete 8.1"]
)
def test_a_number_that_is_no_line_changes_nothing(
    history: KeptInMemory, asked: str
) -> None:
    before = history.plan(ROBIN)

    assert text(history, asked) == "plan.no_such_line"
    assert history.plan(ROBIN) == before


@pytest.mark.parametrize("said", ["tea", "I want to change", "delete my data", "4.1"])
def test_other_talk_is_no_edit(history: KeptInMemory, said: str) -> None:
    assert text(history, said) is None


def test_an_edit_in_the_middle_of_building_is_done_and_the_question_comes_again() -> (
    None
):
    robin = Texting().starts().says("yes", "musik", "yes", "change 1.1 to music")

    assert robin.keys == ["plan.line_changed", "plan.ask_making_safer"]
    assert robin.words_in_plan() == ["music"]


def test_what_was_written_in_an_edit_is_not_said_back(history: KeptInMemory) -> None:
    says = edited("change 3.1 to hide the tablets", history, ROBIN, now=NIGHT)

    assert says is not None
    reply = WORDS.render(says[0], Channel.SMS)
    assert "tablets" not in reply.text
    assert segments(reply.text) == 1
