"""The day after: a doubt, a wish or words taken back are no sign that all is well."""

from pathlib import Path

import pytest
import yaml

import escalation.heard
from escalation.heard import Heard, hear
from escalation.replies import say
from tests.escalation.chats import TOP, Chat

CASES = yaml.load(
    (Path(escalation.heard.__file__).parent / "aftercare.yml").read_text("utf-8"),
    yaml.BaseLoader,  # noqa: S506
)
DOUBTS = """\
idk if im safe
dunno if im safe tonight
dont think im safe
i dont think im safe
i dont think i am safe
doubt im safe
i doubt that im safe
not sure if im safe
no idea if im safe
i wish i was safe
wish i felt safe
im never safe
never am safe
im hardly safe
im far from safe
cant say im safe
i cant say i am safe now
""".splitlines()
ASKED_OR_WISHED = """\
am i safe
am i safe now
will i be safe
if i was safe
how do i know if im safe
is someone with me
i wish someone was with me
my mum isnt with me
my mum isnt here with me now
if my mum was with me
help isnt coming
the ambulance isnt coming
no ambulance is coming
the police arent coming
i dont want an ambulance here
dont want the police here
if the police come here
""".splitlines()
SAFE = """\
yes im safe stop asking
dont worry im safe
idk im safe i guess
told u im safe
no im safe
im safe i promise
i am safe now
yeah safe
were safe
my mum is with me
""".splitlines()
MEANT = """\
im not joking
im not joking actually
im not kidding
i wasnt messing
it wasnt a joke
tbh it wasnt a joke
ok maybe not a joke
this isnt a joke
not a joke
no joke
i meant it
i did mean it
i meant what i said
no i meant it
im serious
im being serious
im deadly serious
""".splitlines()
NOT_OK = ["im not ok", "no im not ok", "im not fine", "im never ok", "im not good"]
STILL_A_DENIAL = """\
jk i wouldnt do it
im fine dont worry
dont worry im not hurt
leave me alone i dont want to talk
forget i said that it isnt true
was a joke
im not suicidal
im not sucidal
i dont want to die
i wont do it
im not gonna do anything
""".splitlines()
NO_NUMBERS = """\
stop sending me numbers
stop giving me helplines
no more numbers
i dont want numbers
dont send me numbers
i know the numbers
you keep saying the same thing
u already said that
""".splitlines()


@pytest.mark.parametrize("said", DOUBTS)
def test_a_doubt_about_being_safe_is_answered_with_999(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says(said).before == ("escalation.not_safe",)


@pytest.mark.parametrize("said", ASKED_OR_WISHED)
def test_what_is_asked_wished_or_not_so_takes_999_down_for_nobody(said: str) -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    chat.says(said)
    assert chat.says("whats on tv").before == (TOP,)


@pytest.mark.parametrize("said", CASES["asked_or_wished"]["must_match"])
def test_what_is_asked_or_wished_tells_of_neither_safety_nor_help(said: str) -> None:
    assert hear(said, asked_if_safe=True) is Heard.OTHER


@pytest.mark.parametrize("said", SAFE)
def test_safe_is_still_heard_beside_a_few_words_more(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says(said).before == ("escalation.glad_safe",)


@pytest.mark.parametrize("said", MEANT)
def test_whoever_takes_a_jk_back_is_heard_and_asked_whether_they_are_safe(
    said: str,
) -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    chat.says("jk")
    turn = chat.says(said)
    assert turn.before == ("escalation.heard_again",)
    assert turn.after == ("escalation.ask_safe",)
    assert not turn.hands_on
    assert chat.says("no").before == ("escalation.not_safe",)


def test_whoever_takes_it_back_after_an_emergency_has_999_again() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    chat.says("im safe now")
    assert chat.says("im not joking").before == ("escalation.emergency_now",)
    assert chat.says("whats on tv").before == (TOP,)


@pytest.mark.parametrize("said", NOT_OK)
def test_not_ok_is_no_denial_and_is_met_with_the_question_whether_they_are_safe(
    said: str,
) -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("jk")
    turn = chat.says(said)
    assert turn.hands_on
    assert turn.after == ("escalation.ask_safe",)


@pytest.mark.parametrize("said", NOT_OK)
def test_not_ok_right_after_are_you_safe_is_a_no(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says(said).before == ("escalation.not_safe",)


@pytest.mark.parametrize("said", STILL_A_DENIAL)
def test_a_denial_may_hold_a_not_further_on(said: str) -> None:
    assert hear(said) in (Heard.DENIAL, Heard.SAYS_OK)


@pytest.mark.parametrize(
    "line", ["bathroom is unsafe so stay in living room", "the kitchen feels unsafe"]
)
def test_an_unsafe_place_named_in_a_plan_is_no_answer_to_are_you_safe(
    line: str,
) -> None:
    chat = Chat()
    chat.says("i want to die")
    chat.says("im safe")
    assert "escalation.not_safe" not in chat.says(line, making_plan=True).before


@pytest.mark.parametrize("said", ["unsafe", "i feel unsafe", "its unsafe here"])
def test_feeling_unsafe_is_still_heard(said: str) -> None:
    assert hear(said) is Heard.NOT_SAFE


@pytest.mark.parametrize("said", NO_NUMBERS)
def test_whoever_wants_no_more_numbers_gets_none_and_the_offer_stays(
    said: str,
) -> None:
    chat = Chat()
    chat.says("i want to die")
    turn = chat.says(said)
    assert turn.before == ("escalation.no_more_numbers",)
    assert not any(map(str.isdigit, say("escalation.no_more_numbers", "sms").text))
    assert turn.aftercare is not None
    assert chat.says("i want to die").before == ("escalation.heard_again",)


def test_after_an_emergency_999_still_stands_first_for_them() -> None:
    chat = Chat()
    chat.says("ive took all my tablets")
    assert chat.says("stop sending me numbers").before[0] == TOP


HOW_TO_STOP = ("how do i stop", "how do i stop it", "idk how to stop", "i cant stop")


@pytest.mark.parametrize("said", HOW_TO_STOP)
def test_whoever_hurts_themselves_and_asks_how_to_stop_is_offered_their_plan(
    said: str,
) -> None:
    chat = Chat()
    chat.says("i cut myself again")
    turn = chat.says(said)
    assert turn.before == ("escalation.how_to_stop",)
    assert turn.after == ("escalation.ask_safe",)
    assert not turn.hands_on


def test_how_to_stop_is_heard_of_nothing_else() -> None:
    chat = Chat()
    chat.says("my friend says she wants to die")
    assert chat.says("how do i stop").before != ("escalation.how_to_stop",)


@pytest.mark.parametrize(
    "said", ["help isnt coming", "no ambulance is coming", "police never came"]
)
def test_help_that_does_not_come_brings_999_again(said: str) -> None:
    chat = Chat()
    chat.says("i want to die")
    assert chat.says(said).before == ("escalation.not_safe",)
