"""Consent, one thing at a time: by text and web, with the dialogue up or down."""

from typing import Any

import pytest

from storage.records import ConsentStatus, Owner
from tests.journeys.conversations import YoungPerson, says
from tests.journeys.handrail import Desk, Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture(params=["dialogue up", "dialogue down"])
def up_or_down(request: pytest.FixtureRequest, dialogue: ReadableDialogue) -> None:
    dialogue.away = request.param == "dialogue down"


def conversation_of(someone: YoungPerson) -> Any:
    if isinstance(someone, Sms):
        return someone.conversation()
    return someone.conversation


def shared_in(handrail: Handrail, someone: YoungPerson) -> list[str]:
    conversation = conversation_of(someone)
    cases = handrail.record(lambda u: u.handovers.of_conversation(conversation))
    return [case.shared for case in cases]


def steps_of(handrail: Handrail, someone: YoungPerson) -> list[ConsentStatus]:
    """The status of every consent of a conversation, oldest first."""
    from sqlalchemy import select

    from storage.tables.core import consents

    conversation = conversation_of(someone)

    def look(unit: Any) -> list[ConsentStatus]:
        found = unit.connection.execute(
            select(consents.c.id)
            .where(consents.c.conversation == conversation)
            .order_by(consents.c.number)
        ).scalars()
        return [unit.consents.get(id).status for id in found]

    return handrail.record(look)


@pytest.mark.usefixtures("up_or_down")
def test_what_is_shared_is_what_was_previewed_byte_for_byte(
    handrail: Handrail, someone: YoungPerson, desk: Desk
) -> None:
    says(someone, "PERSON")
    someone.was_sent("handover.ask_reach")
    says(someone, "yes")
    someone.was_sent("handover.ask_help_with")
    says(someone, "exams, and my nan being ill \u2013 it\u2019s a lot")
    someone.was_sent("handover.ask_needs")
    says(someone, "short messages please")
    someone.was_sent("handover.ask_tried")
    says(someone, "i told my form tutor")
    preview = someone.was_sent("handover.preview")
    assert shared_in(handrail, someone) == []
    says(someone, "SHARE")

    someone.was_sent("handover.waiting")
    (shared,) = shared_in(handrail, someone)
    assert "exams, and my nan being ill - it's a lot" in shared
    assert shared.count("\n") == 3
    assert shared.encode() in preview.encode()
    (case,) = desk.waiting()
    desk.claims(case)
    page = desk.reads(case)
    for line in shared.splitlines():
        assert line.replace("'", "&#39;") in page


@pytest.mark.usefixtures("up_or_down")
def test_nothing_is_picked_that_was_not_picked(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "yes", "no", "leave this out", "skip")
    preview = someone.was_sent("handover.preview")
    says(someone, "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert shared.startswith("How to reach you")
    assert "\n" not in shared
    assert shared in preview


def test_the_preview_says_who_sees_it_and_when_they_answer_and_what_else_is_told(
    someone: YoungPerson,
) -> None:
    says(someone, "PERSON", "yes", "show me so far")
    preview = someone.was_sent("handover.preview")

    for told in (
        "the demo charity",
        "the workers on shift",
        "any time while this demo is running",
        "about 10 minutes",
        "someone's life is in danger",
        "Nothing is sent yet",
    ):
        assert told in preview


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["never mind"], "handover.declined"),
        (["no"], "handover.no_way_to_reach"),
        (["yes", "never mind"], "handover.declined"),
        (["yes", "skip", "not now"], "handover.declined"),
        (["yes", "show me so far", "no"], "handover.declined"),
        (["yes", "show me so far", "change", "never mind"], "handover.declined"),
    ],
)
def test_it_can_be_refused_at_every_point(
    handrail: Handrail, someone: YoungPerson, desk: Desk, said: list[str], told: str
) -> None:
    says(someone, "PERSON", *said)
    someone.was_sent(told)
    says(someone, "SHARE")

    someone.was_sent("handover.nothing_to_share")
    assert desk.waiting() == []
    assert ConsentStatus.DRAFTED not in steps_of(handrail, someone)


def test_yes_to_the_preview_asks_for_the_word_and_shares_nothing(
    someone: YoungPerson, desk: Desk
) -> None:
    says(someone, "PERSON", "yes", "show me so far", "yes")

    someone.was_sent("handover.share_word")
    assert desk.waiting() == []


def test_an_answer_can_be_changed_and_the_old_one_is_gone(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "yes", "my dad", "skip", "skip")
    says(someone, "change")
    someone.was_sent("handover.what_to_change")
    says(someone, "help with", "moving house")
    preview = someone.was_sent("handover.preview")
    says(someone, "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert "moving house" in shared
    assert "my dad" not in shared
    assert shared in preview
    assert steps_of(handrail, someone) == [
        ConsentStatus.REFUSED,
        ConsentStatus.CONFIRMED,
    ]


def test_going_back_asks_the_question_before(someone: YoungPerson) -> None:
    says(someone, "PERSON", "yes", "exams", "back")

    someone.was_sent("handover.ask_help_with")


def test_a_question_of_their_own_is_answered_then_ours_is_asked_again(
    someone: YoungPerson,
) -> None:
    says(someone, "PERSON", "yes", "will you tell my mum?")

    someone.was_sent("fake.heard")
    someone.was_sent("handover.ask_help_with")


def test_moving_on_to_something_else_puts_the_asking_aside(
    handrail: Handrail, someone: YoungPerson, dialogue: ReadableDialogue
) -> None:
    says(someone, "PERSON", "yes", "MENU", "exams")

    someone.was_sent("fake.heard")
    assert handrail.record(
        lambda unit: unit.askings.get(conversation_of(someone)) is None
    )


def test_words_that_may_name_a_way_of_harm_are_not_passed_on(
    someone: YoungPerson,
) -> None:
    says(someone, "PERSON", "yes", "my medication makes me feel sick")

    someone.was_sent("handover.keep_for_them")
    says(someone, "feeling sick")
    someone.was_sent("handover.ask_needs")


@pytest.mark.parametrize(
    "said", ["my {exams} and {0[preview]} {{x}}", "50% {", "\\x00"]
)
def test_words_are_shown_as_they_were_written(web: WebChat, said: str) -> None:
    says(web, "PERSON", "yes", said, "show me so far")

    assert said in web.was_sent("handover.preview")


def test_a_plan_is_shared_part_by_part_and_private_parts_are_not_offered(
    handrail: Handrail, web: WebChat
) -> None:
    writes_a_plan(handrail, web.conversation)
    says(web, "PERSON", "yes", "exams")
    web.was_sent("handover.ask_from_plan")
    offered = [choice["value"] for said in web.messages for choice in said["choices"]]
    says(web, "distractions")
    web.was_sent("handover.ask_more_from_plan")
    says(web, "no more", "skip", "skip")
    preview = web.was_sent("handover.preview")
    says(web, "SHARE")

    (shared,) = shared_in(handrail, web)
    assert "walk the dog" in shared
    assert "ring my aunt" not in shared
    assert "lock things away" not in shared
    assert shared in preview
    assert not any("safer" in value for value in offered)


def writes_a_plan(handrail: Handrail, conversation: Any) -> None:
    from foundations.ids import PlanLineId, new_id
    from safety_plans.plan import ChangeKind, PlanChange, SectionId

    lines = (
        (SectionId.DISTRACTIONS, "walk the dog"),
        (SectionId.PEOPLE_TO_TALK_TO, "ring my aunt"),
        (SectionId.MAKING_SAFER, "lock things away"),
    )

    def write(unit: Any) -> None:
        person = unit.conversations.get(conversation).young_person
        for section, words in lines:
            change = PlanChange(
                id=new_id(),
                kind=ChangeKind.LINE_ADDED,
                at=unit.clock(),
                line=PlanLineId(new_id()),
                section=section,
                words=words,
            )
            unit.plans.append(person, [change])

    handrail.thread.do(handrail.house.database.write(write))


def test_share_said_twice_opens_one_case(someone: YoungPerson, desk: Desk) -> None:
    someone.asks_for_a_person()
    says(someone, "SHARE")

    someone.was_sent("handover.still_in_line")
    assert len(desk.waiting()) == 1


def test_asking_again_while_waiting_says_how_it_stands(someone: YoungPerson) -> None:
    someone.asks_for_a_person()
    says(someone, "PERSON")

    someone.was_sent("handover.still_in_line")


@pytest.mark.parametrize(
    "said", ["how long will it take", "are they there yet?", "still waiting lol"]
)
def test_how_long_means_the_request_while_it_waits(
    someone: YoungPerson, said: str
) -> None:
    someone.asks_for_a_person()
    says(someone, said)

    someone.was_sent("handover.still_in_line")


@pytest.mark.parametrize("said", ["cancel it", "I've changed my mind", "stop waiting"])
def test_cancel_takes_a_request_back_while_it_waits(
    someone: YoungPerson, desk: Desk, said: str
) -> None:
    someone.asks_for_a_person()
    says(someone, said)

    someone.was_sent("handover.withdrawn_unread")
    assert desk.waiting() == []


def test_before_and_after_a_request_the_same_words_are_about_something_else(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "how long will it take")
    someone.asks_for_a_person()
    says(someone, "cancel it")
    says(someone, "how long will it take")

    owner = handrail.record(
        lambda u: u.conversations.get(conversation_of(someone)).owner
    )
    assert owner is Owner.BOT
    with pytest.raises(AssertionError, match="was not sent"):
        someone.was_sent("handover.still_in_line")


def test_unshare_ends_access_at_once_and_leaves_a_tombstone(
    handrail: Handrail, someone: YoungPerson, desk: Desk
) -> None:
    someone.asks_for_a_person()
    (case,) = desk.waiting()
    desk.claims(case)
    says(someone, "UNSHARE")

    someone.was_sent("handover.withdrawn")
    assert shared_in(handrail, someone) == [None]
    page = desk.reads(case)
    assert "How to reach you" not in page
    owner = handrail.record(
        lambda u: u.conversations.get(conversation_of(someone)).owner
    )
    assert owner is Owner.BOT
    assert steps_of(handrail, someone) == [ConsentStatus.WITHDRAWN]


def test_unshare_while_waiting_takes_it_off_the_board(
    someone: YoungPerson, desk: Desk
) -> None:
    someone.asks_for_a_person()
    says(someone, "UNSHARE")

    someone.was_sent("handover.withdrawn_unread")
    assert desk.waiting() == []


def test_what_nobody_had_read_is_said_to_be_unread_when_it_is_taken_back(
    someone: YoungPerson,
) -> None:
    someone.asks_for_a_person()
    says(someone, "UNSHARE")

    told = someone.was_sent("handover.withdrawn_unread")
    assert "Nobody had read it" in told
    assert "remember" not in told


def test_crisis_words_come_first_while_something_is_asked(
    someone: YoungPerson, handrail: Handrail
) -> None:
    says(someone, "PERSON", "yes", "i want to kill myself")

    keys = (
        [message.key for message in someone.new()]
        if isinstance(someone, Sms)
        else someone.keys
    )
    assert any(key.startswith("escalation.") for key in keys)
    kept = handrail.record(lambda u: u.askings.get(conversation_of(someone)))
    assert "kill" not in kept.json
