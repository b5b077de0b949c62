"""What is said about a list of services in few words, from a first text on."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

import pytest

from foundations.gsm7 import segments
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

AFTERNOON = datetime.fromisoformat("2026-11-25T14:00:00+00:00")
numbers = count(400)


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch(AFTERNOON)


@pytest.fixture(scope="module")
def dialogue() -> ReadableDialogue:
    return ReadableDialogue()


@pytest.fixture(scope="module")
def handrail(
    tmp_path_factory: pytest.TempPathFactory, watch: Watch, dialogue: ReadableDialogue
) -> Iterator[Handrail]:
    """One Handrail for all of these: everyone who asks is somebody else."""
    home = tmp_path_factory.mktemp("few")
    running = start(home, dialogue, clock=watch)
    yield running
    stop(running)


@pytest.fixture(autouse=True)
def it_is_afternoon_and_the_dialogue_is_there(
    watch: Watch, dialogue: ReadableDialogue
) -> None:
    watch.now = AFTERNOON
    dialogue.away = False


@pytest.fixture
def sms(handrail: Handrail) -> Sms:
    return handrail.sms(f"+447700900{next(numbers)}")


@pytest.fixture
def robin(sms: Sms) -> Sms:
    """Somebody who was just told who is open."""
    sms.young_person_says("hi")
    sms.young_person_says("who is open")
    assert "1 Shout" in sms.was_sent("signposting.open_now")
    return sms


def test_names_that_are_ruled_out_are_left_out_of_the_very_first_answer(
    sms: Sms,
) -> None:
    sms.young_person_says("who is open not samaritans or shout")

    text = sms.was_sent("signposting.open_now_beside_greeting")
    assert "Shout" not in text
    assert "Samaritans" not in text


@pytest.mark.parametrize(
    "said", ["no shout", "dont like shout", "I don't want Shout", "anyone but shout"]
)
def test_a_name_that_is_ruled_out_after_a_list_brings_others(
    robin: Sms, said: str
) -> None:
    robin.young_person_says(said)
    assert "Shout" not in robin.was_sent("signposting.open_now")

    robin.young_person_says("who is open")
    assert "Shout" not in robin.was_sent("signposting.open_now")


def test_stop_texting_me_is_no_wish_for_a_text(robin: Sms) -> None:
    robin.young_person_says("stop texting me")
    assert not [one for one in robin.new() if one.key.startswith("signposting.")]

    robin.young_person_says("im 15")
    assert "Childline" in robin.was_sent("signposting.open_now")


def test_who_makes_no_calls_is_told_other_ways_before_a_list_and_after(
    sms: Sms, robin: Sms
) -> None:
    sms.young_person_says("hi")
    for someone in (sms, robin):
        someone.young_person_says("i do not make phone calls")
        text = someone.was_sent("signposting.open_now")
        assert "text SHOUT" in text
        assert "call" not in text


def test_texts_for_anyone_are_said_to_be_that_where_none_is_just_for_them(
    sms: Sms,
) -> None:
    for said in ("who is open", "im a student", "text only", "im 20"):
        sms.young_person_says(said)

    text = sms.was_sent("signposting.none_just_for_them")
    assert "text line only for that" in text
    assert "text SHOUT" in text


@pytest.mark.parametrize("said", ["whos open at 3am", "anyone there on christmas day"])
def test_who_asks_about_another_time_is_told_who_is_always_there(
    robin: Sms, said: str
) -> None:
    robin.young_person_says("im 15")
    assert "Tellmi" in robin.was_sent("signposting.open_now")

    robin.young_person_says(said)
    text = robin.was_sent("signposting.any_hour")
    assert "at any hour" in text or "day and night" in text
    assert "0800 1111" in text
    assert "Tellmi" not in text

    robin.young_person_says("who is open now")
    assert "Tellmi" in robin.was_sent("signposting.open_now")


def test_help_for_a_deaf_person_is_not_said_to_be_like_that(sms: Sms) -> None:
    sms.young_person_says("hi")
    sms.young_person_says("im deaf who can i talk to")

    text = sms.was_sent("signposting.none_just_for_them")
    assert "I know of no help only for that." in text


def test_without_credit_only_texts_that_are_surely_free_are_named(sms: Sms) -> None:
    sms.young_person_says("hi")
    sms.young_person_says("got no credit who can i text")

    text = sms.was_sent("signposting.open_now")
    assert "85258" in text
    assert "88247" not in text


@pytest.mark.parametrize("postcode", ["TR1 1AA", "tr11aa", "my postcode is TR1 1AA"])
def test_a_whole_postcode_after_a_list_is_a_place(robin: Sms, postcode: str) -> None:
    robin.young_person_says(postcode)

    assert "Cornwall" in robin.was_sent("signposting.open_now")
    wishes = robin.handrail.record(
        lambda unit: unit.conversations.wishes(robin.conversation())
    )
    assert "1aa" not in wishes.lower()


def test_a_postcode_that_is_not_known_is_said_to_be_so(robin: Sms) -> None:
    robin.young_person_says("ZZ9 9ZZ")

    robin.was_sent("signposting.unknown_place")


def test_a_number_that_can_be_an_age_is_one_after_a_list(
    robin: Sms, web: WebChat
) -> None:
    web.young_person_says("who is open")
    for someone in (robin, web):
        someone.young_person_says("15")
        someone.was_sent("signposting.open_now")
    assert "1 Childline" in robin.texts[-1]


def test_age_and_who_somebody_is_in_one_message_find_what_is_for_them(
    robin: Sms,
) -> None:
    robin.young_person_says("im 20 im a student")

    text = robin.was_sent("signposting.nothing_surely_open")
    assert "Nightline" in text
    assert "Childline" not in text


def test_a_number_that_no_list_has_brings_the_list_and_its_numbers(
    robin: Sms,
) -> None:
    for said in ("9", "0", "9."):
        robin.young_person_says(said)
        text = robin.was_sent("answers.no_such_number")
        assert "Reply 1 to 3." in text
        assert "1 Shout" in text
        assert segments(text) <= 3
    robin.young_person_says("1")
    assert "SHOUT" in robin.was_sent("signposting.what_to_expect")


def test_any_list_by_text_says_which_numbers_it_has(sms: Sms) -> None:
    sms.young_person_says("menu")
    sms.young_person_says("15")

    text = sms.was_sent("answers.no_such_number")
    assert "Reply 1 to 3." in text
    assert "2 Who is open now" in text


def test_a_number_that_answers_no_question_of_consent_brings_the_question(
    sms: Sms,
) -> None:
    sms.young_person_says("PERSON")
    sms.young_person_says("9")

    text = sms.was_sent("answers.no_such_number")
    assert text.count("1 Yes") == 1
    sms.was_sent("handover.ask_reach_again")


def test_a_list_from_long_ago_is_not_said_again(robin: Sms, watch: Watch) -> None:
    robin.handrail.later(minutes=90)
    robin.young_person_says("9")

    robin.was_not_sent("answers.no_such_number")


def test_in_a_plan_a_number_is_the_plans(sms: Sms, dialogue: ReadableDialogue) -> None:
    dialogue.away = True
    for said in ("make a plan", "yes"):
        sms.young_person_says(said)
    sms.was_sent("plan.ask_getting_through")
    sms.young_person_says("9")

    sms.was_not_sent("answers.no_such_number")


def test_after_crisis_words_a_number_that_no_list_has_is_left_to_care(
    robin: Sms,
) -> None:
    robin.young_person_says("i want to kill myself")
    robin.young_person_says("9")

    robin.was_not_sent("answers.no_such_number")
