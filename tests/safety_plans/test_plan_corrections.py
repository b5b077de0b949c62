"""What is said to put a line right changes that line, and is none itself."""

import pytest
from texting import Texting


def told(*lines: str) -> Texting:
    """Someone whose first answer was just read back."""
    robin = Texting().starts().says("yes", *lines)
    assert robin.keys == ["plan.check"]
    return robin


@pytest.mark.parametrize(
    "said",
    [
        "no its drums",
        "No, it's drums",
        "wait its drums",
        "i meant drums",
        "sorry i meant to put drums",
        "change music to drums",
        "can u swap music for drums",
        "not music, drums",
        "not music its drums",
    ],
)
def test_a_line_that_is_put_right_is_read_back_as_it_is_now(said: str) -> None:
    robin = told("music").says(said)

    assert robin.keys == ["plan.check"]
    assert robin.words_in_plan() == ["drums"]
    robin.says("undo")
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "said", ["wait remove that", "take that out", "no delete it pls", "scrap that one"]
)
def test_what_was_just_said_is_taken_back(said: str) -> None:
    robin = told("music").says(said)

    assert robin.keys == ["plan.undone", "plan.ask_getting_through"]
    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("delete music", ["drums"]),
        ("remove the music", ["drums"]),
        ("delete the first one", ["drums"]),
        ("take out the last one", ["music"]),
        ("i meant drumming", ["music", "drumming"]),
    ],
)
def test_one_of_several_lines_is_found_by_its_words_or_its_place(
    said: str, left: list[str]
) -> None:
    assert told("music, drums").says(said).words_in_plan() == left


@pytest.mark.parametrize(
    "said", ["no wait", "hang on", "i meant guitar", "delete the fourth one"]
)
def test_what_names_no_line_is_asked_about_and_changes_nothing(said: str) -> None:
    robin = told("music, drums").says(said)

    assert robin.keys == ["plan.put_right", "plan.check"]
    assert robin.words_in_plan() == ["music", "drums"]


@pytest.mark.parametrize("said", ["n/a", ".", "...", "nah nothing", "-", "nothing rly"])
def test_nothing_is_no_line(said: str) -> None:
    assert Texting().starts().says("yes", said).words_in_plan() == []
    assert told("music").says(said).words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "said", ["yes next", "yeah next", "yep all good", "no its fine", "looks good"]
)
def test_a_yes_in_other_words_goes_on(said: str) -> None:
    robin = told("music").says(said)

    assert robin.keys == ["plan.ask_making_safer"]
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "line",
    [
        "delete instagram",
        "its my dog",
        "not my mum, she makes it worse",
        "take my dog out",
        "change my shirt to something soft",
        "🎸",
    ],
)
def test_what_only_looks_like_a_correction_stays_a_line(line: str) -> None:
    assert told("music").says(line).words_in_plan()[0] == "music"
    assert len(told("music").says(line).words_in_plan()) > 1


@pytest.mark.parametrize("said", ["delete 2.1", "delete 1.2", "delete 1.2 pls"])
def test_every_line_is_taken_out_by_its_number(said: str) -> None:
    robin = told("music, tea")
    if said == "delete 2.1":
        robin.says("yes", "my nan's", "delete 2.1")
        assert robin.words_in_plan() == ["music", "tea"]
    else:
        robin.says(said)
        assert robin.words_in_plan() == ["music"]
    assert robin.keys[0] == "plan.line_removed"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("take gym out", ["my dog"]),
        ("not gym", ["my dog"]),
        ("wait dont put the gym", ["my dog"]),
        ("actually dont put gym", ["my dog"]),
        ("i dont want gym in it", ["my dog"]),
        ("nvm the last thing", ["my dog"]),
        ("ignore the last one", ["my dog"]),
        ("nvm dog", ["the gym"]),
        ("no not the gym it makes it worse", ["my dog"]),
        ("1.2 should say swimming", ["my dog", "swimming"]),
        ("1.2 should be swimming", ["my dog", "swimming"]),
    ],
)
def test_a_line_is_found_without_its_small_words(said: str, left: list[str]) -> None:
    assert told("my dog, the gym").says(said).words_in_plan() == left


@pytest.mark.parametrize(
    "said", ["i did it wrong", "i put it wrong", "thats wrong", "oops wrong"]
)
def test_wrong_alone_is_asked_about(said: str) -> None:
    robin = told("singin").says(said)

    assert robin.keys == ["plan.put_right", "plan.check"]
    assert robin.says("i meen swimming").words_in_plan() == ["swimming"]


@pytest.mark.parametrize("said", ["wait dont put nan", "actually dont put gran"])
def test_what_is_to_stay_out_and_is_not_there_is_no_line(said: str) -> None:
    robin = told("my dog, the gym").says(said)

    assert robin.keys == ["plan.put_right", "plan.check"]
    assert robin.words_in_plan() == ["my dog", "the gym"]


def test_a_name_inside_a_line_is_asked_about_and_is_no_line() -> None:
    robin = told("jess, mum sometimes, not dad").says("take mum out")

    assert robin.keys == ["plan.put_right", "plan.check"]
    assert robin.words_in_plan() == ["jess, mum sometimes, not dad"]
    assert robin.says("i meant 2 say jess").words_in_plan() == ["jess"]


def test_words_inside_a_line_are_changed_where_they_stand() -> None:
    robin = told("slow breaths with cold water on my wrists. then text Amy").says(
        'Actually can you change "cold water on my wrists" to "ice in a towel"'
    )

    assert robin.words_in_plan() == ["slow breaths with ice in a towel. then text Amy"]


def test_one_word_inside_a_line_is_changed_if_it_stands_there_once() -> None:
    robin = told("xbox with my bro but hes away so discord")

    assert robin.says("change discord to facetime").words_in_plan() == [
        "xbox with my bro but hes away so facetime"
    ]


@pytest.mark.parametrize(
    "line", ["dont put myself down", "dont put up with it", "forget him", "ignore him"]
)
def test_what_to_leave_out_of_life_is_a_line_too(line: str) -> None:
    assert line in told("music").says(line).words_in_plan()
