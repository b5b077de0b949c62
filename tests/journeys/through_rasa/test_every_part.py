"""Whole conversations through every real part: gateway, Rasa, actions, webhooks."""

import pytest

from tests.journeys.handrail import Desk, Sms, WebChat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def test_a_plan_is_built_by_text_and_read_back(sms: Sms) -> None:
    sms.young_person_says("i want to make a safety plan")
    sms.young_person_says("yes")
    sms.was_sent("plan.ask_getting_through")
    sms.young_person_says("music, my dog, ringing nan")
    sms.young_person_says("finish for now")
    sms.young_person_says("PLAN")

    text = sms.was_sent("plan.first_part")
    assert "my dog" in text


def test_a_plan_built_on_the_web_has_seven_sections(web: WebChat) -> None:
    web.young_person_says("can you help me make a safety plan")
    web.young_person_says("yes")
    asked = [key for key in web.keys if key.startswith("plan.ask_")]
    for _ in range(40):
        if "plan.empty" in web.keys:
            break
        web.young_person_says("skip")
        asked += [key for key in web.keys if key.startswith("plan.ask_")]

    assert len(dict.fromkeys(asked)) >= 7


def test_a_crisis_in_the_middle_of_a_plan_leaves_the_plan_where_it_was(
    sms: Sms,
) -> None:
    sms.young_person_says("make a safety plan")
    sms.young_person_says("yes")
    sms.young_person_says("i want to die")
    sms.was_sent("escalation.suicide")
    sms.young_person_says("im safe right now")
    sms.was_sent("plan.ask_getting_through")
    sms.young_person_says("my dog")
    sms.was_sent("plan.check")
    sms.young_person_says("yes")
    sms.young_person_says("PLAN")

    assert "my dog" in sms.was_sent("plan.first_part")


def test_asking_who_is_open_names_somebody_who_is(web: WebChat, sms: Sms) -> None:
    web.young_person_says("who can i talk to now")
    web.was_sent("signposting.open_now")
    sms.young_person_says("hello")
    sms.young_person_says("who can i talk to now")

    assert "85258" in sms.was_sent("signposting.open_now")


def test_a_handover_shares_exactly_what_was_previewed(web: WebChat, desk: Desk) -> None:
    before = set(desk.waiting())
    web.young_person_says("i want to talk to a person")
    web.young_person_says("yes")
    web.young_person_says("are you a real person?")
    web.was_sent("handover.ask_help_with")
    web.young_person_says("exams and my nan being ill")
    web.young_person_says("show me so far")
    preview = web.was_sent("handover.preview")
    web.young_person_says("SHARE")
    web.was_sent("handover.waiting")
    (case,) = set(desk.waiting()) - before
    desk.claims(case)
    shared = desk.reads(case)

    assert "exams and my nan being ill" in preview
    assert "exams and my nan being ill" in shared


def test_typing_an_intent_does_not_drive_the_dialogue(web: WebChat) -> None:
    web.young_person_says("/goodbye")
    slashed = web.keys
    web.young_person_says("goodbye")

    assert slashed == web.keys


def test_the_text_variation_is_spoken_by_text(sms: Sms, web: WebChat) -> None:
    sms.young_person_says("who can i talk to now")
    web.young_person_says("who can i talk to now")

    assert sms.new()[-1].text != web.was_sent("signposting.open_now")
