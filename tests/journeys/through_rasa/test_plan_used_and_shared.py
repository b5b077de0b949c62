"""A plan found, changed, shared, looked at again: through every real part."""

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from foundations.gsm7 import segments
from tests.journeys.conversations import heard_by
from tests.journeys.handrail import Handrail, Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

BUILDS = ("make a safety plan", "yes", "loud music, my dog", "yes")


@pytest.fixture(params=["sms", "web"])
def robin(request: pytest.FixtureRequest) -> Sms | WebChat:
    """Someone with two lines in the first part, and the second part open."""
    someone: Sms | WebChat = request.getfixturevalue(request.param)
    for said in BUILDS:
        someone.young_person_says(said)
    someone.was_sent("plan.ask_making_safer")
    return someone


def told(someone: Sms | WebChat) -> str:
    if isinstance(someone, WebChat):
        return "\n".join(said["text"] for said in someone.messages)
    return someone.texts[-1]


def test_stop_for_now_keeps_everything_and_carry_on_asks_nothing_twice(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("can we stop for now")
    robin.was_sent("plan.paused")
    robin.young_person_says("ok lets carry on")

    robin.was_sent("plan.welcome_back")
    robin.was_sent("plan.ask_making_safer")


def test_own_words_about_safety_are_kept_and_not_repeated_and_asked_once_more(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("skip")
    robin.was_sent("plan.skipped_safer")
    for _ in range(5):
        robin.young_person_says("skip")
    robin.was_sent("plan.ask_making_safer_again")
    robin.young_person_says("give that stuff to uncle ray")

    robin.was_sent("plan.check_private")
    assert "uncle ray" not in told(robin)


def test_nobody_to_tell_is_met_without_blame_and_a_friend_is_company(
    robin: Sms | WebChat,
) -> None:
    for _ in range(4):
        robin.young_person_says("skip")
    robin.was_sent("plan.ask_people_to_talk_to")
    robin.young_person_says("theres no one")
    robin.was_sent("plan.nobody_yet")
    assert "isn't your fault" in told(robin)
    robin.young_person_says("my mate ash")

    robin.was_sent("plan.check_friends")


def test_a_vague_line_has_one_gentle_question_and_what_is_missing_is_a_question(
    robin: Sms | WebChat,
) -> None:
    for _ in range(3):
        robin.young_person_says("skip")
    robin.young_person_says("friends")
    robin.was_sent("plan.check_clearer")
    robin.young_person_says("what's this for?")
    assert "plan.check_clearer" not in heard_by(robin)
    robin.young_person_says("yes")
    for _ in range(3):
        robin.young_person_says("skip")

    robin.was_sent("plan.finished")
    robin.was_sent("plan.gap_nobody_to_contact")
    assert not re.search(r"\d ?%|score|out of", told(robin))


def test_an_insult_to_the_bot_is_answered_and_is_no_line(robin: Sms | WebChat) -> None:
    # Later than what the screen reads together with it.
    robin.handrail.clock.ahead += timedelta(minutes=11)
    robin.young_person_says("ur useless mate")
    robin.was_sent("plan.ask_making_safer")
    robin.young_person_says("PLAN 2")

    robin.was_sent("plan.part_empty")


def test_a_held_answer_is_asked_about_and_are_you_safe_stands_alone_before_it(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("give nan my razors when i want to hurt myself")
    assert any(key.startswith("escalation.") for key in heard_by(robin))
    robin.handrail.clock.ahead += timedelta(minutes=11)
    robin.young_person_says("sit downstairs")
    assert heard_by(robin) == ["plan.unsure", "escalation.ask_safe"]
    robin.young_person_says("yes")
    robin.was_sent("escalation.glad_safe_plan")
    robin.was_sent("plan.held")
    assert "razors" not in told(robin)
    robin.young_person_says("put it in my plan")
    robin.young_person_says("PLAN 2")

    assert "2 lines kept private" in robin.was_sent("plan.part")


def test_a_line_is_changed_moved_taken_out_and_put_back_and_the_plan_renamed(
    robin: Sms | WebChat,
) -> None:
    for said in ("pause", "change 1.2 to the cat", "move 1.2 up", "delete 1.2"):
        robin.young_person_says(said)
    robin.was_sent("plan.line_removed")
    robin.young_person_says("undo")
    robin.young_person_says("call my plan the robin plan")
    robin.was_sent("plan.renamed")
    robin.young_person_says("can i see my plan pls")
    robin.was_sent("plan.its_name")

    assert "- the cat\n- loud music" in told(robin)
    robin.young_person_says("old versions")
    robin.was_sent("plan.no_old_versions")


def test_what_helps_and_who_to_ring_are_found_in_own_words(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("pause")
    robin.young_person_says("what was it that helps me again")
    robin.was_sent("plan.what_helps")
    assert "my dog" in told(robin)
    robin.young_person_says("who did i say i could ring")

    robin.was_sent("plan.nobody_to_ring")


def test_parts_are_shared_as_previewed_and_taken_back_with_one_word(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("pause")
    robin.young_person_says("share my plan")
    robin.was_sent("plan.share_who")
    robin.young_person_says("Auntie Jo")
    robin.was_sent("plan.share_which")
    robin.young_person_says("share 1 with Auntie Jo")
    robin.was_sent("plan.share_preview")
    assert "- loud music" in told(robin)
    robin.young_person_says("share now")
    robin.was_sent("plan.share_link")
    link = re.search(r"https?://\S+/s/\S+", told(robin))
    assert link is not None
    page = httpx.post(link[0], trust_env=False)
    assert "loud music" in unescape(page.text)
    robin.young_person_says("UNSHARE")

    assert httpx.post(link[0], trust_env=False).status_code == 404


def test_feelings_are_a_list_to_pick_from(robin: Sms | WebChat) -> None:
    robin.young_person_says("pause")
    robin.young_person_says("i dont know how i feel")

    robin.was_sent("plan.feelings")


def test_a_check_in_comes_in_neutral_words_and_enough_ends_it(
    handrail: Handrail, sms: Sms
) -> None:
    sms.young_person_says("can u check in on me tomorrow at 5pm")
    sms.was_sent("plan.check_in_set")
    handrail.later(hours=48)
    check_in = sms.was_sent("plan.check_in")
    assert "Handrail, " in check_in
    assert "you asked" in check_in
    assert check_in.endswith("To end these texts, say ENOUGH.")
    sms.young_person_says("check in every day at 5pm")
    sms.young_person_says("ENOUGH")

    sms.was_sent("plan.check_ins_ended")


def test_plan_is_one_segment_and_its_page_opens_from_a_link(sms: Sms) -> None:
    for said in (*BUILDS, "pause", "PLAN"):
        sms.young_person_says(said)
    assert segments(sms.was_sent("plan.first_part")) == 1
    sms.young_person_says("PLAN LINK")
    link = re.search(r"https?://\S+/my/o/\S+", sms.was_sent("plan.page_link"))
    assert link is not None
    page = httpx.post(link[0], data={"pin": ""}, follow_redirects=True, trust_env=False)

    assert "loud music" in unescape(page.text)


def test_asking_for_a_person_in_the_middle_is_never_taken_for_a_line(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("ask for a person pls")
    robin.was_sent("handover.ask_reach")
    robin.young_person_says("PLAN 2")

    robin.was_sent("plan.part_empty")


def test_worries_and_chat_in_the_private_part_are_answered_and_are_no_lines(
    robin: Sms | WebChat,
) -> None:
    robin.young_person_says("wat if my mum finds out")
    robin.was_sent("about.will_you_tell")
    robin.was_sent("plan.ask_making_safer")
    robin.young_person_says("lol")
    robin.was_sent("plan.not_an_answer")
    robin.young_person_says("that didnt work")
    robin.was_sent("plan.unsure")
    robin.was_sent("plan.held")
    robin.young_person_says("no")
    robin.was_sent("plan.ask_making_safer")
    robin.young_person_says("sit downstairs w my sister")
    robin.was_sent("plan.check_private")
    robin.young_person_says("PLAN 2")

    assert "1 line kept private" in robin.was_sent("plan.part")


def test_a_plan_that_was_asked_for_starts_once_are_you_safe_was_answered(
    web: WebChat, sms: Sms
) -> None:
    for someone in (web, sms):
        someone.young_person_says("i want to die")
        someone.young_person_says("can u help me make a plan")
        assert heard_by(someone)[-2:] == ["plan.start_next", "escalation.ask_safe"]
        someone.young_person_says("im safe right now")
        someone.was_sent("plan.permission")
        someone.young_person_says("yes")
        someone.was_sent("plan.ask_getting_through")
