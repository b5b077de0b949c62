"""Whoever is fed up with the questions, or asks one, is answered in one breath."""

import pytest
from texting import Texting

from safety_plans.plan import SectionId, Stage


def asked(part: str) -> Texting:
    """Someone who is asked for a part's first line."""
    robin = Texting().starts().says("yes")
    while robin.keys != [f"plan.ask_{part}"]:
        robin.says("skip")
        robin.replies = robin.replies[-1:]
    return robin


PARTS = ("getting_through", "making_safer", "people_to_support", "emergency_support")
SWEARS = (
    "fuk this",
    "ffs",
    "fuck off",
    "this is shit",
    "this is stupid",
    "omg this is so boring",
    "its pointless",
    "i hate this",
    "this isnt helping",
    "this doesnt even help",
    "too many questions",
    "u r useless",
    "idc",
    "whatever",
    "im bored of this",
    "so stupid",
    "boring",
    "wtf",
)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("said", SWEARS)
def test_whoever_is_fed_up_hears_one_kind_sentence_and_one_question(
    part: str, said: str
) -> None:
    robin = asked(part).says(said)

    assert robin.keys == ["plan.fed_up", f"plan.ask_{part}"]
    assert "PAUSE" in robin.replies[0].text
    assert "?" not in robin.replies[0].text
    assert robin.words_in_plan() == []
    assert robin.plan.held == ()


@pytest.mark.parametrize("said", ["fuk this", "ffs", "this is stupid", "boring"])
def test_to_whom_a_plan_is_offered_that_is_a_no(said: str) -> None:
    robin = Texting().starts().says(said)

    assert robin.keys == ["plan.maybe_later"]


@pytest.mark.parametrize("said", ["fuk this", "this is stupid"])
def test_what_was_kept_is_read_back_after_it_and_nothing_is_lost(said: str) -> None:
    robin = Texting().starts().says("yes", "music", said)

    assert robin.keys == ["plan.fed_up", "plan.check"]
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "line",
    ["boring films", "this is me by keala", "stupid videos", "swear into a pillow"],
)
def test_what_only_sounds_like_it_is_a_line(line: str) -> None:
    assert asked("distractions").says(line).words_in_plan() == [line]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("is anyone coming", "plan.nobody_comes"),
        ("are u sending someone to my house", "plan.nobody_comes"),
        ("is someone gonna come here?", "plan.nobody_comes"),
        ("can you call me", "plan.cannot_ring"),
        ("could u ring me pls", "plan.cannot_ring"),
        ("can i call you", "plan.cannot_ring"),
        ("what happens if i dont answer", "plan.no_test"),
        ("wat if i dont wanna say", "plan.no_test"),
        ("is there a right answer", "plan.no_test"),
        ("am i doing it right", "plan.no_test"),
        ("do i have to answer this", "plan.how_far"),
        ("what even is this", "plan.what_for"),
        ("whats the point of this question", "plan.what_for"),
        ("why does it matter", "plan.what_for"),
        ("do you even care", "plan.cannot_answer"),
        ("can you see me", "plan.cannot_answer"),
        ("what do you look like", "plan.cannot_answer"),
        ("will it work", "plan.cannot_answer"),
    ],
)
def test_a_question_has_its_answer_and_is_no_line(
    part: str, said: str, hears: str
) -> None:
    robin = asked(part).says(said)

    assert robin.keys == [hears, f"plan.ask_{part}"]
    assert robin.words_in_plan() == []
    assert robin.plan.held == ()


@pytest.mark.parametrize("part", ["getting_through", "lift_or_calm", "distractions"])
@pytest.mark.parametrize(
    "said",
    [
        "does my mum know",
        "is my school gonna find out",
        "am i normal",
        "what should i put",
        "who would even want me around",
        "has anyone else done this",
        "is there somewhere to go at night",
        "what happens at the hospital",
        "whats the best one",
    ],
)
def test_what_may_be_a_question_is_never_kept_unasked(part: str, said: str) -> None:
    robin = asked(part).says(said)

    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    "line",
    [
        "ask mum can i sleep in her room",
        "do my nails",
        "whats app nan",
        "what nan would say",
        "where the sea is",
        "can of coke",
        "will smith films",
        "have my dog near",
        "do something with my hands",
    ],
)
def test_a_line_that_only_begins_like_a_question_is_kept(line: str) -> None:
    assert asked("distractions").says(line).words_in_plan() == [line]


@pytest.mark.parametrize("part", ["getting_through", "people_to_talk_to"])
@pytest.mark.parametrize("said", ["music?", "my nan?", "maybe my nan?", "a walk ?"])
def test_an_answer_given_as_a_question_is_read_back(part: str, said: str) -> None:
    robin = asked(part).says(said)

    assert len(robin.words_in_plan()) == 1
    assert "plan.cannot_answer" not in robin.keys


@pytest.mark.parametrize("said", ["why do they hate me", "what do you want from me"])
def test_a_sign_may_be_a_question_so_it_is_asked_about(said: str) -> None:
    robin = Texting().starts().says("yes", "music", "yes").asks_to("add signs")
    robin.says(said)

    assert robin.keys[-1] == "plan.held"
    assert [one.words for one in robin.plan.held] == [said]


@pytest.mark.parametrize("no", ["no", "nah", "nope", "none"])
def test_a_no_to_ideas_brings_others(no: str) -> None:
    robin = asked("lift_or_calm").says("show me ideas")
    first = [one.label for one in robin.replies[-1].choices[:3]]
    robin.says(no)

    assert robin.keys == ["plan.ideas"]
    assert not set(first) & {one.label for one in robin.replies[-1].choices[:3]}


@pytest.mark.parametrize("said", ["nobody", "no one", "idk", "noone"])
@pytest.mark.parametrize("part", ["people_to_support", "people_to_talk_to"])
def test_nobody_is_met_with_care_wherever_people_are_asked_for(
    part: str, said: str
) -> None:
    robin = asked(part).says(said)

    assert robin.keys == ["plan.nobody_yet", "plan.ideas"]


@pytest.mark.parametrize("said", ["part 3", "Part 3 pls", "question 3"])
def test_the_name_of_a_part_alone_opens_it(said: str) -> None:
    robin = Texting().starts().says("yes", "music", "yes", said)

    assert robin.plan.open_section is SectionId.LIFT_OR_CALM
    assert robin.words_in_plan() == ["music"]
    assert robin.plan.stage is Stage.ANSWER


@pytest.mark.parametrize(
    "said",
    [
        "no 1 is wrong its not crisps its chocolate",
        "1.1 is wrong",
        "part 1 isnt right",
        "line 1 was wrong",
    ],
)
def test_a_part_that_is_said_to_be_wrong_is_no_line(said: str) -> None:
    robin = Texting().starts().says("yes", "crisps", "yes", said)

    assert robin.words_in_plan() == ["crisps"]
    assert robin.plan.held == ()
    assert robin.keys[0] == "plan.how_to_edit"


@pytest.mark.parametrize(
    "said",
    ["can i change the first one", "wait can i change something", "i wanna edit it"],
)
def test_a_wish_to_change_something_is_told_how(said: str) -> None:
    robin = Texting().starts().says("yes", "crisps", "yes", said)

    assert robin.keys[0] == "plan.how_to_edit"
    assert robin.words_in_plan() == ["crisps"]


@pytest.mark.parametrize(
    "said",
    ["hmm not sure", "im not rly sure", "no clue", "cant think of anything", "idk lol"],
)
def test_not_knowing_in_other_words_brings_ideas(said: str) -> None:
    robin = asked("lift_or_calm").says(said)

    assert robin.keys == ["plan.that_is_ok", "plan.ideas"]
    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    "said",
    ["list", "give me options", "examples", "what do other people say", "like what"],
)
def test_ideas_are_asked_for_in_other_words(said: str) -> None:
    assert asked("lift_or_calm").says(said).keys == ["plan.ideas"]


def test_whoever_still_knows_nothing_is_taken_to_the_next_part() -> None:
    robin = asked("lift_or_calm").says("idk", "idk")

    assert robin.keys == ["plan.leave_it", "plan.ask_distractions"]
    assert robin.says("back").plan.open_section is SectionId.LIFT_OR_CALM


def test_whoever_knows_nothing_all_the_way_is_not_asked_to_begin_again() -> None:
    robin = Texting().starts().says("yes")
    for _ in range(20):
        if robin.plan.stage is not None:
            robin.says("idk")

    assert robin.keys == ["plan.left_empty"]
    assert "?" not in robin.text


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("can i put childline", "childline"),
        ("can i put my dog?", "my dog"),
        ("um can i add minecraft here", "minecraft"),
    ],
)
def test_what_somebody_asks_to_put_is_put_there(said: str, line: str) -> None:
    for part in ("getting_through", "people_to_talk_to"):
        robin = asked(part).says(said)

        assert robin.keys[0] == "plan.you_choose"
        assert robin.words_in_plan() == [line]
        assert robin.keys[1].startswith("plan.check")


@pytest.mark.parametrize(
    "said",
    [
        "does she count",
        "is gaming ok",
        "is a teacher ok",
        "is it bad if i say a game",
        "can i put more than one",
        "can i put anything",
        "do cats count?",
    ],
)
def test_whether_something_counts_is_for_them_to_choose(said: str) -> None:
    robin = asked("people_to_support").says(said)

    assert robin.keys == ["plan.you_choose", "plan.ask_people_to_support"]
    assert robin.words_in_plan() == []
    assert robin.plan.held == ()


@pytest.mark.parametrize(
    ("said", "is_met"),
    [
        ("my gran but shes dead", True),
        ("my dog but he died", True),
        ("talking to my grandad who passed away", True),
        ("the walking dead", False),
        ("my mate, he's dead funny", False),
        ("dead by daylight", False),
    ],
)
def test_a_line_about_somebody_who_died_is_met_with_a_kind_word(
    said: str, is_met: bool
) -> None:
    robin = asked("distractions").says(said)

    assert (robin.keys[0] == "plan.sorry_died") is is_met
    assert robin.keys[-1] == "plan.check"
    assert robin.words_in_plan() != []


@pytest.mark.parametrize("said", ["that all", "ok and then", "whats next"])
def test_at_a_read_back_what_says_that_it_is_all_goes_on(said: str) -> None:
    robin = Texting().starts().says("yes", "music", said)

    assert robin.keys == ["plan.ask_making_safer"]


@pytest.mark.parametrize(
    "said",
    ["u ask too many questions", "u already asked that", "i already told you that"],
)
def test_whoever_was_asked_too_much_is_heard(said: str) -> None:
    assert asked("making_safer").says(said).keys[0] == "plan.fed_up"


@pytest.mark.parametrize("said", ["useless", "boring"])
def test_a_word_that_is_a_sign_is_a_line_of_the_signs(said: str) -> None:
    robin = Texting().starts().says("yes", "music", "yes").asks_to("add signs")

    assert said in robin.says(said).words_in_plan()


@pytest.mark.parametrize("said", ["i dont care", "who cares", "so weird"])
def test_words_that_may_be_a_sign_are_asked_about_and_not_lost(said: str) -> None:
    robin = Texting().starts().says("yes", "music", "yes").asks_to("add signs")
    robin.says(said)
    assert robin.keys[-1] == "plan.held"
    assert said in robin.says("yes").words_in_plan()


@pytest.mark.parametrize(
    "said", ["no i mean dancing not singing", "i meant dancing, not singing"]
)
def test_what_is_meant_in_place_of_a_line_takes_its_place(said: str) -> None:
    robin = Texting().starts().says("yes", "singing", "my dog", said)

    assert robin.words_in_plan() == ["dancing", "my dog"]


@pytest.mark.parametrize("said", ["is dave allowed to know", "does jaz have to"])
def test_a_question_about_somebody_is_nobody_in_a_list(said: str) -> None:
    assert asked("people_to_talk_to").says(said).words_in_plan() == []
