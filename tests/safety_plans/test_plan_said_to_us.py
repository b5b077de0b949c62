"""What is said to us in the middle of a plan is answered, and is no line."""

import pytest
from texting import Texting

from foundations.saying import Channel
from safety_plans.plan import SectionId, Stage


def asked(part: str) -> Texting:
    """Someone who is asked for a part's first line."""
    robin = Texting().starts().says("yes")
    while robin.keys != [f"plan.ask_{part}"]:
        robin.says("skip")
        robin.replies = robin.replies[-1:]
    return robin


def told() -> Texting:
    """Someone whose first line was just read back."""
    robin = Texting().starts().says("yes", "music")
    assert robin.keys == ["plan.check"]
    return robin


PARTS = ("getting_through", "making_safer", "people_to_support", "emergency_support")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("thnx", "plan.thanks"),
        ("thnk u", "plan.thanks"),
        ("u still there", "plan.here"),
        ("are you there?", "plan.here"),
        ("hello", "plan.here"),
        ("can i ask u sumthing", "plan.ask_away"),
        ("is it a test", "plan.no_test"),
        ("is that it", "plan.how_far"),
        ("do i have to do all of them", "plan.how_far"),
        ("are we done yet", "plan.how_far"),
        ("wat u mean feels unsafe", "plan.what_for"),
        ("wat does unsafe meen", "plan.what_for"),
        ("What counts as unsafe?", "plan.what_for"),
        ("Why do you need to know who I can tell", "plan.what_for"),
        ("why do u need that", "plan.what_for"),
        ("wats this one for", "plan.what_for"),
        ("why u asking all this", "plan.what_for"),
        ("wtf is this question", "plan.what_for"),
    ],
)
def test_it_has_its_answer_and_the_question_comes_again(
    part: str, said: str, hears: str
) -> None:
    robin = asked(part).says(said)

    assert robin.keys == [hears, f"plan.ask_{part}"]
    assert robin.words_in_plan() == []
    assert robin.plan.held == ()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "said",
    [
        "ffs carry on",
        "can we carry on wiv the plan",
        "wait wat was the question",
        "What is the next question",
        "wat am i ment to do",
        "wait no i wanna finish my plan first",
        "Sorry I got distracted, I'm back, which part were we on?",
    ],
)
def test_whoever_lost_the_question_is_asked_it_again(part: str, said: str) -> None:
    robin = asked(part).says(said)

    assert robin.keys[-1] == f"plan.ask_{part}"
    assert robin.words_in_plan() == []
    assert robin.plan.held == ()


@pytest.mark.parametrize(
    "said",
    [
        "nah stop",
        "no stop it",
        "stop asking me",
        "i cant be arsed with this now",
        "cba",
        "im not really feeling this tonight",
        "not in the mood",
        "too tired for this",
        "can we stop now pls",
        "i wanna stop",
    ],
)
def test_whoever_has_had_enough_is_let_go_of(said: str) -> None:
    for robin in (asked("making_safer"), asked("people_to_talk_to"), told()):
        robin.says(said)

        assert robin.keys == ["plan.paused"]
        assert said not in robin.words_in_plan()
        assert robin.plan.held == ()


def test_a_stop_among_ideas_or_beside_what_is_held_rests_the_plan_too() -> None:
    ideas = asked("making_safer").says("ideas", "nah stop")
    held = asked("making_safer").says("that didnt work", "stop asking me")

    assert ideas.keys == held.keys == ["plan.paused"]


@pytest.mark.parametrize("channel", list(Channel))
def test_thanks_at_a_read_back_is_answered_with_what_was_read_back(
    channel: Channel,
) -> None:
    robin = Texting(channel=channel).starts().says("yes", "music", "thanks")

    assert robin.keys == ["plan.thanks", "plan.check"]
    assert robin.says("1").plan.stage is Stage.ANSWER or channel is Channel.WEB


@pytest.mark.parametrize(
    "said",
    [
        "ok start",
        "start",
        "fine",
        "go on then",
        "lets do it",
        "i guess",
        "yh ig",
        "next",
        "NXT",
        "ok next",
    ],
)
def test_the_offer_is_taken_up_in_other_words_than_yes(said: str) -> None:
    robin = Texting().starts().says(said)

    assert robin.keys == ["plan.ask_getting_through"]


@pytest.mark.parametrize("line", ["my bed", "MY BED", "my own bed"])
def test_a_bed_in_a_plan_is_a_line_and_no_good_night(line: str) -> None:
    """Whatever the dialogue makes of it: "away to my bed" is a goodbye."""
    robin = Texting().starts().says("yes", "music").says(line, intent="goodbye")

    assert robin.keys == ["plan.check"]
    assert robin.words_in_plan() == ["music", line]


def test_a_good_night_in_a_plan_rests_it() -> None:
    robin = Texting().starts().says("yes", "music")

    assert robin.says("off to my bed now", intent="goodbye").keys == ["plan.paused"]


@pytest.mark.parametrize(
    "said", ["nxt", "nex", "skip this shit", "next fs", "fucking next"]
)
def test_next_in_a_rush_goes_on_and_is_no_line(said: str) -> None:
    robin = told().says(said)

    assert robin.keys[-1] == "plan.ask_making_safer"
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("thnx", "plan.thanks"),
        ("hi", "plan.here"),
        ("is this a test?", "plan.no_test"),
        ("do you mean a plan for school", "plan.what_is_a_plan"),
        ("fck knows", "plan.what_is_a_plan"),
        ("can i ask you something", "plan.ask_away"),
    ],
)
def test_before_the_yes_it_is_answered_too_and_kept_for_no_line(
    said: str, hears: str
) -> None:
    robin = Texting().starts().says(said)

    assert robin.keys[0] == hears
    assert robin.keys[-1].startswith("plan.permission")
    assert robin.plan.stage is Stage.PERMISSION


@pytest.mark.parametrize("part", ["people_to_support", "people_to_talk_to"])
@pytest.mark.parametrize(
    "said",
    [
        "talk to a person",
        "Talk to a person",
        "a real person",
        "i want to talk to a person",
        "see who is open",
        "see my data",
        "delete my data",
        "will you tell anyone",
    ],
)
def test_the_words_of_a_button_are_nobody_in_a_list_of_people(
    part: str, said: str
) -> None:
    robin = asked(part).says(said)

    assert robin.replies == ()
    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    "line",
    [
        "youth worker",
        "a person i trust",
        "talk to my nan",
        "thank god for my dog",
        "stop scrolling",
        "stay there",
        "mean girls the film",
        "start running",
        "fine art",
        "thank you notes from my class",
        "finish my homework",
        "ask nan something",
    ],
)
def test_what_only_looks_like_it_is_a_line(line: str) -> None:
    robin = asked("people_to_support").says(line)

    assert [one.words for one in robin.plan.lines(SectionId.PEOPLE_TO_SUPPORT)] == [
        line
    ]


@pytest.mark.parametrize("said", ["1,3", "2, 3", "1 and 3", "2 & 3"])
def test_numbers_of_a_list_that_is_gone_are_no_line(said: str) -> None:
    robin = told().says(said)

    assert robin.keys == ["plan.not_an_answer", "plan.check"]
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("I meant back to part 3", "lift_or_calm"),
        ("go to part 3", "lift_or_calm"),
        ("can we go back to part 1", "getting_through"),
        ("skip to part 5", "people_to_support"),
    ],
)
def test_a_part_that_somebody_wants_to_go_to_is_opened(said: str, part: str) -> None:
    robin = told().says("yes", said)

    assert robin.plan.open_section is SectionId(part)
    assert robin.words_in_plan() == ["music"]
    assert robin.keys[-1] in (f"plan.ask_{part}", "plan.ask_more")


def test_a_name_that_belongs_in_another_part_goes_there_without_the_rest() -> None:
    robin = told().says("no wait tariq is in part 5")

    assert robin.words_in_plan() == ["music", "tariq"]
    assert robin.keys == ["plan.held_added", "plan.check"]


def test_a_worry_that_somebody_tells_is_nobody_in_a_list() -> None:
    robin = asked("people_to_talk_to").says("wait she might tell my mum")

    assert robin.keys == ["plan.unsure", "plan.held"]


def test_two_questions_hold_no_answer() -> None:
    robin = told().says(
        "Before we start, is this confidential? And can my counsellor see it?"
    )

    assert robin.plan.lines(SectionId.GETTING_THROUGH)[0].words == "music"
    assert not any("confidential" in line for line in robin.words_in_plan())


@pytest.mark.parametrize(
    "said",
    ["Yes, thank you.", "yes thanks very much", "No more, thank you", "ye thats rite"],
)
def test_a_polite_yes_to_a_read_back_goes_on_and_is_no_line(said: str) -> None:
    robin = told().says(said)

    assert robin.keys == ["plan.ask_making_safer"]
    assert robin.words_in_plan() == ["music"]


@pytest.mark.parametrize(
    "said",
    [
        "Thank you. Yes, please proceed.",
        "yes please do",
        "Yes, thank you",
        "aye",
        "aye ok",
    ],
)
def test_a_polite_yes_begins_a_plan(said: str) -> None:
    assert Texting().starts().says(said).keys == ["plan.ask_getting_through"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "said",
    [
        "I would prefer not to discuss that with a machine.",
        "id rather not say",
        "i dont want to answer that one",
        "i dont wanna talk about that",
    ],
)
def test_what_somebody_would_rather_not_say_is_left_out(part: str, said: str) -> None:
    robin = asked(part)
    before = robin.plan.open_section
    robin.says(said)

    assert robin.plan.open_section is not before
    assert robin.words_in_plan() == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("said", "hears"),
    [
        ("is that weird", "plan.no_test"),
        ("is this stupid", "plan.no_test"),
        ("did you save that?", "about.what_happens"),
        ("is it saved", "about.what_happens"),
        ("i dont no wat u meen", "plan.what_for"),
        ("Could you explain why it matters?", "plan.what_for"),
        ("show", "plan.nothing_yet"),
        ("copy my plan", "plan.nothing_yet"),
        ("what have i put so far", "plan.nothing_yet"),
        ("what did i put in part 1", "plan.nothing_yet"),
        ("put it back", "plan.not_an_answer"),
    ],
)
def test_more_that_is_said_to_us_is_answered_and_is_no_line(
    part: str, said: str, hears: str
) -> None:
    robin = asked(part).says(said)

    assert robin.keys[0] == hears
    assert robin.words_in_plan() == []
    assert not robin.plan.held


@pytest.mark.parametrize(
    "said", ["i dunno what number", "idk who", "Nobody. I do not like people."]
)
def test_who_has_nobody_in_mind_is_shown_some_ideas(said: str) -> None:
    robin = asked("people_to_support").says(said)

    assert robin.keys[-1] == "plan.ideas"
    assert robin.words_in_plan() == []


@pytest.mark.parametrize(
    "said", ["my dad died last year", "my nan passed away", "mum died when i was 9"]
)
def test_a_death_that_is_told_is_not_only_read_back(said: str) -> None:
    assert "plan.sorry_died" in asked("getting_through").says(said).keys


@pytest.mark.parametrize("said", ["my phone died", "the walking dead", "dead pool"])
def test_a_phone_that_died_is_no_death(said: str) -> None:
    assert "plan.sorry_died" not in asked("getting_through").says(said).keys


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("change it to walks with max", "walks with max"),
        ("i ment swimming", "swimming"),
    ],
)
def test_what_puts_nothing_right_is_the_line_that_was_meant(
    said: str, kept: str
) -> None:
    robin = told().says("thats wrong")
    robin.says("undo") if robin.words_in_plan() else None

    assert robin.says(said).words_in_plan() == [kept]
