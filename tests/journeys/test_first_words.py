"""The first minutes of a conversation, through real servers on both doors."""

from tests.journeys.handrail import Sms, WebChat


def test_a_crisis_text_is_answered_in_the_webhook_itself(sms: Sms) -> None:
    sms.young_person_says("i want to die")

    text = sms.was_sent("escalation.suicide")
    assert "116 123" in text
    assert len(sms.texts) == 1


def test_a_crisis_message_on_the_web_is_answered_with_buttons(web: WebChat) -> None:
    web.young_person_says("i want to die")

    web.was_sent("escalation.suicide")
    assert "PERSON" in [choice["value"] for choice in web.messages[0]["choices"]]


def test_a_web_chat_begins_by_saying_what_it_is(web: WebChat) -> None:
    assert web.keys == [
        "welcome.who_i_am",
        "welcome.what_i_keep",
        "welcome.who_sees",
    ]
