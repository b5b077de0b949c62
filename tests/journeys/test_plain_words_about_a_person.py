"""Plain words while a person is asked for, waited for, talked with, and gone again."""

from typing import Any

import pytest

from foundations.saying import Choice
from safety_plans.folding import plan_from
from tests.journeys.conversations import YoungPerson, says
from tests.journeys.handrail import Desk, Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue


def here(someone: YoungPerson) -> Any:
    return someone.conversation() if isinstance(someone, Sms) else someone.conversation


def shared_in(handrail: Handrail, someone: YoungPerson) -> list[str]:
    cases = handrail.record(lambda unit: unit.handovers.of_conversation(here(someone)))
    return [case.shared for case in cases]


def with_a_worker(handrail: Handrail, someone: YoungPerson, desk: Desk) -> str:
    (case,) = desk.waiting()
    desk.claims(case).raise_for_status()
    handrail.settled()
    return case


def test_two_words_for_yes_are_one_yes(someone: YoungPerson) -> None:
    assert says(someone, "PERSON", "ok yes") == ["handover.ask_help_with"]


@pytest.mark.parametrize(
    "said", ["not ready", "maybe later", "not yet", "later", "nah ill just talk to you"]
)
def test_not_yet_is_no_answer_to_share(someone: YoungPerson, said: str) -> None:
    assert says(someone, "PERSON", "yes", said) == ["handover.declined"]


@pytest.mark.parametrize("said", ["show", "what did u put so far", "share it then"])
def test_who_wants_to_see_or_send_it_is_shown_it_first(
    handrail: Handrail, someone: YoungPerson, said: str
) -> None:
    says(someone, "PERSON", "yes", "moving house")
    assert says(someone, said) == ["handover.preview"]
    says(someone, "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert said not in shared


def test_go_back_goes_back_whatever_follows_it(someone: YoungPerson) -> None:
    says(someone, "PERSON", "yes", "not where i live")

    assert says(someone, "no go back i meant dont tell them where i am") == [
        "handover.ask_help_with"
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("wot is share", "handover.about_help_with"),
        ("wot next", "handover.who_and_when"),
        ("whos gonna read it", "handover.who_and_when"),
        ("will they use my name", "handover.what_they_see"),
        ("will the person see the pics", "handover.what_they_see"),
        ("what will they see exactly?", "handover.what_they_see"),
        ("how old is the person", "handover.who_they_are"),
        ("is it all old people", "handover.who_they_are"),
        ("is there a lady i can talk to", "handover.who_they_are"),
        ("how many humans are there", "handover.who_they_are"),
    ],
)
def test_what_is_asked_of_the_worker_is_answered_and_not_shared(
    someone: YoungPerson, said: str, told: str
) -> None:
    assert says(someone, "PERSON", "yes", said) == [told, "handover.ask_help_with"]


def test_what_nobody_understood_brings_one_question_and_not_two(
    someone: YoungPerson, dialogue: ReadableDialogue
) -> None:
    dialogue.key = "not_understood.which"
    says(someone, "PERSON")

    assert says(someone, "i go by leo") == [
        "handover.for_the_worker",
        "handover.ask_reach_again",
    ]


@pytest.mark.parametrize("key", ["answers.affirm", "menu.main", "welcome.hello"])
def test_an_answer_that_only_asks_what_they_would_like_is_not_said_beside_ours(
    someone: YoungPerson, dialogue: ReadableDialogue, key: str
) -> None:
    dialogue.key = key
    says(someone, "PERSON")

    assert says(someone, "i go by leo") == [
        "handover.for_the_worker",
        "handover.ask_reach_again",
    ]


def test_at_the_preview_what_nobody_understood_says_that_nothing_is_sent(
    handrail: Handrail, someone: YoungPerson, dialogue: ReadableDialogue
) -> None:
    dialogue.key = "not_understood.which"
    says(someone, "PERSON", "yes", "my dad", "show me")
    assert says(someone, "mr purple") == [
        "handover.for_the_worker",
        "handover.share_word",
    ]
    # It may have been a wish to change it.
    assert says(someone, "SHARE") == ["handover.look_again", "handover.preview"]
    assert says(someone, "change") == ["handover.what_to_change"]


@pytest.mark.parametrize(
    "said",
    [
        "how do i know when someone is there",
        "how many people are in front of me",
        "r they there yet",
        "can i do something else while i wait",
    ],
)
def test_who_takes_the_preview_for_sent_is_told_that_it_is_not(
    someone: YoungPerson, said: str
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me")

    assert says(someone, said)[-1] == "handover.share_word"
    assert says(someone, "SHARE")[0] == "handover.waiting"


@pytest.mark.parametrize(
    "said", ["please tell them im deaf", "Please say I'm deaf so they don't ring me"]
)
def test_tell_them_something_more_at_the_preview_opens_change_it(
    someone: YoungPerson, said: str
) -> None:
    says(someone, "PERSON", "yes", "exams", "show me")

    assert says(someone, said) == ["handover.what_to_change"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("show", "handover.preview"),
        ("what did you put so far", "handover.preview"),
        ("change", "handover.what_to_change"),
        ("take that out", "handover.what_to_change"),
    ],
)
def test_without_a_plan_change_and_show_still_mean_the_preview_after_other_talk(
    someone: YoungPerson, said: str, told: str
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me", "my cat is asleep")

    assert says(someone, said) == [told]


def test_a_question_beside_ours_has_no_choices_of_its_own(
    web: WebChat, dialogue: ReadableDialogue
) -> None:
    dialogue.choices = (Choice("Music", "music"),)
    says(web, "PERSON", "my room is cold")

    assert web.keys == ["fake.heard", "handover.ask_reach_again"]
    assert [len(said["choices"]) for said in web.messages] == [0, 3]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("can i change what i sent", "handover.change_sent"),
        ("please tell them i'm deaf", "handover.change_sent"),
        ("can i add something", "handover.change_sent"),
        ("how do i know when someone is there", "handover.meanwhile"),
        ("can i do something else while i wait", "handover.meanwhile"),
        ("im bored waiting", "handover.meanwhile"),
        ("do they still see it if i cancel", "handover.if_taken_back"),
        ("lol joking", "handover.if_taken_back"),
        ("what happens if i take it back", "handover.if_taken_back"),
        ("i dont want to wait", "handover.rather_not_wait"),
    ],
)
def test_while_they_wait_plain_words_are_about_the_request(
    someone: YoungPerson, desk: Desk, said: str, told: str
) -> None:
    someone.asks_for_a_person()

    assert says(someone, said) == [told]
    assert len(desk.waiting()) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("how many people are in front of me", "handover.how_many_wait"),
        ("how old are they", "handover.who_they_are"),
    ],
)
def test_what_nobody_can_know_is_said_with_how_it_stands(
    someone: YoungPerson, said: str, told: str
) -> None:
    someone.asks_for_a_person()

    assert says(someone, said) == [told, "handover.still_in_line"]


@pytest.mark.parametrize(
    "said", ["how long till the human", "are they there yet", "how old are they"]
)
def test_after_a_request_was_taken_back_it_is_said_that_nobody_is_asked(
    someone: YoungPerson, said: str
) -> None:
    someone.asks_for_a_person()
    says(someone, "stop waiting")

    assert says(someone, said) == ["handover.nothing_to_share"]
    assert says(someone, said) == ["fake.heard"]


@pytest.mark.parametrize("said", ["is the lady there yet", "is she there yet"])
def test_whether_somebody_is_there_yet_is_how_it_stands(
    someone: YoungPerson, said: str
) -> None:
    someone.asks_for_a_person()

    assert says(someone, said)[-1] == "handover.still_in_line"


@pytest.mark.parametrize(
    "said", ["is sam gone", "when can i talk to sam again", "where did she go"]
)
def test_once_the_worker_has_gone_a_question_after_them_is_no_word_of_a_death(
    handrail: Handrail, someone: YoungPerson, desk: Desk, said: str
) -> None:
    someone.asks_for_a_person()
    desk.hands_back(with_a_worker(handrail, someone, desk))

    assert says(someone, said) == ["handover.not_here"]
    assert "Sam isn't in this chat now" in someone.was_sent("handover.not_here")


def test_put_back_to_waiting_where_the_worker_is_and_how_it_stands_is_said(
    handrail: Handrail, someone: YoungPerson, desk: Desk
) -> None:
    someone.asks_for_a_person()
    case = with_a_worker(handrail, someone, desk)
    desk.posts(f"/staff/cases/{case}/release").raise_for_status()
    handrail.settled()

    assert says(someone, "wheres sam") == [
        "handover.not_here_waiting",
        "handover.still_in_line",
    ]


def test_somebody_elses_name_and_a_she_of_long_ago_are_not_the_worker(
    handrail: Handrail, someone: YoungPerson, desk: Desk
) -> None:
    assert says(someone, "is sam gone")[-1] == "fake.heard"
    someone.asks_for_a_person()
    desk.hands_back(with_a_worker(handrail, someone, desk))

    assert says(someone, "is robin gone") == ["fake.heard"]
    assert says(someone, "where did she go") == ["fake.heard"]


def test_a_plan_that_was_offered_before_the_worker_owns_nothing_said_after(
    handrail: Handrail, someone: YoungPerson, desk: Desk
) -> None:
    someone.asks_for_a_person()
    says(someone, "make a safety plan")
    desk.hands_back(with_a_worker(handrail, someone, desk))

    assert says(someone, "ok thanks") == ["fake.heard"]
    person = handrail.record(
        lambda unit: unit.conversations.get(here(someone)).young_person
    )
    plan = plan_from(handrail.record(lambda unit: unit.plans.changes(person)))
    assert plan.stage is None


@pytest.mark.parametrize("said", ["UNSHARE", "can you delete what I shared"])
def test_after_the_talk_it_is_not_said_that_nothing_was_shared(
    handrail: Handrail, someone: YoungPerson, desk: Desk, said: str
) -> None:
    someone.asks_for_a_person()
    case = with_a_worker(handrail, someone, desk)
    says(someone, "bot")

    assert says(someone, said) == ["handover.over_already"]
    assert "What was said is not shown any more" in desk.reads(case)


def test_what_was_shared_is_taken_back_by_asking_for_it_to_be_deleted(
    someone: YoungPerson, desk: Desk
) -> None:
    someone.asks_for_a_person()

    assert says(someone, "can you delete what I shared") == [
        "handover.withdrawn_unread"
    ]
    assert desk.waiting() == []
