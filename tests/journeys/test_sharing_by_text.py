"""Parts of a plan are shared by text: who, which, a preview, a link; and taken back."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from foundations.gsm7 import encoding, segments
from tests.journeys.clocks import StillClock
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")


@pytest.fixture
def handrail(tmp_path: Path, dialogue: ReadableDialogue) -> Iterator[Handrail]:
    dialogue.away = True
    running = start(tmp_path, dialogue, clock=StillClock(NOON))
    yield running
    stop(running)


@pytest.fixture
def robin(sms: Sms) -> Sms:
    """Someone with a plan of three parts, who texts."""
    said = ["make a safety plan", "yes", "loud music", "yes", "nan keeps the car keys"]
    said += ["yes", "hot chocolate", "yes", "pause"]
    for text in said:
        sms.young_person_says(text)
    return sms


def link_in(text: str) -> str:
    found = re.search(r"https?://\S+/s/\S+", text)
    assert found is not None
    return found[0]


def opened(handrail: Handrail, link: str) -> httpx.Response:
    return httpx.post(link, trust_env=False)


def test_a_share_goes_step_by_step_and_shows_exactly_what_was_previewed(
    handrail: Handrail, robin: Sms
) -> None:
    robin.young_person_says("share my plan")
    assert segments(robin.was_sent("plan.share_who")) <= 2
    robin.young_person_says("Auntie Jo")
    which = robin.was_sent("plan.share_which")
    assert which.endswith("\n1 Right now\n3 Lift or calm")
    robin.young_person_says("1 and 3")
    preview = robin.was_sent("plan.share_preview")
    assert "- loud music" in preview
    assert "- hot chocolate" in preview
    assert "car keys" not in preview
    robin.young_person_says("1")
    sent = robin.was_sent("plan.share_link")
    assert encoding(sent) == "GSM-7"
    assert segments(sent) <= 2

    page = opened(handrail, link_in(sent))
    assert page.status_code == 200
    for words in ("loud music", "hot chocolate"):
        assert words in unescape(page.text)
    assert "car keys" not in page.text


def test_on_the_web_a_preview_says_who_it_is_for(web: WebChat) -> None:
    for text in ("make a safety plan", "yes", "loud music", "yes", "pause"):
        web.young_person_says(text)
    web.young_person_says("share 1 with Auntie Jo")

    assert web.was_sent("plan.share_preview").startswith("For Auntie Jo, until ")


@pytest.mark.parametrize("numbers", ["1 and 7", "4", "2, 5", "2", "12"])
def test_numbers_of_parts_that_were_not_offered_ask_which_again_and_share_nothing(
    robin: Sms, numbers: str
) -> None:
    robin.young_person_says("share my plan")
    robin.young_person_says("Auntie Jo")
    robin.was_sent("plan.share_which")
    robin.young_person_says(numbers)
    assert robin.was_sent("plan.share_which").endswith("3 Lift or calm")
    robin.young_person_says("1 and 3")
    assert "- hot chocolate" in robin.was_sent("plan.share_preview")


def test_a_later_line_is_in_no_share_until_it_was_previewed(
    handrail: Handrail, robin: Sms
) -> None:
    for said in ("share my plan with mum", "all", "share now"):
        robin.young_person_says(said)
    link = link_in(robin.was_sent("plan.share_link"))
    robin.young_person_says("add to 1")
    robin.young_person_says("the blue blanket")

    assert "blue blanket" not in opened(handrail, link).text


def test_private_lines_are_counted_and_never_shared(robin: Sms) -> None:
    robin.young_person_says("share all with mum")
    preview = robin.was_sent("plan.share_preview")

    assert "1 line kept private" in preview
    assert "car keys" not in preview


def test_unshare_ends_it_at_once_and_by_name_only_that_one(
    handrail: Handrail, robin: Sms
) -> None:
    links = {}
    for name in ("mum", "miss khan"):
        robin.young_person_says(f"share 1 with {name}")
        robin.young_person_says("share now")
        links[name] = link_in(robin.was_sent("plan.share_link"))
    robin.young_person_says("who can see my plan")
    assert "- mum, 25 December" in robin.was_sent("plan.shared_with")
    robin.young_person_says("unshare mum")
    robin.was_sent("plan.share_ended")

    assert opened(handrail, links["mum"]).status_code == 404
    assert opened(handrail, links["miss khan"]).status_code == 200
    robin.young_person_says("UNSHARE")
    robin.was_sent("handover.withdrawn")
    assert opened(handrail, links["miss khan"]).status_code == 404
    robin.young_person_says("who can see my plan")
    robin.was_sent("plan.shared_with_nobody")


def test_a_share_ends_on_the_day_that_was_chosen(
    handrail: Handrail, robin: Sms
) -> None:
    robin.young_person_says("share 1 with mum")
    robin.young_person_says("2")
    assert "until 2 December" in robin.was_sent("plan.share_preview")
    robin.young_person_says("1")
    link = link_in(robin.was_sent("plan.share_link"))
    assert opened(handrail, link).status_code == 200
    handrail.clock.now = NOON + timedelta(days=7, minutes=1)

    assert opened(handrail, link).status_code == 404


def test_nothing_is_shared_without_a_fresh_preview_and_a_yes(
    handrail: Handrail, robin: Sms
) -> None:
    robin.young_person_says("share now")
    robin.was_sent("plan.share_not_ready")
    robin.young_person_says("share 1 with mum")
    robin.young_person_says("don't share")
    robin.was_sent("plan.share_not_now")
    robin.young_person_says("share now")
    robin.was_sent("plan.share_not_ready")
    robin.young_person_says("share 1 with mum")
    handrail.clock.now = NOON + timedelta(hours=2)
    robin.young_person_says("share now")

    robin.was_sent("plan.share_not_ready")


def test_a_plan_that_stays_off_this_phone_is_not_previewed_on_it(robin: Sms) -> None:
    robin.young_person_says("no plan by text")
    for said in ("share my plan", "share 1 with mum", "share now"):
        robin.young_person_says(said)

        robin.was_sent("plan.share_not_here")


def test_more_than_a_text_can_show_is_not_shared_by_text(robin: Sms) -> None:
    robin.young_person_says("add to 1")
    robin.young_person_says("the long walk " * 60)
    robin.young_person_says("share 1 with mum")
    robin.was_sent("plan.share_too_long")
    robin.young_person_says("share now")

    robin.was_sent("plan.share_not_ready")


def test_the_words_of_an_open_plan_question_stay_its_answer(robin: Sms) -> None:
    robin.young_person_says("add to 5")
    robin.young_person_says("share with my sister")
    robin.young_person_says("yes")
    robin.young_person_says("PLAN 5")

    assert "5.1 share with my sister" in robin.was_sent("plan.part")


@pytest.mark.parametrize(
    "said",
    ["let my mum see part 3", "can i let mum see part 3", "Let mum see parts 1, 3."],
)
def test_let_somebody_see_a_part_is_a_wish_to_share_it(robin: Sms, said: str) -> None:
    robin.young_person_says(said)

    assert "hot chocolate" in robin.was_sent("plan.share_preview")


def test_unshare_is_no_line_of_an_open_plan_though_nobody_sees_it(robin: Sms) -> None:
    for said in ("back to my plan", "unshare mum"):
        robin.young_person_says(said)

    robin.was_sent("plan.share_no_such")


def test_a_link_to_the_plan_is_asked_for_in_plain_words(robin: Sms) -> None:
    robin.young_person_says("can you send me a link")

    robin.was_sent("plan.page_link")
