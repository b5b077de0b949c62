"""The screen as it is used: evasive spelling, split messages, look-alikes, order."""

import pytest

from escalation import Recent, Route, denies_plainly, screen

WAYS_OF_WRITING_IT = [
    "I want to kill myself",
    "iwanttokillmyself",
    "i w a n t t o k i l l m y s e l f",
    "i want to k.i.l.l myself",
    "i want to k1ll mys3lf",
    "i want to k!ll myself",
    "i want to k*ll myself",
    "i want to kiII myself",
    "i want to kil mysef",
    "ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
    "i want to kіll mуself",
    "i want to k\u200bi\u200bl\u200bl myself",
    "i wa\u0301nt to\u0300 k\u0336i\u0336l\u0336l\u0336 my\u0308self",
    "I WANT TO KILLLLL MYSELF",
    "i want to unalive myself",
    "wanna kms",
    "i want to commit sui cide",
    "i want to commit su1c1de",
]


@pytest.mark.parametrize("text", WAYS_OF_WRITING_IT)
def test_the_same_wish_is_found_however_it_is_spelt(text: str) -> None:
    assert screen(text).route is Route.SUICIDE


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "dying to see you",
        "my phones about to die",
        "id kill for a pizza",
        "im not suicidal",
        "getting my hair cut at 3",
        "took two paracetamol for my headache",
        "my nan died last week",
        "we watched suicide squad",
        "i keep dying in fortnite",
        "forgot my charger kms lol",
        "i used to self harm but that was years ago",
        "",
        "   ",
        "hi",
    ],
)
def test_what_only_looks_alike_is_let_through(text: str) -> None:
    assert screen(text).route is Route.NONE


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("I'm not suicidal but I can't be here any more", Route.SUICIDE),
        ("I don't want to die", Route.SUICIDE),
        ("everyone would be better off without me", Route.SUICIDE),
        ("its only small cuts", Route.SELF_HARM),
        ("clean for 3 days but i want to", Route.SELF_HARM),
        ("ive took all my tablets", Route.EMERGENCY_NOW),
        ("hes outside with a knife", Route.EMERGENCY_NOW),
        ("my dad hits me", Route.HARM_FROM_OTHERS),
        ("my friend wants to kill herself", Route.CONCERN_FOR_OTHER),
        ("this homework is killing me and i want to kill myself", Route.SUICIDE),
    ],
)
def test_what_is_said_takes_its_route(text: str, route: Route) -> None:
    assert screen(text).route is route


@pytest.mark.parametrize(
    ("text", "route"),
    [
        # Bereaved by suicide: the assistant's own words for it, and no 999.
        ("someone i know killed themself last week", Route.NONE),
        ("my cousin died by suicide in june and i dont know how to feel", Route.NONE),
        ("i feel guilty about my brothers suicide", Route.NONE),
        ("he killed himself last week and i want to be with him", Route.SUICIDE),
        ("my brother has just hanged himself help", Route.EMERGENCY_NOW),
        ("my friend tried to kill himself last week", Route.CONCERN_FOR_OTHER),
        # Put out of home is not bullying, and out of a chat is nothing.
        ("i got kicked out", Route.HARM_FROM_OTHERS),
        ("my mum kicked me out because im gay", Route.HARM_FROM_OTHERS),
        ("i got kicked out of the group chat", Route.NONE),
        ("got kicked out of the pub for being underage", Route.NONE),
        ("he kicked me in the stomach", Route.HARM_FROM_OTHERS),
        # What is asked of the assistant, beside what is not.
        ("keep going with my plan", Route.NONE),
        ("i cant keep going", Route.SUICIDE),
        ("whats the point of this bit", Route.NONE),
        ("whats the point of living", Route.SUICIDE),
        ("not right now ill do it later", Route.NONE),
        ("im going to do it tonight", Route.EMERGENCY_NOW),
        ("will you call the police", Route.NONE),
        ("i made a mistake", Route.NONE),
        ("its odd i know", Route.NONE),
        ("ive od'd", Route.EMERGENCY_NOW),
    ],
)
def test_words_that_were_taken_for_something_else(text: str, route: Route) -> None:
    assert screen(text).route is route


def test_being_put_out_of_home_is_not_called_bullying() -> None:
    assert screen("i got kicked out").reasons == ("harm.put_out_of_home",)


def test_two_harmless_messages_do_not_become_one_that_is_not() -> None:
    pairs = [
        ("who made this", "how long do u keep my stuff"),
        ("sorry", "sorry for bothering you"),
        ("sorry for bothering you", "sorry"),
    ]
    for earlier, newest in pairs:
        assert screen(newest, [Recent(earlier, 20)]).route is Route.NONE
    made = [Recent("they made me", 20)]
    assert screen("carry stuff on the train", made).route is Route.HARM_FROM_OTHERS
    sorry = [Recent("im so sorry mum", 20)]
    assert screen("i love you goodbye forever", sorry).route is Route.SUICIDE


def test_when_several_routes_match_what_cannot_wait_is_answered_first() -> None:
    found = screen("my dad hits me and i want to die and ive took all my tablets")
    assert found.route is Route.EMERGENCY_NOW
    assert {"emergency", "suicide", "harm"} <= {r.split(".")[0] for r in found.reasons}


def test_danger_to_someone_else_now_is_told_apart() -> None:
    assert screen("my friend has taken loads of pills").happening_now
    assert not screen("my friend is cutting herself").happening_now


def test_a_sentence_sent_in_pieces_is_found() -> None:
    assert screen("die", [Recent("i want to", 20)]).route is Route.SUICIDE
    pieces = [Recent("going to", 9), Recent("kill", 4)]
    assert screen("myself", pieces).route is not Route.NONE


def test_parts_of_one_text_that_arrive_in_the_wrong_order_are_found() -> None:
    late = [Recent("myself tonight", 2)]
    assert screen("i am going to kill", late).route is not Route.NONE


def test_a_word_cut_between_two_parts_is_found() -> None:
    assert screen("ll myself", [Recent("i want to ki", 3)]).route is Route.SUICIDE


def test_an_earlier_message_does_not_fire_again_by_itself() -> None:
    assert screen("ok", [Recent("i want to die", 30)]).route is Route.NONE
    assert screen("see you at 6", [Recent("i want to die", 3)]).route is Route.NONE
    chatting = [Recent("i cant talk out loud", 4), Recent("i feel rubbish tbh", 9)]
    assert screen("will they tell my mum", chatting).route is Route.NONE
    said = [Recent("give nan my razors when i want to hurt myself", 30)]
    assert screen("sit downstairs", said).route is Route.NONE
    just_before = [Recent("i want to die", 3), Recent("my dog", 1)]
    assert screen("PLAN", just_before).route is Route.NONE


def test_pieces_far_apart_in_time_are_not_one_sentence() -> None:
    assert screen("die", [Recent("i want to", 86_400)]).route is Route.NONE


def test_the_end_of_a_very_long_text_is_read() -> None:
    filler = " ".join(f"word{n}" for n in range(1200))
    assert screen(f"{filler}. i want to die").route is Route.SUICIDE
    assert screen("blah " * 2000 + "i want to die").route is Route.SUICIDE
    assert screen("i want to die. " + filler).route is Route.SUICIDE


@pytest.mark.parametrize(
    ("earlier", "newest"),
    [
        ("i took loads of paracetamol", "im safe now"),
        ("theres someone breaking in", "my mum is here now"),
        ("ive took all my tablets", "ok now what"),
        ("my friend wants to die", "im safe now"),
    ],
)
def test_an_answer_to_fixed_words_does_not_bring_them_again(
    earlier: str, newest: str
) -> None:
    known = Recent(earlier, 20.0, screen(earlier).reasons)

    assert screen(newest, [known]).route is Route.NONE


def test_what_is_new_in_an_answer_is_still_found_with_what_came_before() -> None:
    said = "my friend wants to die"
    before = Recent(said, 20.0, screen(said).reasons)

    assert screen("shes took all her pills", [before]).happening_now
    assert screen("im gonna do it tonight", [Recent("i want to die", 20.0)]).reasons


def test_no_sentence_goes_on_across_an_answer_that_they_are_safe() -> None:
    said = "she hit me"
    before = [Recent(said, 40.0, screen(said).reasons), Recent("im safe", 20.0, ())]

    assert screen("who can help", before).route is Route.NONE
    assert screen("myself", [*before, Recent("i want to kill", 5.0, ())]).reasons


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("not sucidal jus sad", True),
        ("im not suicidal", True),
        ("no im not suicidal just tired", True),
        ("not suicidal but there is no way out", False),
        ("im not suicidal i only want all of it to be over", False),
        ("im sad", False),
        ("i am suicidal", False),
        ("", False),
    ],
)
def test_a_plain_denial_is_short_and_goes_on_after_no_but(
    text: str, plainly: bool
) -> None:
    assert denies_plainly(text) is plainly


def test_what_is_said_after_a_denial_is_found_as_ever() -> None:
    assert screen("Not suicidal but i cant be here any more").route is Route.SUICIDE


@pytest.mark.parametrize(
    "text",
    ["i took an overdose", "ive taken an overdose", "i took an overdose im ok now"],
)
def test_what_the_writer_took_is_said_of_nobody_else(text: str) -> None:
    found = screen(text)
    assert found.route is Route.EMERGENCY_NOW
    assert not found.names_another


@pytest.mark.parametrize("text", ["my friend took an overdose", "she took an overdose"])
def test_what_somebody_else_took_is_said_of_them(text: str) -> None:
    assert screen(text).names_another
