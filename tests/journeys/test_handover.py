"""Both sides of a first warm handover, through real servers."""

from storage.records import Owner
from tests.journeys.handrail import Desk, Handrail, Sms, WebChat


def test_share_by_text_reaches_the_desk_and_the_worker_answers_in_the_thread(
    sms: Sms, desk: Desk
) -> None:
    for said in ("PERSON", "yes", "show me so far"):
        sms.young_person_says(said)
    preview = sms.was_sent("handover.preview")
    sms.young_person_says("SHARE")
    sms.was_sent("handover.waiting")
    (case,) = desk.waiting()
    desk.was_told(case)
    desk.claims(case)
    desk.says(case, "Hi, I'm Sam. I'm here.")

    assert "by text" in preview
    assert sms.texts[-1] == "Hi, I'm Sam. I'm here."


def test_the_bot_is_silent_while_a_worker_holds_the_conversation(
    handrail: Handrail, web: WebChat, desk: Desk
) -> None:
    case = claimed(web, desk)
    said = web.young_person_says("are you still there")
    desk.hands_back(case)
    web.young_person_says("hello again")

    assert said == []
    assert "fake.heard" in web.keys


def test_crisis_words_still_go_out_under_a_worker_who_sees_them(
    web: WebChat, desk: Desk
) -> None:
    case = claimed(web, desk)
    web.young_person_says("i want to die")

    web.was_sent("escalation.suicide")
    assert "Crisis message, sent by itself" in desk.reads(case)


def test_unshare_ends_what_the_worker_can_see(web: WebChat, desk: Desk) -> None:
    case = claimed(web, desk)
    web.young_person_says("UNSHARE")

    web.was_sent("handover.withdrawn")
    assert "was taken back" in desk.reads(case)


def test_share_without_a_preview_shares_nothing(web: WebChat, desk: Desk) -> None:
    web.young_person_says("SHARE")

    web.was_sent("handover.nothing_to_share")
    assert desk.waiting() == []


def test_two_claims_of_one_case_make_one_owner(
    handrail: Handrail, web: WebChat
) -> None:
    first, second = handrail.desk(), handrail.desk()
    case = waiting_case(web, first)
    answers = {first.claims(case).status_code, second.claims(case).status_code}

    assert {200, 409} == answers
    owner = handrail.record(lambda u: u.conversations.get(web.conversation).owner)
    assert Owner.STAFF is owner


def test_a_stranger_sees_no_staff_page(handrail: Handrail, web: WebChat) -> None:
    assert web.client.get("/staff").status_code == 401
    assert web.client.get("/staff/cases/" + "0" * 32).status_code == 401


def waiting_case(web: WebChat, desk: Desk) -> str:
    web.asks_for_a_person()
    return desk.waiting()[0]


def claimed(web: WebChat, desk: Desk) -> str:
    case = waiting_case(web, desk)
    desk.claims(case).raise_for_status()
    return case
