"""A plan looked back at, shared for a week, checked in on: through every real part."""

import re
from html import unescape

import httpx
import pytest

from foundations.gsm7 import segments
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

BUILDS = ("make a safety plan", "yes", "loud music, my dog", "yes", "skip", "hot choc")


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    """Someone whose first and third parts are filled, and who stopped for now."""
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    for said in (*BUILDS, "yes", "pause"):
        someone.young_person_says(said)
    someone.was_sent("plan.paused")
    return someone


def told(someone: Sms | WebChat) -> str:
    if isinstance(someone, WebChat):
        return "\n".join(said["text"] for said in someone.messages)
    return someone.texts[-1]


def picks(someone: Sms | WebChat, place: int) -> None:
    """Press the choice at this place, or text its number."""
    if isinstance(someone, WebChat):
        choices = [c["value"] for said in someone.messages for c in said["choices"]]
        someone.young_person_says(choices[place - 1])
    else:
        someone.young_person_says(str(place))


def days_go_by(someone: Sms | WebChat, days: int) -> None:
    someone.handrail.later(days=days)


def test_how_a_plan_was_is_looked_back_at_and_wiped_when_asked_twice(
    robin: Sms | WebChat,
) -> None:
    days_go_by(robin, 1)
    robin.young_person_says("change 1.2 to the cat")
    robin.young_person_says("what did my plan say before")
    robin.was_sent("plan.old_versions")
    picks(robin, 1)
    robin.was_sent("plan.version_shown")
    assert "- my dog" in told(robin)
    assert "the cat" not in told(robin)
    robin.young_person_says("wipe old versions")
    robin.was_sent("plan.wipe_sure")
    robin.young_person_says("keep old versions")
    robin.was_sent("plan.not_wiped")
    robin.young_person_says("wipe old versions")
    picks(robin, 1)
    robin.was_sent("plan.wiped")
    robin.young_person_says("can i see the old version of my plan")
    robin.was_sent("plan.no_old_versions")
    robin.young_person_says("PLAN 1")

    assert "1.2 the cat" in robin.was_sent("plan.part")


def test_a_plan_opened_after_a_while_is_asked_about_once(robin: Sms | WebChat) -> None:
    asking = {"plan.first_part_after_a_while", "plan.still_fits"}
    days_go_by(robin, 61)
    robin.young_person_says("PLAN")
    assert asking & set(heard_by(robin))
    assert "my dog" in told(robin)
    if isinstance(robin, Sms):
        assert segments(robin.texts[-1]) == 1
    robin.young_person_says("it still fits")
    robin.was_sent("plan.it_fits")
    robin.young_person_says("PLAN")

    assert not asking & set(heard_by(robin))


def test_several_parts_are_shared_by_number_and_a_week_is_a_week(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("share my plan")
    robin.young_person_says("Auntie Jo")
    robin.was_sent("plan.share_which")
    robin.young_person_says("1 3")
    robin.was_sent("plan.share_preview")
    assert "- my dog" in told(robin)
    assert "- hot choc" in told(robin)
    picks(robin, 2)
    robin.was_sent("plan.share_preview")
    picks(robin, 1)
    robin.was_sent("plan.share_link")
    link = re.search(r"https?://\S+/s/\S+", told(robin))
    assert link is not None
    robin.young_person_says("who can see my plan")
    assert "Auntie Jo" in robin.was_sent("plan.shared_with")
    days_go_by(robin, 6)
    page = httpx.post(link[0], trust_env=False)
    assert "hot choc" in unescape(page.text)
    days_go_by(robin, 2)
    assert httpx.post(link[0], trust_env=False).status_code == 404
    robin.young_person_says("who can see my plan")

    robin.was_sent("plan.shared_with_nobody")


def test_a_check_in_asked_for_on_the_web_comes_to_the_phone_and_ends_on_the_web(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    sms.young_person_says("hiya")
    web.young_person_says("can u check in on me every day at 5pm")
    web.was_sent("plan.check_in_needs_phone")
    web.young_person_says("LINK")
    code = web.was_sent("joining.code").partition("LINK ")[2][:7]
    sms.young_person_says(f"LINK {code}")
    sms.was_sent("joining.done")
    web.young_person_says("can u check in on me every day at 5pm")
    web.was_sent("plan.check_in_set_often")
    handrail.later(days=2)
    check_in = sms.was_sent("plan.check_in")
    assert "Handrail, " in check_in
    assert "you asked" in check_in
    assert check_in.endswith("To end these texts, say ENOUGH.")
    web.young_person_says("actually dont check in on me anymore")
    web.was_sent("plan.check_ins_ended")
    before = len(sms.texts)
    handrail.later(days=2)

    assert len(sms.texts) == before


def test_enough_on_the_web_ends_check_ins(sms: Sms, web: WebChat) -> None:
    sms.young_person_says("check in every day at 5pm")
    web.young_person_says("LINK")
    code = web.was_sent("joining.code").partition("LINK ")[2][:7]
    sms.young_person_says(f"LINK {code}")
    web.young_person_says("ENOUGH")

    web.was_sent("plan.check_ins_ended")
