"""What is no answer becomes no line of a plan: mash, laughs, words on the questions."""

import pytest
from texting import Texting

from bot.turns.known_words import plain
from bot.turns.safety_plan_talk import is_mash
from safety_plans.plan import SectionId

MASH = (
    "asdfgh",
    "jsjsjsjs",
    "sdfsdf",
    "Jfkdlsj",
    "qwerty",
    "poiuy",
    "aaaaaa",
    "ASDF ghjk",
)
CALLED_SO = (
    "Rhys", "Bryn", "Ng", "Xiao", "Siobhan", "Nguyen", "frnds", "grndma", "CBBC", "ps5",
    "CAMHS", "flask", "salad", "power", "rewatch it", "skl", "spaghetti", "0000",
    "asdf movies", "Gladys", "mcr n mcdlts", "zumba", "jazz",
)  # fmt: skip
"""Names, games, slang and short spellings: what nobody has heard of is no mash."""


def in_section(section: SectionId) -> Texting:
    robin = Texting().starts().says("yes")
    while robin.plan.open_section is not section:
        robin.says("skip")
    return robin


@pytest.mark.parametrize("typed", MASH)
@pytest.mark.parametrize(
    "section", [SectionId.MAKING_SAFER, SectionId.PEOPLE_TO_TALK_TO]
)
def test_keys_pressed_by_chance_are_asked_about_and_never_a_line_unasked(
    section: SectionId, typed: str
) -> None:
    robin = in_section(section)
    robin.says(typed)

    assert robin.keys == ["plan.unread", "plan.held"]
    assert not robin.plan.all_lines
    robin.says("yes")
    assert [line.words for line in robin.plan.lines(section)] == [typed]


def test_keys_pressed_by_chance_before_the_plan_is_begun_are_not_kept() -> None:
    robin = Texting().starts()
    for typed in ("asdfgh", "lol"):
        robin.says(typed)

        assert robin.keys == ["plan.yes_or_no", "plan.permission_again"]
    assert robin.says("yes").keys == ["plan.ask_getting_through"]


@pytest.mark.parametrize("typed", CALLED_SO)
def test_what_nobody_has_heard_of_is_no_mash(typed: str) -> None:
    assert not is_mash(plain(typed))


@pytest.mark.parametrize("typed", ["lol", "haha", "blah blah"])
def test_a_laugh_is_no_line_anywhere_and_a_game_of_that_name_is(typed: str) -> None:
    robin = in_section(SectionId.DISTRACTIONS)

    assert robin.says(typed).keys == ["plan.not_an_answer", "plan.ask_distractions"]
    assert robin.says("wow").keys == ["plan.check"]


@pytest.mark.parametrize("typed", ["?", "???", " ?! "])
def test_a_bare_question_mark_brings_the_question_again(typed: str) -> None:
    robin = in_section(SectionId.DISTRACTIONS)

    assert robin.says(typed).keys == ["plan.ask_distractions"]


@pytest.mark.parametrize(
    "typed", ["how many more", "how long is this", "are we nearly done?", "how far"]
)
def test_how_much_is_left_is_answered(typed: str) -> None:
    robin = in_section(SectionId.DISTRACTIONS).says(typed)

    assert robin.keys == ["plan.how_far", "plan.ask_distractions"]
    assert "part 4 of 7" in robin.replies[0].text


@pytest.mark.parametrize("typed", ["this is long", "its so boring", "this is annoying"])
def test_a_word_on_the_questions_is_no_line_in_any_part(typed: str) -> None:
    robin = in_section(SectionId.LIFT_OR_CALM).says(typed)

    assert robin.keys == ["plan.fed_up", "plan.ask_lift_or_calm"]
    assert not robin.plan.all_lines


@pytest.mark.parametrize(
    "typed",
    ["im scared to tell anyone", "i feel bad telling people", "nobody would get it"],
)
def test_a_feeling_is_nobodys_name(typed: str) -> None:
    robin = in_section(SectionId.PEOPLE_TO_TALK_TO).says(typed)

    assert robin.keys == ["plan.unsure", "plan.held"]
    assert not robin.plan.all_lines


@pytest.mark.parametrize(
    "line", ["how to train your dragon", "long walks", "it's a game", "this long song"]
)
def test_a_line_that_only_looks_like_it_is_a_line(line: str) -> None:
    robin = in_section(SectionId.DISTRACTIONS)

    assert robin.says(line).keys[0].startswith("plan.check")
