"""A phone that a brother picks up too: a word, no plan by text, and quiet hours."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from foundations.saying import Channel, Reply
from gateway.speaking import speak
from gateway.texting.hours import texting_hours
from gateway.texting.wishes import TRIES
from safety_plans.folding import plan_from
from tests.journeys.clocks import StillClock
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

WEDNESDAY_NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=StillClock(WEDNESDAY_NOON))
    yield running
    stop(running)


@pytest.fixture
def robin(sms: Sms) -> Sms:
    """Someone with a plan of one line, who texts."""
    for said in ("make a safety plan", "yes", "loud music", "yes", "pause"):
        sms.young_person_says(said)
    return sms


def test_with_a_word_the_plan_is_only_read_to_who_knows_it(robin: Sms) -> None:
    robin.young_person_says("plan word badger")
    robin.was_sent("texting.word_kept")
    for asked in ("PLAN", "PLAN 1", "plan all", "what helps me", "what can i do"):
        robin.young_person_says(asked)

        robin.was_sent("texting.needs_word")
        assert "loud music" not in robin.texts[-1]
    robin.young_person_says("Plan BADGER")

    assert "loud music" in robin.texts[-1]
    robin.young_person_says("plan badger all")
    assert "loud music" in robin.texts[-1]


def test_the_word_alone_opens_the_plan_when_it_was_asked_for(robin: Sms) -> None:
    robin.young_person_says("plan word badger")
    robin.young_person_says("badger")
    assert "loud music" not in robin.texts[-1]
    robin.young_person_says("PLAN")
    robin.was_sent("texting.needs_word")
    robin.young_person_says("rabbit")
    robin.was_sent("texting.wrong_word")
    robin.young_person_says("Badger")

    assert "loud music" in robin.texts[-1]


@pytest.mark.parametrize("said", ["WHO", "thanks", "no", "LINK"])
def test_another_word_than_the_plans_is_no_try(robin: Sms, said: str) -> None:
    robin.young_person_says("plan word badger")
    robin.young_person_says("PLAN")
    robin.young_person_says(said)

    assert "texting.wrong_word" not in heard_by(robin)


def test_words_cannot_be_guessed_for_long(handrail: Handrail, robin: Sms) -> None:
    robin.young_person_says("plan word badger")
    for _ in range(TRIES):
        robin.young_person_says("plan rabbit")
        robin.was_sent("texting.wrong_word")
    robin.young_person_says("plan badger")
    robin.was_sent("texting.locked")
    handrail.clock.now = WEDNESDAY_NOON.replace(hour=14)
    robin.young_person_says("plan badger")

    assert "loud music" in robin.texts[-1]


def test_a_word_is_only_changed_by_who_knows_it(robin: Sms) -> None:
    robin.young_person_says("plan word badger")
    robin.young_person_says("plan word rabbit")
    robin.was_sent("texting.has_a_word")
    robin.young_person_says("no plan word rabbit")
    robin.was_sent("texting.wrong_word")
    robin.young_person_says("no plan word badger")
    robin.was_sent("texting.word_gone")
    robin.young_person_says("PLAN")

    assert "loud music" in robin.texts[-1]


def test_no_plan_by_text_is_undone_on_the_web_alone(
    handrail: Handrail, robin: Sms
) -> None:
    web = handrail.web_chat()
    web.young_person_says("LINK")
    code = web.was_sent("joining.code").partition("LINK ")[2][:7]
    robin.young_person_says(f"LINK {code}")
    robin.young_person_says("no plan by text")
    robin.young_person_says("PLAN")
    robin.was_sent("texting.no_plan")
    robin.young_person_says("plan by text")
    robin.was_sent("texting.plan_again_on_the_web")
    web.young_person_says("PLAN")
    assert "loud music" in " ".join(said["text"] for said in web.messages)
    web.young_person_says("plan by text")
    robin.young_person_says("PLAN")

    assert "loud music" in robin.texts[-1]


BUILT = (
    "add to 3",
    "hot chocolate",
    "yes",
    "add to 6",
    "my mate Ash",
    "yes",
    "add to 5",
    "friends",
    "carry on",
    "next",
)


@pytest.mark.parametrize("wish", ["no plan by text", "plan word badger"])
def test_nothing_of_a_plan_is_said_on_a_phone_that_it_stays_off(
    robin: Sms, wish: str
) -> None:
    robin.young_person_says(wish)
    before = len(robin.texts)
    shows = ("PLAN", "PLAN 3", "PLAN ALL", "old versions", "share my plan", "my plan")
    for said in (*BUILT, *shows, "change 1.1 to quiet music", "undo", "what helps me"):
        robin.young_person_says(said)
    told = " ".join(robin.texts[before:])

    for words in ("loud music", "hot chocolate", "Ash", "friends", "quiet music"):
        assert words not in told
    assert len(robin.texts) == before + len(BUILT) + len(shows) + 3


@pytest.mark.parametrize("wish", ["no plan by text", "plan word badger"])
@pytest.mark.parametrize("asked", ["PLAN LINK", "my plan page", "link to my plan"])
def test_no_link_to_the_plan_either(robin: Sms, wish: str, asked: str) -> None:
    robin.young_person_says(wish)
    robin.young_person_says(asked)

    robin.was_not_sent("plan.page_link")
    assert "/my/o/" not in robin.texts[-1]


@pytest.mark.parametrize(
    "said",
    [
        "lock my plan",
        "hide my plan",
        "can i lock my plan?",
        "hide my plan on this phone",
        "set a password",
        "put a password on my plan",
        "plan word",
        "hide my plan from my brother",
        "dont let my mum see my plan",
        "pls dont show my plan to my mum",
        "i dont want my mum to see my plan",
        "keep my plan away from my dad",
    ],
)
def test_whoever_wants_to_lock_their_plan_is_told_how(robin: Sms, said: str) -> None:
    web = robin.handrail.web_chat()
    for someone, told in ((robin, "text PLAN WORD"), (web, "Hide for now")):
        someone.young_person_says(said)

        assert told in someone.was_sent("texting.how_to_lock")
        assert "loud music" not in robin.texts[-1]


def test_on_the_web_it_is_said_that_a_word_is_for_texts_alone(web: WebChat) -> None:
    for said in ("make a safety plan", "yes", "loud music", "yes", "pause"):
        web.young_person_says(said)
    web.young_person_says("plan word badger")
    kept = web.was_sent("texting.word_kept")
    assert "This web chat shows it without the word" in kept
    assert "Wipe these texts" not in kept
    web.young_person_says("PLAN")

    assert any("loud music" in said["text"] for said in web.messages)


@pytest.mark.parametrize("door", ["sms", "web"])
@pytest.mark.parametrize("said", ["plan all badger", "plan badger all", "plan badger"])
def test_the_word_is_never_a_line_of_a_plan_that_is_being_made(
    request: pytest.FixtureRequest, door: str, said: str
) -> None:
    robin = request.getfixturevalue(door)
    for text in ("make a safety plan", "yes", "loud music", "yes", "plan word badger"):
        robin.young_person_says(text)
    robin.young_person_says(said)
    here = robin.conversation if door == "web" else robin.conversation()
    plan = robin.handrail.record(
        lambda unit: plan_from(
            unit.plans.changes(unit.conversations.get(here).young_person)
        )
    )

    assert [line.words for line in plan.all_lines] == ["loud music"]


def test_whoever_knows_the_word_gets_the_link(robin: Sms) -> None:
    robin.young_person_says("plan word badger")
    robin.young_person_says("plan badger link")

    assert "/my/o/" in robin.was_sent("plan.page_link")


@pytest.mark.parametrize(("wish", "asked"), [("hello", 1), ("no plan by text", 0)])
def test_a_person_is_asked_for_without_the_plan_on_such_a_phone(
    robin: Sms, wish: str, asked: int
) -> None:
    robin.young_person_says(wish)
    keys = []
    for said in ("PERSON", "yes", "skip", "skip", "skip"):
        robin.young_person_says(said)
        keys += [message.key for message in robin.new()]

    assert keys.count("handover.ask_from_plan") == asked


def written_to(handrail: Handrail, robin: Sms, text: str) -> None:
    """Say something that answers nothing, as a check-in or a worker does."""
    conversation = robin.conversation()

    def say(unit):  # type: ignore[no-untyped-def]
        here = unit.conversations.get(conversation)
        assert here.channel is Channel.SMS
        speak(unit, here, Reply("plan.check_in", text), handrail.clock())

    handrail.thread.do(handrail.house.database.write(say))
    handrail.thread.do(handrail.house.outbox.do_round())
    handrail.thread.do(handrail.stand_in.settled())


def test_wishes_that_cannot_be_read_keep_nobody_elses_text(
    handrail: Handrail, sms: Sms
) -> None:
    other = handrail.sms("+447700900002")
    sms.young_person_says("hello")
    other.young_person_says("hello")
    here = sms.conversation()

    def of_another_version(unit):  # type: ignore[no-untyped-def]
        person = unit.conversations.get(here).young_person
        unit.texting_wishes.keep(person, '{"of": "another version"}')

    handrail.thread.do(handrail.house.database.write(of_another_version))
    written_to(handrail, sms, "How are you?")
    written_to(handrail, other, "And you?")

    assert other.texts[-1] == "And you?"
    assert "How are you?" not in sms.texts


def test_only_between_four_and_six_is_kept_to_by_all_but_answers_and_crisis(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("please only text me between 4 and 6")
    assert "between 4pm and 6pm" in sms.was_sent("texting.hours_kept")
    handrail.clock.now = WEDNESDAY_NOON.replace(hour=13)
    written_to(handrail, sms, "How are you?")
    assert "How are you?" not in sms.texts
    answered = len(sms.texts)
    handrail.thread.do(sms.phone.sends("WHO"))
    handrail.thread.do(sms.phone.received(answered + 1))
    handrail.thread.do(sms.phone.sends("i want to die"))
    handrail.thread.do(sms.phone.received(answered + 2))
    assert "How are you?" not in sms.texts
    handrail.clock.now = WEDNESDAY_NOON.replace(hour=16)
    handrail.thread.do(sms.phone.received(answered + 3))

    assert sms.texts[-1] == "How are you?"
    sms.young_person_says("text me any time")
    sms.was_sent("texting.any_time")
    handrail.clock.now = WEDNESDAY_NOON.replace(hour=21)
    written_to(handrail, sms, "Good evening.")
    assert sms.texts[-1] == "Good evening."


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("only text me between 4 and 6", "4pm", "6pm"),
        ("Text me from 9 to 5", "9am", "5pm"),
        ("text me only between 8pm and 10pm", "8pm", "10pm"),
        ("text me between 4.30 and 6pm", "4.30pm", "6pm"),
        ("text me between 10pm and 1am", "10pm", "1am"),
        ("text me between 16:00 and 18:30", "4pm", "6.30pm"),
        ("text me between 11 and 2", "11am", "2pm"),
    ],
)
def test_hours_are_read_as_people_say_them(said: str, start: str, end: str) -> None:
    hours = texting_hours(said)

    assert hours is not None
    assert hours.spoken() == {"start": start, "end": end}


@pytest.mark.parametrize(
    "said", ["text me between 4 and 4", "text me between 27 and 30", "text me at 4"]
)
def test_what_names_no_hours_is_no_wish(said: str) -> None:
    assert texting_hours(said) is None


def test_hours_past_midnight_and_across_the_clock_change() -> None:
    hours = texting_hours("text me between 10pm and 1am")
    assert hours is not None
    assert hours.may_text(datetime.fromisoformat("2026-11-25T00:30:00+00:00"))
    assert not hours.may_text(datetime.fromisoformat("2026-11-25T01:00:00+00:00"))

    evening_before_summer = datetime.fromisoformat("2027-03-27T23:30:00+00:00")
    hours = texting_hours("text me between 4 and 6")
    assert hours is not None
    opens = hours.next_start(evening_before_summer)
    assert opens == datetime.fromisoformat("2027-03-28T15:00:00+00:00")


def test_a_new_number_is_never_taken_for_somebody_known(
    handrail: Handrail, robin: Sms
) -> None:
    stranger = handrail.sms("+447700900199")
    stranger.young_person_says("PLAN")

    stranger.was_sent("welcome.sms")
    stranger.was_sent("plan.empty")
    assert "loud music" not in " ".join(stranger.texts)
