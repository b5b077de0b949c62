"""Every limit is reached, and crisis words still come.

Limits are by number, link, account and address; they slow down guessing and carrying
too much. None stands before the screen.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from foundations.saying import Channel
from gateway.desk.known_browsers import MOST_WRONG
from storage.join_codes import TRIES_AT_MOST
from storage.plan_links import MOST_WRONG_PINS
from tests.journeys.handrail import Handrail, Sms, WebChat
from tests.staff.people import StaffBrowser, joined

CRISIS = "i want to die"
HELP = "116 123"


@dataclass(frozen=True)
class Young:
    """One young person with a phone and one in a web chat, at one address."""

    handrail: Handrail
    phone: Sms
    web: WebChat


def number_that_floods(here: Young) -> None:
    """Forty texts from one number: more than each have their answer."""
    for count in range(40):
        here.handrail.thread.do(here.phone.phone.sends(f"hello number {count}"))
    here.handrail.settled()
    assert any("faster than I can answer" in text for text in here.phone.texts)


def number_that_guesses_codes(here: Young) -> None:
    """More wrong codes from one phone than may be tried."""
    for code in range(TRIES_AT_MOST + 2):
        here.phone.young_person_says(f"LINK 11111{code}")
    here.phone.was_sent("joining.wrong_code")


def number_that_guesses_words(here: Young) -> None:
    """More wrong words for a plan than may be tried."""
    here.phone.young_person_says("plan word badger")
    for _ in range(6):
        here.phone.young_person_says("plan rabbit")
    here.phone.was_sent("texting.locked")


def link_that_is_guessed_at(here: Young) -> None:
    """A private link is locked by wrong PINs, and tokens are guessed."""
    person = here.handrail.record(
        lambda unit: unit.conversations.get(here.web.conversation).young_person
    )

    def make(unit):  # type: ignore[no-untyped-def]
        unit.plan_links.set_pin(person, "2468")
        return unit.plan_links.make(person, Channel.WEB)

    token = here.handrail.thread.do(here.handrail.house.database.write(make))
    for pin in range(MOST_WRONG_PINS + 3):
        for guess in (token, f"{pin:032x}"):
            here.web.client.post(f"/my/o/{guess}", data={"pin": f"135{pin}"})
    assert (
        here.web.client.post(f"/my/o/{token}", data={"pin": "2468"}).status_code != 303
    )


def chat_link_that_floods(here: Young) -> None:
    """Sixty chats are opened through one link, from one address."""
    for _ in range(60):
        here.handrail.web_chat()


def account_that_is_guessed_at(here: Young) -> None:
    """An account's sign-ins are stopped, known browser and stranger alike."""
    robin = joined(here.handrail)
    stranger = StaffBrowser(here.handrail, email=robin.email)
    for browser in (robin, stranger):
        for _ in range(MOST_WRONG + 1):
            answer = browser.signs_in("seven wrong lanterns", "000000")
    assert answer.status_code == 429


def address_that_keeps_passwords_busy(here: Young) -> None:
    """Forty sign-ins at once from one address: more than are looked at."""

    def signs_in(_count: int) -> int:
        form = {"email": "a@example.org", "password": "x" * 20, "code": "1"}
        origin = {"Origin": here.handrail.address}
        address = f"{here.handrail.address}/staff/sign-in"
        with httpx.Client(trust_env=False, timeout=60, headers=origin) as browser:
            return browser.post(address, data=form).status_code

    with ThreadPoolExecutor(40) as threads:
        answers = list(threads.map(signs_in, range(40)))
    assert 429 in answers


LIMITS = (
    number_that_guesses_codes,
    number_that_guesses_words,
    # After what is said of codes and words: nothing more is said to it for a while.
    number_that_floods,
    link_that_is_guessed_at,
    chat_link_that_floods,
    account_that_is_guessed_at,
    address_that_keeps_passwords_busy,
)


@pytest.mark.parametrize("reach", LIMITS, ids=lambda one: one.__name__)
def test_a_limit_that_is_reached_stops_no_crisis_words(
    handrail: Handrail, reach: Callable[[Young], None]
) -> None:
    here = Young(handrail, handrail.sms(), handrail.web_chat())
    reach(here)
    # The very number, browser, chat and address that reached it, and somebody else's.
    others_phone, others_web = handrail.sms("+447700900199"), handrail.web_chat()
    for phone in (here.phone, others_phone):
        texts_that_they_are_in_danger(phone)
    for web in (here.web, others_web):
        web.young_person_says(CRISIS)
        assert HELP in web.was_sent("escalation.suicide")


def texts_that_they_are_in_danger(phone: Sms) -> None:
    had = len(phone.texts)
    phone.young_person_says(CRISIS)
    phone.was_sent("escalation.suicide")
    assert any(HELP in text for text in phone.texts[had:])


def test_all_limits_together_stop_no_crisis_words(handrail: Handrail) -> None:
    here = Young(handrail, handrail.sms(), handrail.web_chat())
    for reach in LIMITS:
        reach(here)
    texts_that_they_are_in_danger(here.phone)
    here.web.young_person_says(CRISIS)

    assert HELP in here.web.was_sent("escalation.suicide")
