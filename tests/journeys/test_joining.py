"""A phone and a web chat become one person's by a code, without an account."""

import re

import httpx
import pytest

from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.readable_dialogue import ReadableDialogue


@pytest.fixture(autouse=True)
def away(dialogue: ReadableDialogue) -> None:
    dialogue.away = True


def writes(robin: Sms | WebChat, *answers: str) -> None:
    for said in ("make a safety plan", "yes", *answers, "yes", "pause"):
        robin.young_person_says(said)


def code_on(web: WebChat) -> str:
    web.young_person_says("LINK")
    return re.search(r"LINK (\d{3} \d{3})", web.was_sent("joining.code"))[1]


def test_two_halves_of_a_plan_become_one_and_the_chat_goes_on_at_both_doors(
    sms: Sms, web: WebChat
) -> None:
    writes(sms, "music")
    writes(web, "my dog")
    code = code_on(web)

    sms.young_person_says(f"LINK {code}")
    sms.was_sent("joining.done")
    web.young_person_says("PLAN 1")
    on_the_web = web.was_sent("plan.part")
    sms.young_person_says("PLAN 1")

    assert on_the_web == sms.was_sent("plan.part")
    assert "music" in on_the_web
    assert "my dog" in on_the_web


def test_the_page_shows_what_was_said_by_text(sms: Sms, web: WebChat) -> None:
    sms.young_person_says("menu")
    code = code_on(web)
    last = web.messages[-1]["id"]
    sms.young_person_says(code)

    assert "joining.done" in [said["key"] for said in web.missed(after=last)]
    assert "menu.main" in [said["key"] for said in web.missed()]


@pytest.mark.parametrize(
    "way", ["LINK {}", "link{}", "JOIN {}", "{}", "Link: {}.", " {} "]
)
def test_a_code_is_read_however_it_is_typed(sms: Sms, web: WebChat, way: str) -> None:
    sms.young_person_says(way.format(code_on(web)))

    sms.was_sent("joining.done")


def test_a_first_text_from_a_new_phone_can_be_the_code(
    handrail: Handrail, web: WebChat
) -> None:
    writes(web, "my dog")
    code = code_on(web)
    new = handrail.sms("+447700900777")
    new.young_person_says(f"LINK {code}")
    new.young_person_says("PLAN 1")

    assert "my dog" in new.was_sent("plan.part")


def test_wrong_used_and_made_up_codes_get_the_very_same_answer(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    code = code_on(web)
    friend = handrail.sms("+447700900888")
    friend.young_person_says("menu")
    friend.young_person_says("LINK 000 000" if code != "000 000" else "LINK 111 111")
    wrong = friend.was_sent("joining.wrong_code")
    sms.young_person_says(f"LINK {code}")
    friend.young_person_says(f"LINK {code}")

    assert friend.was_sent("joining.wrong_code") == wrong


def test_unlink_by_text_closes_the_screen_and_keeps_the_plan(
    sms: Sms, web: WebChat
) -> None:
    writes(web, "my dog")
    sms.young_person_says(f"LINK {code_on(web)}")
    web.young_person_says("UNLINK")
    web.was_sent("joining.unjoin_by_text")
    sms.young_person_says("UNLINK")
    sms.was_sent("joining.unjoined")

    with pytest.raises(httpx.HTTPStatusError, match="401"):
        web.missed()
    sms.young_person_says("PLAN 1")
    assert "my dog" in sms.was_sent("plan.part")


def test_a_crisis_on_the_closed_screen_is_still_answered(
    sms: Sms, web: WebChat
) -> None:
    sms.young_person_says(f"LINK {code_on(web)}")
    sms.young_person_says("UNLINK")

    web.young_person_says("i want to die")

    web.was_sent("escalation.suicide")


def test_a_chat_that_has_a_phone_makes_no_more_codes(sms: Sms, web: WebChat) -> None:
    sms.young_person_says(f"LINK {code_on(web)}")
    web.young_person_says("LINK")

    web.was_sent("joining.already")


def test_a_handover_asked_for_on_the_web_goes_on_by_text(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    web.asks_for_a_person()
    web.was_sent("handover.waiting")
    sms.young_person_says(f"LINK {code_on(web)}")
    desk = handrail.desk()
    (case,) = desk.waiting()
    desk.claims(case)

    desk.says(case, "Hi, I'm here.")

    assert "Hi, I'm here." in sms.texts[-1]


def test_deleting_everything_by_text_closes_the_web_chat_too(
    sms: Sms, web: WebChat
) -> None:
    writes(web, "my dog")
    sms.young_person_says(f"LINK {code_on(web)}")
    sms.young_person_says("DELETE EVERYTHING")

    with pytest.raises(httpx.HTTPStatusError, match="401"):
        web.missed()
