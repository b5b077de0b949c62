"""What is asked next in the day after crisis words, told as conversations."""

from pathlib import Path

import pytest
import yaml

import escalation.asked_after
from escalation.asked_after import NOTHING, asked_after
from escalation.replies import REPLIES, say
from tests.escalation.chats import TOP, Chat

CASES = yaml.load(
    (Path(escalation.asked_after.__file__).parent / "asked_after.yml").read_text(
        "utf-8"
    ),
    yaml.BaseLoader,  # noqa: S506
)["asked"]
EVERYWHERE = frozenset(one for entry in CASES for one in entry["says"])
CRISIS = {
    "self": "i want to die",
    "self_harm": "i cut myself",
    "harm": "he hits me",
    "another": "my friend says shes gonna kill herself",
    "any": "i want to die",
    "first_999": "ive took all my tablets",
    "first_999_of_self": "ive took all my tablets",
    "first_999_of_them": "my friend has taken loads of pills",
}


@pytest.mark.parametrize(
    ("entry", "text"),
    [(entry, text) for entry in CASES for text in entry["must_match"]],
)
def test_what_is_asked_is_known_for_what_it_is(entry: dict, text: str) -> None:
    found = asked_after(text, frozenset(entry["says"]))
    assert found is not None
    assert found.id == entry["id"]


@pytest.mark.parametrize(
    ("entry", "text"),
    [(entry, text) for entry in CASES for text in entry["must_not_match"]],
)
def test_what_only_looks_like_it_is_not_taken_for_it(entry: dict, text: str) -> None:
    found = asked_after(text, frozenset(entry["says"]))
    assert found is None or found.id != entry["id"]


@pytest.mark.parametrize(
    ("entry", "text", "crisis"),
    [
        (entry, text, CRISIS[one])
        for entry in CASES
        for one in entry["says"]
        if one in CRISIS
        for text in entry["must_match"]
    ],
)
def test_it_is_answered_at_once_and_999_keeps_its_place(
    entry: dict, text: str, crisis: str
) -> None:
    chat = Chat()
    chat.says(crisis)
    turn = chat.says(text)
    assert turn.before[-1].removeprefix("escalation.") in entry["says"].values()
    assert not turn.hands_on
    assert turn.aftercare is not None
    if crisis == CRISIS["first_999"] and "settles" not in entry:
        assert turn.before[0] == TOP


def test_every_answer_has_words() -> None:
    said = {key for entry in CASES for key in entry["says"].values()}
    said |= {entry["again"] for entry in CASES if "again" in entry}
    assert {f"escalation.{key}" for key in said} <= set(REPLIES)


def test_no_police_is_answered_truly_and_are_you_safe_stays_open() -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says("i dont want police")
    assert turn.before == ("escalation.calls_nobody",)
    assert turn.after == ("escalation.ask_safe",)
    assert chat.says("no").before == ("escalation.not_safe",)


def test_after_an_emergency_it_is_answered_below_999() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    assert chat.says("no police").before == (TOP, "escalation.calls_nobody_999")
    assert chat.says("whats on tv").before == (TOP,)
    again = chat.says("i dont want police")
    assert again.before == (TOP, "escalation.calls_nobody_999")


def test_what_is_asked_twice_running_is_not_answered_word_for_word() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.keys("no police", "will u call the police", "pls no police") == [
        ("escalation.calls_nobody", "escalation.ask_safe"),
        ("escalation.as_before",),
        ("escalation.calls_nobody",),
    ]
    chat = Chat()
    chat.says("ive took all my tablets")
    assert chat.keys("i feel sick", "can i just sleep it off") == [
        (TOP, "escalation.do_not_wait"),
        (TOP, "escalation.as_before_999"),
    ]


def test_no_words_for_an_illness_come_where_somebody_hurts_them() -> None:
    chat = Chat()
    chat.says("my dad hits me")
    chat.says("he is coming up")
    assert chat.says("i feel sick").before == (TOP,)
    assert chat.keys("i feel dirty", "will he go to prison", "will he go to jail") == [
        (TOP, "escalation.not_your_fault_hurt"),
        (TOP, "escalation.what_becomes_of_them"),
        (TOP, "escalation.as_before"),
    ]
    assert chat.says("i dont want police").before == (
        TOP,
        "escalation.calls_nobody_hurt",
    )


def test_whoever_told_somebody_is_asked_whether_they_are_there_now() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im not safe")
    assert chat.says("ok i woke my mum").before == ("escalation.told_them",)
    assert chat.says("shes here").before == ("escalation.glad_safe",)


def test_an_ambulance_refused_with_nothing_told_before_is_an_emergency() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says("i dont want an ambulance").before == ("escalation.emergency_now",)
    assert chat.says("i dont want an ambulance").before == (
        TOP,
        "escalation.no_ambulance",
    )


def test_do_i_have_to_is_answered_and_not_with_helplines() -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says("do i have to")
    assert turn.before == ("escalation.must_i",)
    assert turn.after == ("escalation.ask_safe",)
    chat.says("im safe")
    assert chat.says("do i have to").after == ()


def test_what_safe_means_is_told_and_a_yes_answers_it() -> None:
    chat = Chat()
    chat.says("i dont want to live")
    assert chat.says("what does safe mean").before == ("escalation.what_safe_means",)
    assert chat.says("yes").before == ("escalation.glad_safe",)


def test_a_thought_that_comes_back_is_heard_after_they_were_safe() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    turn = chat.says("i cant stop thinking about it")
    assert turn.before == ("escalation.afraid_of_it",)
    assert turn.after == ("escalation.ask_safe",)
    assert chat.says("no").before == ("escalation.not_safe",)


def test_a_worry_asked_in_crisis_words_is_no_new_route() -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says("should i tell a teacher").before == ("escalation.how_to_tell",)
    assert chat.says("what do i say").before == ("escalation.how_to_tell_more",)
    assert chat.says("my friend says shes gonna kill herself").before == (
        "escalation.concern_for_other_now",
    )


def test_beside_a_plans_question_it_is_left_to_the_plan() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    turn = chat.says("do i have to", making_plan=True)
    assert turn.hands_on
    assert turn.before == ()
    assert chat.says("do i have to", asking_for_person=True).hands_on


def test_help_that_came_is_no_longer_told_to_be_called() -> None:
    chat = Chat()
    chat.says("my friend has taken loads of pills")
    assert chat.says("shes being sick").before == (
        "escalation.top_999_you_or_them",
        "escalation.do_not_wait_of_them",
    )
    chat.says("ok i called 999")
    assert chat.says("shes being sick").before == ("escalation.stay_with_them",)
    assert chat.says("theyre here").before == ("escalation.help_is_here",)


def test_whoever_is_on_the_way_or_there_is_not_told_to_go_to_a_and_e() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    assert chat.says("im on the bus to a&e").before == (
        TOP,
        "escalation.going_to_be_seen",
    )
    assert chat.says("im at a&e").before == ("escalation.help_is_here",)
    assert TOP not in chat.says("its so busy").before


def test_whoever_was_waited_for_and_is_here_is_no_attack() -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("ive texted my mate")
    assert chat.says("hes coming round").before == ("escalation.someone_coming",)
    assert chat.says("hes here").before == ("escalation.glad_safe",)
    hurt = Chat()
    hurt.says("my dad hits me")
    assert hurt.says("hes here").before != ("escalation.glad_safe",)


def test_no_joke_after_all_is_no_denial() -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says("jk i feel worse")
    assert turn.before == ("escalation.worse_now",)
    assert turn.after == ("escalation.ask_safe",)


def test_an_adult_who_did_not_listen_to_a_worry_does_not_hurt_the_writer() -> None:
    chat = Chat()
    chat.says("my friend says shes gonna kill herself")
    assert chat.says("she doesnt believe me").before == (
        "escalation.adult_did_not_listen",
    )
    assert chat.care is not None
    assert not chat.care.of_harm


def test_words_that_deny_with_nothing_told_bring_no_crisis_words() -> None:
    asked = asked_after("im not suicidal", frozenset({NOTHING}))
    assert asked is not None
    assert Chat().says("im not suicidal").aftercare is None


@pytest.mark.parametrize("crisis", ["i want to die", "ive took all my tablets"])
def test_a_fear_that_is_an_emergency_has_the_words_of_one(crisis: str) -> None:
    chat = Chat()
    chat.says(crisis)
    said = chat.says("im scared ill do it tonight").before
    assert said[0].startswith("escalation.emergency_now")


def test_help_that_was_called_is_not_promised_for_the_whole_day_after() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    chat.says("i called 999")
    assert chat.says("im dizzy").before == ("escalation.wait_for_help",)
    assert chat.says("what do i do").before != ("escalation.stay_with_them",)
    chat.says("theyre here")
    assert "escalation.wait_for_help" not in chat.says("night").before
    assert say("escalation.wait_for_help", "web").text.startswith("If ")


def test_whoever_called_for_a_friend_is_not_told_to_stay_awake() -> None:
    chat = Chat()
    chat.says("my friend has taken loads of pills")
    chat.says("ok i called 999")
    assert "escalation.wait_for_help" not in chat.says("night").before


def test_a_longer_story_is_never_taken_for_a_question() -> None:
    for text in ("no police. i have a knife", "do i have to live like this"):
        assert asked_after(text, EVERYWHERE) is None
    assert asked_after("no police " * 30, EVERYWHERE) is None
