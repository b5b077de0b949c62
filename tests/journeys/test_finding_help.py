"""Finding help, turn by turn: by text and on the web, with the dialogue up or away."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import count

import pytest

from foundations.gsm7 import segments
from safety_plans import editing
from safety_plans.folding import plan_from
from safety_plans.plan import SectionId
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.help_words import ASKED, asks, talks_about_what_was_found
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch


def search_of(handrail: Handrail, conversation: str) -> dict:
    """Read what is kept of a search."""
    kept = handrail.record(lambda unit: unit.conversations.wishes(conversation))
    return json.loads(kept)


def plan_of(handrail: Handrail, conversation: str):
    person = handrail.record(
        lambda unit: unit.conversations.get(conversation).young_person
    )
    return handrail.record(lambda unit: plan_from(unit.plans.changes(person)))


NIGHT = datetime.fromisoformat("2026-11-25T02:00:00+00:00")
numbers = count(200)


@pytest.fixture(scope="module")
def watch_of_all() -> Watch:
    return Watch(NIGHT)


@pytest.fixture(scope="module")
def away() -> ReadableDialogue:
    return ReadableDialogue(away=True)


@pytest.fixture(scope="module")
def handrail(
    tmp_path_factory: pytest.TempPathFactory,
    away: ReadableDialogue,
    watch_of_all: Watch,
) -> Iterator[Handrail]:
    """One Handrail for all of these: everyone who asks is somebody else."""
    running = start(tmp_path_factory.mktemp("help"), away, clock=watch_of_all)
    yield running
    stop(running)


@pytest.fixture
def watch(watch_of_all: Watch) -> Watch:
    return watch_of_all


@pytest.fixture
def dialogue(away: ReadableDialogue) -> ReadableDialogue:
    return away


@pytest.fixture(autouse=True)
def it_is_night_and_the_dialogue_is_away(
    watch: Watch, dialogue: ReadableDialogue
) -> None:
    """Two in the morning, on a Wednesday."""
    watch.now = NIGHT
    dialogue.away = True


@pytest.fixture
def sms(handrail: Handrail) -> Sms:
    return handrail.sms(f"+447700900{next(numbers)}")


@pytest.mark.parametrize("asked", ASKED)
def test_with_the_dialogue_away_help_is_found_in_their_own_words(
    sms: Sms, web: WebChat, asked: str
) -> None:
    asks(sms, asked)
    asks(web, asked)

    assert all(
        choice.value.startswith("what to expect from")
        for choice in sms.new()[-1].choices
    )


def test_with_the_dialogue_away_everything_is_said_about_what_was_found(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    talks_about_what_was_found(handrail, sms)
    talks_about_what_was_found(handrail, web)


def test_no_calls_means_none_and_the_next_words_narrow_it_further(web: WebChat) -> None:
    web.young_person_says("is there anything that isnt calls")
    web.young_person_says("im 15")
    shown = [
        said["text"] for said in web.messages if said["key"] == "signposting.choice"
    ]

    assert len(shown) == 3
    assert not [text for text in shown if "by phone" in text]
    assert "Childline" in " ".join(shown)


def test_a_text_for_anyone_is_named_to_who_wanted_one_for_people_like_them(
    sms: Sms,
) -> None:
    sms.young_person_says("somewhere lgbt friendly in plymouth")
    sms.young_person_says("text one plz")

    assert "text SHOUT to 85258" in sms.texts[-1]
    assert "call 111" not in sms.texts[-1]
    sms.young_person_says("who")
    sms.was_sent("signposting.open_now")


def test_tell_me_more_says_more_of_the_service_that_was_just_shown(
    sms: Sms, web: WebChat
) -> None:
    """In the chat there is room for all of it at once: it is said again."""
    for someone in (sms, web):
        someone.young_person_says("what to expect from childline")
        someone.was_sent("signposting.what_to_expect")
        someone.young_person_says("Tell me more")

    sms.was_sent("signposting.expect_more")
    assert "Childline" in web.was_sent("signposting.what_to_expect")


def test_tell_me_more_after_several_shows_others(web: WebChat) -> None:
    web.young_person_says("who is open now")
    web.young_person_says("tell me more")

    assert web.keys[0] == "signposting.others"


def test_tell_me_more_after_anything_else_is_the_notice(web: WebChat) -> None:
    web.young_person_says("tell me more")
    assert web.keys[0].startswith("notice.")
    web.young_person_says("what to expect from childline")
    web.young_person_says("menu")
    web.young_person_says("tell me more")

    assert web.keys[0].startswith("notice.")


def test_more_shows_others_until_there_are_none(web: WebChat) -> None:
    web.young_person_says("who is open now")
    seen: list[str] = []
    for _ in range(20):
        names = [
            said["text"].partition(":")[0]
            for said in web.messages
            if said["key"] == "signposting.choice"
        ]
        if not names:
            break
        seen += names
        web.young_person_says("more")

    assert web.was_sent("signposting.no_more")
    assert len(seen) == len(set(seen)) > 3


def test_the_same_wish_said_again_is_the_same_wish(web: WebChat) -> None:
    """And a question without a wish begins anew."""

    def first_named() -> str:
        return next(s for s in web.messages if s["key"] == "signposting.choice")["text"]

    wish = "by text for girls"
    web.young_person_says(wish)
    before = web.keys, first_named()
    web.young_person_says(wish)
    assert (web.keys, first_named()) == before
    web.young_person_says("who is open now")
    assert web.keys[0] == "signposting.open_now"


def test_one_that_is_not_for_me_is_not_shown_again(sms: Sms) -> None:
    sms.young_person_says("who")
    sms.young_person_says("1")
    sms.was_sent("signposting.what_to_expect")
    gone = sms.texts[-1].splitlines()[0]
    sms.young_person_says("not for me")
    sms.was_sent("signposting.others")
    sms.young_person_says("who")

    assert gone.partition(" ")[0] not in sms.texts[-1]


def test_none_of_those_shows_others_and_rules_nobody_out_for_good(sms: Sms) -> None:
    sms.young_person_says("who")
    sms.young_person_says("none of these")
    sms.was_sent("signposting.others")
    sms.young_person_says("i cant talk out loud")

    assert "text SHOUT to 85258" in sms.texts[-1]


def test_a_place_that_is_not_known_is_asked_about_though_another_was(sms: Sms) -> None:
    sms.young_person_says("somewhere lgbt friendly in plymouth")
    sms.young_person_says("somewhere in ambridge")
    sms.was_sent("signposting.unknown_place")
    assert segments(sms.texts[-1]) <= 3
    sms.young_person_says("plymoth")
    sms.was_sent("signposting.which_area")


@pytest.mark.parametrize(
    "asked", ["anyone up rn", "text one plz", "i cant talk out loud", "who"]
)
def test_the_very_first_text_is_three_segments_with_its_greeting(
    sms: Sms, asked: str
) -> None:
    sms.young_person_says(asked)

    assert "I'm a bot" in sms.texts[-1]
    assert segments(sms.texts[-1]) <= 3
    assert len(sms.new()[-1].choices) >= 1


def test_a_number_tells_what_to_expect_and_another_adds_it_to_the_plan(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("text one plz")
    sms.young_person_says("1")
    sms.was_sent("signposting.what_to_expect")
    sms.young_person_says("add to my plan please")
    sms.was_sent("signposting.added_to_plan")
    plan = plan_of(handrail, sms.conversation())

    lines = [line.words for line in plan.lines(SectionId.EMERGENCY_SUPPORT)]
    assert lines == ["Text SHOUT to 85258 (Shout)"]
    sms.young_person_says("add shout to my plan")
    sms.was_sent("signposting.already_in_plan")


def test_someone_to_talk_to_goes_with_the_people_one_can_tell(
    handrail: Handrail, web: WebChat
) -> None:
    web.young_person_says("add samaritans to my plan")
    web.was_sent("signposting.added_to_plan")
    plan = plan_of(handrail, web.conversation)

    lines = [line.words for line in plan.lines(SectionId.PEOPLE_TO_TALK_TO)]
    assert lines == ["Ring Samaritans on 116 123"]


def test_add_to_my_plan_asks_which_of_those_shown(web: WebChat) -> None:
    web.young_person_says("who is open now")
    web.young_person_says("add to my plan")
    asked = next(s for s in web.messages if s["key"] == "signposting.which_to_add")

    assert len(asked["choices"]) == 3
    web.young_person_says(asked["choices"][0]["value"])
    web.was_sent("signposting.added_to_plan")


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("how long is the wait", "signposting.about_wait"),
        ("will they tell my mum", "signposting.about_private"),
    ],
)
def test_a_question_about_them_is_answered_for_each_that_is_there(
    sms: Sms, asked: str, key: str
) -> None:
    sms.young_person_says("hi")
    sms.young_person_says(asked)
    text = sms.was_sent(key)

    assert text.count(": ") >= 2
    assert segments(text) <= 3


def test_a_question_after_a_look_is_about_that_one(sms: Sms) -> None:
    sms.young_person_says("what to expect from samaritans")
    sms.young_person_says("will they tell my mum")
    text = sms.was_sent("signposting.about_private")

    assert "Samaritans:" in text
    assert "Shout" not in text


def test_near_me_is_asked_about_and_half_a_postcode_is_kept_as_an_area(
    handrail: Handrail, web: WebChat
) -> None:
    web.young_person_says("who is open now")
    web.young_person_says("near me")
    web.was_sent("signposting.ask_place")
    web.young_person_says("PL15 7AB")
    asked = next(s for s in web.messages if s["key"] == "signposting.which_area")
    labels = [choice["label"] for choice in asked["choices"]]
    assert labels == ["Cornwall", "Devon", "Rather not say"]
    web.young_person_says("Cornwall")
    web.was_sent("signposting.open_now")
    kept = search_of(handrail, web.conversation)

    assert kept["areas"] == ["cornwall"]
    assert "7AB" not in json.dumps(kept)
    assert "Cornwall NHS crisis line" in " ".join(s["text"] for s in web.messages)


def test_a_place_nobody_told_us_of_is_asked_about_and_help_is_named_at_once(
    sms: Sms,
) -> None:
    sms.young_person_says("somewhere lgbt friendly in ambridge")
    assert segments(sms.was_sent("signposting.unknown_place")) <= 3
    sms.young_person_says("swinden")
    sms.was_sent("signposting.area_not_known")
    sms.young_person_says("skip")
    assert sms.new()[-1].key.startswith("signposting.")


def test_a_misspelt_town_is_asked_about(web: WebChat) -> None:
    web.young_person_says("anyone open near plymoth")
    asked = next(s for s in web.messages if s["key"] == "signposting.which_area")

    assert "Plymouth" in [choice["label"] for choice in asked["choices"]]


def test_an_age_is_kept_as_a_band(handrail: Handrail, sms: Sms) -> None:
    sms.young_person_says("who")
    sms.young_person_says("for my age")
    sms.was_sent("signposting.ask_age")
    sms.young_person_says("15")
    sms.was_sent("signposting.open_now")

    assert search_of(handrail, sms.conversation())["ages"] == [13, 15]


def test_wishes_last_an_evening_and_longer_only_if_asked(
    handrail: Handrail, web: WebChat, watch: Watch
) -> None:
    web.young_person_says("text one plz in leeds")
    watch.move(hours=5)
    web.young_person_says("who is open now")
    assert search_of(handrail, web.conversation)["ways"] == []

    web.young_person_says("text one plz in leeds")
    web.young_person_says("remember this")
    assert "in Leeds, by text" in web.was_sent("signposting.remembered")
    web.young_person_says("more")
    web.was_sent("signposting.no_more_of_kind")
    watch.move(hours=5)
    web.young_person_says("who is open now")
    assert search_of(handrail, web.conversation)["areas"] == ["leeds"]
    web.young_person_says("forget what i like")
    web.was_sent("signposting.forgotten")
    assert search_of(handrail, web.conversation)["areas"] == []


def test_while_a_plan_is_being_built_bare_words_belong_to_the_plan(
    handrail: Handrail, sms: Sms, dialogue: ReadableDialogue
) -> None:
    dialogue.away = False
    sms.young_person_says("who")
    person = handrail.record(
        lambda unit: unit.conversations.get(sms.conversation()).young_person
    )
    handrail.thread.do(
        handrail.house.database.write(lambda unit: opens_a_plan(unit, person))
    )
    for text in ("more", "not for me", "plymouth"):
        sms.young_person_says(text)
        sms.was_sent("fake.heard")
    sms.young_person_says("add samaritans to my plan")
    sms.was_sent("signposting.added_to_plan")


def opens_a_plan(unit, person) -> None:
    now = NIGHT
    editing.offer_building(unit.plans, person, now=now)
    editing.open_section(unit.plans, person, SectionId.GETTING_THROUGH, now=now)


@pytest.mark.parametrize(
    "text", ["i hate school and im 15 and nobody gets it", "thanks", "my day was ok"]
)
def test_what_is_not_about_finding_help_is_left_to_the_dialogue(
    web: WebChat, dialogue: ReadableDialogue, text: str
) -> None:
    dialogue.away = False
    web.young_person_says("who is open now")
    web.young_person_says(text)

    web.was_sent("fake.heard")
