"""Finding help through every real part, by text and on the web."""

import pytest

from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.journeys.help_words import ASKED, asks, talks_about_what_was_found

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.mark.parametrize("asked", ASKED)
def test_help_is_found_in_their_own_words(sms: Sms, web: WebChat, asked: str) -> None:
    says_hello(sms)
    says_hello(web)
    asks(sms, asked)
    asks(web, asked)


def test_everything_is_said_about_what_was_found(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    talks_about_what_was_found(handrail, sms)
    talks_about_what_was_found(handrail, web)


def says_hello(person: Sms | WebChat) -> None:
    """Only the dialogue knows an answer to this: it is there, then."""
    person.young_person_says("hiya")
    if isinstance(person, WebChat):
        assert person.keys == ["welcome.hello"]
    else:
        # A first hello by text is answered by the greeting, which says all of it.
        assert [message.key for message in person.new()] == ["welcome.sms"]


def test_by_text_someone_is_found_looked_at_and_put_into_the_plan(sms: Sms) -> None:
    sms.young_person_says("hiya")
    sms.young_person_says("anyone up rn")
    sms.was_sent("signposting.open_now")
    sms.young_person_says("text one plz")
    assert "85258" in sms.texts[-1]
    sms.young_person_says("1")
    sms.was_sent("signposting.what_to_expect")
    sms.young_person_says("will they tell my mum")
    sms.was_sent("signposting.about_private")
    sms.young_person_says("add to my plan")
    sms.was_sent("signposting.added_to_plan")
    sms.young_person_says("PLAN ALL")

    assert "85258" in " ".join(sms.texts[-2:])


def test_on_the_web_wishes_are_understood_and_added_up(web: WebChat) -> None:
    web.young_person_says("i cant talk out loud")
    assert all(key.startswith("signposting.") for key in web.keys)
    shown = [
        said["text"] for said in web.messages if said["key"] == "signposting.choice"
    ]
    assert shown
    assert not [text for text in shown if "by phone" in text]
    web.young_person_says("somewhere lgbt friendly in plymouth")
    assert all(key.startswith("signposting.") for key in web.keys)
    web.young_person_says("more")
    assert all(key.startswith("signposting.") for key in web.keys)
    web.young_person_says("how long is the wait")
    web.was_sent("signposting.about_wait")
    web.young_person_says("that didn't work")
    # With only one shown there is no need to ask which.
    assert web.keys[-1] in (
        "signposting.which_did_not_work",
        "signposting.did_not_work",
    )
