"""Words that ask for help so plainly that nothing has to understand them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

import pytest

from foundations.gsm7 import segments
from safety_plans import editing
from safety_plans.plan import SectionId
from storage import UnitOfWork
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

NIGHT = datetime.fromisoformat("2026-11-25T02:00:00+00:00")
numbers = count(300)


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    """One Handrail at two in the morning; its dialogue is there, and not needed."""
    home = tmp_path_factory.mktemp("plain")
    running = start(home, ReadableDialogue(), clock=Watch(NIGHT))
    yield running
    stop(running)


@pytest.fixture
def sms(handrail: Handrail) -> Sms:
    return handrail.sms(f"+447700900{next(numbers)}")


@pytest.mark.parametrize(
    ("text", "key", "word"),
    [
        ("im 14 and got no credit who can i talk to", "open_now", "Childline"),
        ("im worried about my mate who can i ring", "open_now", "HOPELINE247"),
        ("what about mermaids", "what_to_expect", "Mermaids"),
        ("whats childline like", "what_to_expect", "Childline"),
        ("what happens when i text shout", "what_to_expect", "Shout"),
        ("is there a group i can join", "none_known", "Shout"),
        ("any help in cardiff", "open_now", "Shout"),
        ("someone who is muslim to talk to", "none_just_for_them", "Shout"),
    ],
)
def test_what_asks_so_plainly_is_answered_at_once_though_the_dialogue_is_there(
    sms: Sms, text: str, key: str, word: str
) -> None:
    sms.young_person_says("hi")
    sms.young_person_says(text)

    assert word in sms.was_sent(f"signposting.{key}")
    assert segments(sms.texts[-1]) <= 3


@pytest.mark.parametrize("door", ["sms", "web"])
def test_a_wish_that_changes_nothing_is_heard_and_said_to_change_nothing(
    request: pytest.FixtureRequest, door: str
) -> None:
    robin = request.getfixturevalue(door)
    robin.young_person_says("hi")
    robin.young_person_says("who can i text")
    robin.was_sent("signposting.open_now")
    robin.young_person_says("im 15")
    robin.was_sent("signposting.still_these")
    robin.young_person_says("someone to call")
    robin.was_sent("signposting.open_now")


@pytest.mark.parametrize("said", ["who can i ring", "who can i call", "who do i ring"])
def test_who_can_i_ring_is_whoever_is_open_where_no_plan_lists_anybody(
    sms: Sms, said: str
) -> None:
    sms.young_person_says("hi")
    sms.young_person_says(said)

    assert "116 123" in sms.was_sent("signposting.open_now")


def test_who_can_i_ring_is_whom_the_plan_lists_once_it_lists_somebody(
    sms: Sms,
) -> None:
    sms.young_person_says("hi")
    here = sms.conversation()

    def list_nan(unit: UnitOfWork) -> None:
        person = unit.conversations.get(here).young_person
        people = SectionId.PEOPLE_TO_TALK_TO
        editing.add_lines(unit.plans, person, people, ["nan"], now=unit.clock())

    sms.handrail.thread.do(sms.handrail.house.database.write(list_nan))
    sms.young_person_says("who can i ring")

    assert "nan" in sms.was_sent("plan.who_to_ring")


def test_not_them_brings_others(sms: Sms) -> None:
    sms.young_person_says("whats childline like")
    sms.young_person_says("not them")

    assert "Childline" not in sms.was_sent("signposting.others")


def test_it_means_the_one_that_was_just_talked_about(
    web: WebChat,
) -> None:
    web.young_person_says("is switchboard open")
    web.was_sent("signposting.one_closed_until")
    web.young_person_says("when does it open")
    assert "10am" in web.was_sent("signposting.one_closed_until")
    web.young_person_says("what about samaritans")
    web.young_person_says("is it free")
    assert "Samaritans: Free." in web.was_sent("signposting.about_cost")
    web.young_person_says("is it open")
    web.was_sent("signposting.one_open")


def test_a_name_that_is_a_word_of_every_day_is_a_service_only_after_we_named_it(
    web: WebChat,
) -> None:
    web.young_person_says("shout")
    web.was_sent("fake.heard")
    web.young_person_says("who can i text in leeds")
    web.young_person_says("shout")
    assert "Shout" in web.was_sent("signposting.what_to_expect")


def test_more_of_a_kind_that_is_used_up_says_so_and_names_others(sms: Sms) -> None:
    sms.young_person_says("hi")
    sms.young_person_says("who can i text in leeds")
    assert "88247" in sms.was_sent("signposting.open_now")
    sms.young_person_says("none of these")
    assert "That's all of those." in sms.was_sent("signposting.no_more_of_kind")
    assert "Samaritans" in sms.texts[-1] or "Childline" in sms.texts[-1]
