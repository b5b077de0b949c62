"""The way in: a private link by text, a button in the chat, and nothing else."""

import re

import httpx
import pytest

from bot.words import Words
from channels.plan_pages.keeping import cookies_for
from channels.web_chat.settings import PageSettings
from foundations.gsm7 import segments
from foundations.saying import Channel, Say
from tests.journeys.handrail import Handrail
from tests.plan_pages.young_person import Robin
from tests.storage.keeping import Watch

CRISIS_NUMBERS = ("999", "116 123", "85258", "0800 1111")


@pytest.fixture
def stranger(handrail: Handrail) -> httpx.Client:
    return httpx.Client(base_url=handrail.address, trust_env=False)


def presses_open(client: httpx.Client, token: str, pin: str = "") -> httpx.Response:
    return client.post(f"/my/o/{token}", data={"pin": pin})


def without_token(answer: httpx.Response, token: str) -> tuple[int, str, list[str]]:
    """What an answer says, apart from the token that was asked with."""
    told = [name for name in answer.headers if name not in ("content-length", "date")]
    return answer.status_code, answer.text.replace(token, "TOKEN"), sorted(told)


def test_plan_link_by_text_opens_the_page_once_the_button_is_pressed(
    handrail: Handrail, stranger: httpx.Client
) -> None:
    phone = handrail.sms("+447700900311")
    phone.young_person_says("PLAN 1 hello")
    phone.young_person_says("plan link")
    sent = phone.was_sent("plan.page_link")
    token = re.search(r"/my/o/([0-9a-f]{32}) ", sent)
    assert token is not None
    assert segments(sent) <= 2
    looked = stranger.get(f"/my/o/{token[1]}")
    opened = presses_open(stranger, token[1])

    assert looked.status_code == 200
    assert opened.status_code == 303
    assert stranger.get("/my/plan").status_code == 200


def test_plan_link_on_the_web_says_which_button_opens_it(handrail: Handrail) -> None:
    chat = handrail.web_chat()
    chat.young_person_says("PLAN LINK")

    assert "My plan page" in chat.was_sent("plan.page_button")


def test_the_text_with_the_link_is_one_segment_for_a_usual_address() -> None:
    link = f"https://handrail.example.org/my/o/{'0' * 32}"
    said = Words.load().render(Say("plan.page_link", {"link": link}), Channel.SMS)

    assert segments(said.text) == 1


def test_looking_at_a_link_uses_nothing_up(
    robin: Robin, stranger: httpx.Client
) -> None:
    token = robin.link()
    for _ in range(10):
        stranger.get(f"/my/o/{token}")

    assert presses_open(stranger, token).status_code == 303


def test_the_button_is_the_same_whatever_the_token(
    robin: Robin, stranger: httpx.Client
) -> None:
    token = robin.link()

    assert without_token(stranger.get(f"/my/o/{token}"), token) == without_token(
        stranger.get("/my/o/guessed"), "guessed"
    )


def test_every_kind_of_no_is_the_same_page(
    handrail: Handrail, watch: Watch, stranger: httpx.Client
) -> None:
    used, old, locked, wrong_pin = (Robin(handrail).wrote() for _ in range(4))
    links = {"old": old.link()}
    watch.move(hours=24)
    links |= {name: r.link() for name, r in {"used": used, "locked": locked}.items()}
    links |= {"wrong_pin": wrong_pin.link(), "guessed": "f" * 32, "odd": "%00<b>"}
    for one in (locked, wrong_pin):
        one.in_records(lambda unit, r=one: unit.plan_links.set_pin(r.person, "2468"))
    for _ in range(3):
        presses_open(httpx.Client(base_url=handrail.address), links["used"])
    for guess in range(5):
        presses_open(stranger, links["locked"], f"{guess}000")
    answers = {
        name: without_token(presses_open(stranger, token, "9999"), token)
        for name, token in links.items()
        if name != "odd"
    }

    assert answers["guessed"][0] == 403
    assert "This did not open." in answers["guessed"][1]
    assert all(one == answers["guessed"] for one in answers.values()), answers
    right = presses_open(stranger, links["locked"], "2468")
    assert without_token(right, links["locked"]) == answers["guessed"]


def test_without_a_visit_there_is_help_and_the_way_back_but_no_plan(
    robin: Robin, stranger: httpx.Client
) -> None:
    for path in ("/my/plan", "/my/line", "/my/share", "/my/my-page.pdf"):
        answer = stranger.get(path)

        assert answer.status_code == 403
        assert "PLAN LINK" in answer.text
        assert all(number in answer.text for number in CRISIS_NUMBERS)
        assert "Biscuit" not in answer.text


def test_a_visit_ends_after_an_hour_of_only_looking(robin: Robin, watch: Watch) -> None:
    watch.move(minutes=59)
    assert "Biscuit" in robin.looks()
    watch.move(minutes=1)

    assert "Biscuit" not in robin.looks()


def test_closing_the_page_ends_the_visit_for_every_tab(robin: Robin) -> None:
    cookie = dict(robin.client.cookies)
    robin.presses("/my/close")

    other_tab = httpx.Client(base_url=robin.handrail.address, cookies=cookie)
    assert other_tab.get("/my/plan").status_code == 403


def test_leaving_fast_ends_what_this_browser_shows(robin: Robin) -> None:
    cookie = dict(robin.client.cookies)
    answer = robin.client.get("/my/leave", follow_redirects=False)

    assert answer.headers["location"].startswith("https://www.bbc.co.uk/")
    assert dict(robin.client.cookies) == {}
    other_tab = httpx.Client(base_url=robin.handrail.address, cookies=cookie)
    assert other_tab.get("/my/plan").status_code == 403


def test_the_mark_of_a_fast_exit_holds_though_the_cookie_is_still_there(
    robin: Robin,
) -> None:
    robin.client.cookies.set("my-left", "1")

    assert "Biscuit" not in robin.looks()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    robin: Robin, stranger: httpx.Client
) -> None:
    set_by = presses_open(stranger, robin.link()).headers.get_list("set-cookie")
    (visit,) = (one for one in set_by if one.startswith("my="))

    assert "HttpOnly" in visit
    assert "SameSite=Strict" in visit
    assert "Max-Age" not in visit
    over_https = cookies_for(PageSettings("https://handrail.example.org", ()))
    assert over_https.visit == "__Host-my"


def test_a_form_of_another_site_changes_nothing(robin: Robin) -> None:
    answer = robin.client.post(
        "/my/do",
        data={"do": "add", "section": "distractions", "words": "not mine"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert "not mine" not in robin.looks()


def test_the_chat_leads_to_the_page_of_whoever_chats(handrail: Handrail) -> None:
    browser = httpx.Client(base_url=handrail.address, follow_redirects=True)
    browser.post("/c/demo/open")
    browser.post("/my/from-chat")

    assert browser.get("/my/plan").status_code == 200
    nobody = httpx.Client(base_url=handrail.address, follow_redirects=True)
    assert nobody.post("/my/from-chat").status_code == 403


def test_whoever_came_over_from_the_chat_finds_back_to_it(handrail: Handrail) -> None:
    browser = httpx.Client(base_url=handrail.address, follow_redirects=True)
    browser.post("/c/demo/open")
    assert 'name="link" value="demo"' in browser.get("/c/demo").text
    browser.post("/my/from-chat", data={"link": "demo"})

    assert 'href="/c/demo"' in browser.get("/my/plan").text
    browser.post("/my/close")
    assert "my-from" not in "".join(browser.cookies)


@pytest.mark.parametrize("link", ["", "../staff", 'demo" onload=', "x" * 500])
def test_what_is_no_chat_leads_nowhere(handrail: Handrail, link: str) -> None:
    browser = httpx.Client(base_url=handrail.address, follow_redirects=True)
    browser.post("/c/demo/open")
    browser.post("/my/from-chat", data={"link": link})

    assert 'href="/c/' not in browser.get("/my/plan").text


def test_a_private_link_leads_back_to_no_chat(robin: Robin) -> None:
    assert 'href="/c/' not in robin.looks()


def test_a_pin_is_asked_for_once_it_is_chosen_and_can_be_taken_off(
    robin: Robin, stranger: httpx.Client
) -> None:
    assert "Your links now ask for the PIN." in robin.presses("/my/pin", pin="2468")
    assert presses_open(stranger, robin.link()).status_code == 403
    assert presses_open(stranger, robin.link(), "2468").status_code == 303
    robin.presses("/my/pin", do="off")

    assert presses_open(stranger, robin.link()).status_code == 303


@pytest.mark.parametrize("pin", ["", "123", "123456789", "abcd", "１２３４", "12 34"])
def test_what_is_no_pin_is_not_taken_for_one(robin: Robin, pin: str) -> None:
    assert "Nothing was changed." in robin.presses("/my/pin", pin=pin)
    assert not robin.handrail.record(lambda unit: unit.plan_links.has_pin(robin.person))
