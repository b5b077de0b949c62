"""At a question of consent only a plain yes is one; half a yes is asked once more."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from handover import Heard, hear, hear_yes_or_no
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

HALF = (
    "i guess",
    "i guess so",
    "i guess yeah",
    "i mean yeah",
    "ok i suppose",
    "suppose",
    "suppose so",
    "if i have to",
    "if they want",
    "if they like",
    "if u must",
    "up to you",
    "whatever",
    "yeah whatever",
    "whatever you think",
    "idc",
    "dont mind",
    "no i dont mind",
    "maybe",
    "mayb",
    "probably",
    "prob",
    "kinda",
    "it depends",
    "depends who",
    "idk maybe",
    "ok?",
    "yes?",
    "yes wait",
    "ok wait",
    "yes no",
    "no yes",
    "yes and no",
    "yes they can go",
    "yeah they can go away",
    "ok go",
    "ok can they",
    "yes but",
    "yh but later",
    "yes later",
    "ok but not now",
    "yes tomorrow",
    "yes until 9",
    "ok unless they ring",
    "u can but dont ring",
    "yes but dont call me",
    "ok but not school",
    "yes if its a woman",
    "yes as long as its not school",
    "yes not here",
    "yes here but not at night",
    "fine dont",
    "only text",
    "text only",
    "dont ring me",
    "no calls",
    "i do mind",
    "its calm",
    "its fine",
    "mm",
    "mhm",
    "yeah right",
    "could do",
    "ok monday",
    "tomorrow is fine",
    "yes but only if the first lot dont answer",
    "depends who they are",
)
ABOUT_WHO_IS_TOLD = (
    "only if she doesnt tell mum",
    "yes but dont tell my mum",
    "ok as long as they dont tell school",
    "yes unless they tell my dad",
)
ABOUT_WHAT_THEY_SEE = ("not my name tho", "yes but not my name", "ok but no name")
NO = (
    "nah its calm",
    "nah im good",
    "im good thanks",
    "no im alright",
    "no thank you",
    "nty",
    "nooo",
    "nah its fine",
    "definitely not",
    "defo not",
    "course not",
    "no way",
    "they cant",
    "no they cant",
    "dont let them",
    "i dont want them to",
    "id rather not",
    "not interested",
    "nuh uh",
    "no i dont want the other ones",
    "not the other ones",
)
YES = (
    "yes",
    "yh",
    "k",
    "kk",
    "ok",
    "um ok",
    "hmm yes",
    "yeah sure",
    "fine",
    "yes they can",
    "they can",
    "they may",
    "yes text me",
    "yep go on then",
    "yes go ahead",
    "go for it",
    "yes please do",
    "yes i dont mind",
    "ok thats fine",
    "thats fine",
    "yes here is fine",
    "yes on here is ok",
    "course they can",
    "yes thanks",
)


@pytest.mark.parametrize("said", HALF)
def test_half_a_yes_is_neither_a_yes_nor_a_no(said: str) -> None:
    assert hear_yes_or_no(said) is Heard.HALF
    assert hear(said) is not Heard.YES


@pytest.mark.parametrize("said", ABOUT_WHO_IS_TOLD)
def test_a_yes_on_condition_that_nobody_is_told_asks_who_is_told(said: str) -> None:
    assert hear_yes_or_no(said) is Heard.WHO_IS_TOLD


@pytest.mark.parametrize("said", ABOUT_WHAT_THEY_SEE)
def test_a_yes_without_their_name_asks_what_is_seen(said: str) -> None:
    assert hear_yes_or_no(said) is Heard.SEE


@pytest.mark.parametrize("said", NO)
def test_a_no_is_a_no_however_kindly_it_is_said(said: str) -> None:
    assert hear_yes_or_no(said) is Heard.NO


@pytest.mark.parametrize("said", YES)
def test_a_plain_yes_is_one(said: str) -> None:
    assert hear_yes_or_no(said) is Heard.YES


@pytest.fixture(params=["sms", "web"])
def someone(request: pytest.FixtureRequest) -> Sms | WebChat:
    found: Sms | WebChat = request.getfixturevalue(request.param)
    return found


def says(someone: Sms | WebChat, *texts: str) -> list[str]:
    for text in texts:
        someone.young_person_says(text)
    return heard_by(someone)


def test_after_half_a_yes_it_is_said_that_no_is_fine_and_asked_once_more(
    someone: Sms | WebChat,
) -> None:
    for said in ("i guess", "if i have to", "u can but dont ring"):
        assert says(someone, "PERSON", said) == [
            "handover.about_asking",
            "handover.ask_reach_again",
        ]
    assert says(someone, "yes") == ["handover.ask_help_with"]


def test_a_condition_about_who_is_told_is_answered_in_the_charitys_words(
    someone: Sms | WebChat,
) -> None:
    assert says(someone, "PERSON", "only if she doesnt tell mum") == [
        "handover.who_is_told",
        "handover.ask_reach_again",
    ]


def test_what_is_no_answer_to_write_never_becomes_words_to_share(
    handrail: Handrail, someone: Sms | WebChat
) -> None:
    says(someone, "PERSON", "yes")
    for said in ("whatever", "i guess", "dont mind", "idc"):
        assert says(someone, said) == [
            "handover.about_help_with",
            "handover.ask_help_with",
        ]
    for said, then in (
        ("nah its calm", "handover.ask_needs"),
        ("im good thanks", "handover.ask_tried"),
        ("no thank you", "handover.preview"),
    ):
        assert says(someone, said) == [then]
    assert says(someone, "i guess") == ["handover.not_sure_yet"]
    says(someone, "SHARE")

    here = someone.conversation() if isinstance(someone, Sms) else someone.conversation
    (case,) = handrail.record(lambda unit: unit.handovers.of_conversation(here))
    assert case.shared.startswith("How to reach you")
    assert "\n" not in case.shared


@pytest.mark.parametrize("said", ["the first one", "first one pls", "option 1"])
def test_below_a_preview_words_for_a_place_share_nothing(
    handrail: Handrail, someone: Sms | WebChat, said: str
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me so far", said)

    here = someone.conversation() if isinstance(someone, Sms) else someone.conversation
    assert handrail.record(lambda unit: unit.handovers.of_conversation(here)) == []


def test_on_a_page_where_no_number_is_shown_a_number_shares_nothing(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    for robin in (sms, web):
        says(robin, "PERSON", "yes", "my dad", "show me so far", "1")

    sms.was_sent("handover.waiting")
    here = web.conversation
    assert handrail.record(lambda unit: unit.handovers.of_conversation(here)) == []


@pytest.mark.parametrize("said", ["fine share", "ok then share", "yeah ok send it"])
def test_a_yes_to_share_that_is_not_the_word_alone_is_asked_for_the_word(
    someone: Sms | WebChat, said: str
) -> None:
    says(someone, "PERSON", "yes", "my dad", "show me so far")
    assert says(someone, said) == ["handover.share_word"]
    assert says(someone, "SHARE")[0] == "handover.waiting"


@pytest.mark.parametrize(
    "said",
    [
        "take it back",
        "i take it back",
        "i take it all back",
        "can i take that back",
        "can i think",
        "please dont",
    ],
)
def test_taking_it_back_while_it_is_asked_ends_the_asking(
    someone: Sms | WebChat, said: str
) -> None:
    assert says(someone, "PERSON", "yes", "my dad", said) == ["handover.declined"]
    assert says(someone, "SHARE") == ["handover.nothing_to_share"]


class TestSharingAPlan:
    """The same for a plan that is about to be open to somebody."""

    @pytest.fixture
    def handrail(
        self, tmp_path: Path, dialogue: ReadableDialogue
    ) -> Iterator[Handrail]:
        dialogue.away = True
        running = start(tmp_path, dialogue)
        yield running
        stop(running)

    @pytest.fixture
    def robin(self, handrail: Handrail, someone: Sms | WebChat) -> Sms | WebChat:
        for said in ("make a safety plan", "yes", "loud music", "yes", "pause"):
            someone.young_person_says(said)
        return someone

    def test_only_a_plain_yes_opens_a_plan_to_somebody(
        self, robin: Sms | WebChat
    ) -> None:
        says(robin, "share 1 with mum")
        for said in (
            "i guess",
            "suppose so",
            "i think so",
            "yes?",
            "cool",
            "bet",
            "true",
            "why not",
            "mhm",
            "yes wait",
        ):
            heard = says(robin, said)
            assert heard == ["plan.share_preview"], said
        assert says(robin, "who can see my plan") == ["plan.shared_with_nobody"]
        says(robin, "share my plan", "my mum")
        for said in ("i guess", "whatever", "maybe", "yes"):
            assert says(robin, said) == ["plan.share_which"], said
        says(robin, "1")

        assert says(robin, "yes") == ["plan.share_link"]
        link = re.search(r"https?://\S+/s/\S+", robin.was_sent("plan.share_link"))
        assert link is not None
        assert httpx.post(link[0], trust_env=False).status_code == 200
        assert says(robin, "take it all back") == ["handover.withdrawn"]
        assert httpx.post(link[0], trust_env=False).status_code == 404
