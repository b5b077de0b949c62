"""Questions and wishes while a person is asked for, and while one is waited for."""

from typing import Any

import pytest

from foundations.gsm7 import segments
from safety_plans import editing
from safety_plans.plan import Way
from tests.journeys.conversations import YoungPerson, heard_by, says
from tests.journeys.handrail import Desk, Handrail, Sms
from tests.journeys.readable_dialogue import ReadableDialogue


def shared_in(handrail: Handrail, someone: YoungPerson) -> list[str]:
    here = someone.conversation() if isinstance(someone, Sms) else someone.conversation
    cases = handrail.record(lambda unit: unit.handovers.of_conversation(here))
    return [case.shared for case in cases]


def test_questions_and_confusion_are_answered_and_never_become_words_to_share(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "1")
    assert says(someone, "what will they see") == [
        "handover.what_they_see",
        "handover.ask_help_with",
    ]
    assert says(someone, "hello?") == ["handover.im_here", "handover.ask_help_with"]
    for said in ("lol", "no that was a question", "what do u mean", "why do you ask"):
        assert says(someone, said) == [
            "handover.about_help_with",
            "handover.ask_help_with",
        ]
    assert says(someone, "leave out") == ["handover.ask_needs"]
    assert says(someone, "I do not understand the question") == [
        "handover.about_needs",
        "handover.ask_needs",
    ]
    assert says(someone, "leave it out") == ["handover.ask_tried"]
    says(someone, "leave that out", "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert shared.startswith("How to reach you")
    assert "\n" not in shared


def test_a_wish_to_change_an_answer_is_no_answer_to_the_next_question(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "yes", "schol stuff")
    assert says(someone, "change it") == ["handover.ask_help_with"]
    says(someone, "school stuff")
    assert says(someone, "change") == ["handover.ask_help_with"]
    says(someone, "school stuff", "skip", "skip", "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert "school stuff" in shared
    assert "change" not in shared


@pytest.mark.parametrize("said", ["skip", "Nothing much", "no more"])
def test_a_skip_too_many_throws_nothing_away(
    handrail: Handrail, someone: YoungPerson, said: str
) -> None:
    says(someone, "PERSON", "yes", "school stuff", "skip", "skip")
    assert says(someone, said) == ["handover.not_sure_yet"]
    says(someone, "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert "school stuff" in shared


@pytest.mark.parametrize(
    "said",
    [
        "here",
        "yeah here is fine",
        "they can text me here",
        "yes text me",
        "yep go on then",
        "course they can",
        "they may",
        "yes i dont mind",
    ],
)
def test_here_is_a_yes_to_may_they_write_to_you_here(
    someone: YoungPerson, said: str
) -> None:
    assert says(someone, "PERSON", said) == ["handover.ask_help_with"]


def test_share_before_the_preview_shows_it_first(someone: YoungPerson) -> None:
    assert says(someone, "PERSON", "SHARE") == ["handover.ask_reach_again"]
    assert says(someone, "yes", "school stuff", "SHARE") == ["handover.preview"]
    assert says(someone, "SHARE") == ["handover.waiting"]


@pytest.mark.parametrize("said", ["no dont text me", "nah not here", "not by text"])
def test_a_no_in_the_words_of_the_question_is_a_no(
    someone: YoungPerson, said: str
) -> None:
    assert says(someone, "PERSON", said) == ["handover.no_way_to_reach"]


@pytest.mark.parametrize(
    "said",
    [
        "yes but not at night",
        "yes i want to text sam",
        "ok dont text me",
        "yes i dont want it",
        "fine dont",
        "no i want them to text me",
        "no they can text",
    ],
)
def test_a_yes_with_more_to_it_is_no_consent(someone: YoungPerson, said: str) -> None:
    assert "handover.ask_help_with" not in says(someone, "PERSON", said)


def test_not_understood_the_first_question_is_explained_and_asked_once_more(
    someone: YoungPerson,
) -> None:
    for said in ("what", "idk", "i dont understand the question"):
        assert says(someone, "PERSON", said) == [
            "handover.about_asking",
            "handover.ask_reach_again",
        ]


def test_in_exact_words_too_a_question_is_no_answer(
    handrail: Handrail, sms: Sms
) -> None:
    says(sms, "PERSON", "yes")
    wants_exact_words(handrail, sms)
    says(sms, "I do not understand the question")

    assert heard_by(sms) == ["handover.about_help_with", "handover.ask_help_with"]
    assert "The worker reads this answer first." in sms.texts[-1]
    assert segments(sms.texts[-1]) <= 3


def wants_exact_words(handrail: Handrail, sms: Sms) -> None:
    here = sms.conversation()

    def write(unit: Any) -> None:
        person = unit.conversations.get(here).young_person
        editing.choose_ways(
            unit.plans, person, frozenset({Way.LITERAL}), now=unit.clock()
        )

    handrail.thread.do(handrail.house.database.write(write))


def test_no_text_asks_the_same_question_twice(
    someone: YoungPerson, dialogue: ReadableDialogue
) -> None:
    says(someone, "PERSON", "yes")
    dialogue.key = "handover.ask_help_with"

    assert says(someone, "can i get a person?") == ["handover.ask_help_with"]


def test_what_was_just_written_can_be_taken_out_again(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "yes", "my dad")
    assert says(someone, "no take that out") == [
        "handover.left_out",
        "handover.ask_help_with",
    ]
    says(someone, "moving house", "show me so far", "SHARE")

    (shared,) = shared_in(handrail, someone)
    assert "my dad" not in shared
    assert "moving house" in shared


@pytest.mark.parametrize(
    "said",
    [
        "take that out",
        "no take that out",
        "change 3",
        "remove the last one",
        "can u take out the bit about my dad",
        "leave it out",
    ],
)
def test_a_wish_to_change_what_was_shown_opens_change_it_and_share_sends_nothing(
    handrail: Handrail, someone: YoungPerson, said: str
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me so far")
    assert says(someone, said) == ["handover.what_to_change"]
    assert says(someone, "SHARE") == ["handover.look_again", "handover.preview"]
    assert shared_in(handrail, someone) == []
    says(someone, "SHARE")

    assert len(shared_in(handrail, someone)) == 1


@pytest.mark.parametrize("said", ["the mum one idk if i want that", "DELETE"])
def test_after_what_may_have_been_a_wish_to_change_it_it_is_shown_before_it_is_shared(
    handrail: Handrail, someone: YoungPerson, said: str
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me so far", said)
    assert says(someone, "SHARE") == ["handover.look_again", "handover.preview"]
    assert shared_in(handrail, someone) == []

    assert says(someone, "SHARE")[0] == "handover.waiting"


def test_looking_at_something_else_first_does_not_ask_for_the_word_twice(
    someone: YoungPerson,
) -> None:
    says(someone, "PERSON", "yes", "show me so far", "BREATHE")

    assert says(someone, "SHARE")[0] == "handover.waiting"


def test_not_knowing_at_the_preview_ends_nothing(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me so far")
    assert says(someone, "idk") == ["handover.not_sure_yet"]
    assert says(someone, "show me what i have so far") == ["handover.preview"]
    assert says(someone, "what will they see") == ["handover.preview"]
    says(someone, "SHARE")

    assert len(shared_in(handrail, someone)) == 1


def test_who_else_is_told_is_answered_in_the_charitys_own_words(
    someone: YoungPerson,
) -> None:
    says(someone, "PERSON", "yes")
    says(someone, "will they call the police")

    told = someone.was_sent("handover.who_is_told")
    assert "someone's life is in danger" in told
    someone.was_sent("handover.ask_help_with")
    says(someone, "show me so far", "will they tell my mum")
    someone.was_sent("handover.who_is_told")
    assert says(someone, "SHARE")[0] == "handover.waiting"


def test_how_long_and_who_are_answered_before_anything_is_shared(
    someone: YoungPerson,
) -> None:
    for said in ("how long will it take", "who is it", "what happens now"):
        says(someone, "PERSON", "yes", said)
        assert "about 10 minutes" in someone.was_sent("handover.who_and_when")
        someone.was_sent("handover.ask_help_with")


@pytest.mark.parametrize(
    "said",
    [
        "what happens now",
        "who is it",
        "are u there",
        "r they coming",
        "hello",
        "how long will it take",
    ],
)
def test_while_a_worker_is_waited_for_it_is_said_who_how_fast_and_how_it_stands(
    someone: YoungPerson, said: str
) -> None:
    someone.asks_for_a_person()

    assert says(someone, said) == ["handover.who_and_when", "handover.still_in_line"]
    assert "about 10 minutes" in someone.was_sent("handover.who_and_when")


@pytest.mark.parametrize("said", ["will they call the police", "will they tell my mum"])
def test_while_a_worker_is_waited_for_it_is_said_who_else_is_told(
    someone: YoungPerson, said: str
) -> None:
    someone.asks_for_a_person()
    says(someone, said)

    assert "in danger" in someone.was_sent("handover.who_is_told")
    someone.was_sent("handover.still_in_line")


def test_stop_says_that_a_request_still_stands(sms: Sms, desk: Desk) -> None:
    sms.asks_for_a_person()
    sms.young_person_says("STOP")

    assert "116 123" in sms.was_sent("carrier.stopped_waiting")
    assert segments(sms.texts[-1]) <= 2
    assert len(desk.waiting()) == 1
    sms.young_person_says("UNSHARE")
    assert desk.waiting() == []


def test_in_the_day_after_crisis_words_no_worker_is_offered_while_one_is_waited_for(
    sms: Sms,
) -> None:
    says(sms, "i want to die", "im safe")
    sms.asks_for_a_person()

    assert heard_by(sms) == ["handover.waiting", "escalation.numbers_stay"]
    assert "116 123" in sms.texts[-1]
    assert "PERSON" not in sms.texts[-1]
    assert "Talk to a person" not in sms.texts[-1]


def test_after_crisis_words_the_asking_goes_on_as_soon_as_they_are_safe(
    handrail: Handrail, someone: YoungPerson
) -> None:
    says(someone, "PERSON", "yes", "help with panic", "i want to die")

    assert says(someone, "im safe") == [
        "escalation.glad_safe_plan",
        "handover.ask_needs",
    ]
    says(someone, "skip", "skip", "SHARE")
    (shared,) = shared_in(handrail, someone)
    assert "help with panic" in shared
    assert "want to die" not in shared


def test_after_an_emergency_nothing_is_asked_beside_getting_checked(
    someone: YoungPerson,
) -> None:
    says(someone, "PERSON", "yes", "ive took all my tablets")

    assert says(someone, "im safe now") == [
        "escalation.get_checked",
        "escalation.glad_safe",
    ]


def test_an_asking_that_was_refused_does_not_go_on(someone: YoungPerson) -> None:
    says(someone, "PERSON", "no", "i want to die")

    assert says(someone, "im safe") == ["escalation.glad_safe"]


ASKS_FOR_ONE = ("Talk to a person", "A real person")


def test_while_a_worker_is_waited_for_no_answer_offers_one(
    sms: Sms,
) -> None:
    sms.asks_for_a_person()
    for said in ("menu", "are you a bot", "its raining", "fuck off"):
        sms.young_person_says(said)
        assert not any(label in sms.texts[-1] for label in ASKS_FOR_ONE), said


def test_once_nobody_is_waited_for_a_worker_is_offered_again(sms: Sms) -> None:
    sms.asks_for_a_person()
    says(sms, "UNSHARE", "menu")

    assert "Talk to a person" in sms.texts[-1]


def test_while_a_worker_is_waited_for_how_they_are_is_still_asked(
    sms: Sms,
) -> None:
    says(sms, "i want to die")
    sms.asks_for_a_person()
    asked: list[Any] = []
    for said in ("its raining", "my cat is asleep", "the bus is late"):
        asked += says(sms, said)

    assert "escalation.ask_safe" in asked
    assert "escalation.ask_someone" in asked
    assert "escalation.offer_person" not in asked
