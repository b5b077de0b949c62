"""The page without JavaScript: plain forms, and nothing lost or repeated."""

import re

import httpx
import pytest
from playwright.sync_api import Browser

from channels.web_chat.headers import CONTENT_SECURITY_POLICY
from tests.web_chat.fake_door import CRISIS_WORDS
from tests.web_chat.served import ServedChat


def form_id(page: httpx.Response) -> str:
    found = re.search(r'name="id" value="([0-9a-f-]{36})"', page.text)
    assert found is not None
    return found[1]


@pytest.mark.slow
def test_a_conversation_works_with_javascript_switched_off(
    browser: Browser, chat: ServedChat
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{chat.url}/c/demo")

    page.get_by_label("Write a message").fill("i cant sleep")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("button", name="Who is open").click()

    said = page.locator(".from-young_person .text").all_inner_texts()
    assert said == ["i cant sleep", "not now", "WHO"]
    assert chat.door.heard == said
    assert page.url == f"{chat.url}/c/demo#latest"
    page.reload()
    assert len(chat.door.heard) == 3
    page.get_by_text("Help now").click()
    assert page.get_by_role("link", name="999").is_visible()
    page.get_by_role("button", name="Leave fast").click()
    assert page.url == f"{chat.url}/weather"
    page.goto(f"{chat.url}/c/demo")
    assert "i cant sleep" not in page.content()
    context.close()


def test_only_the_newest_turn_can_be_answered_by_pressing(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")
    http.post("/c/demo/say", data={"id": form_id(page), "text": "hello"})

    shown = http.get("/c/demo").text

    assert 'value="not now"' in shown
    assert 'value="make a plan"' not in shown


def test_pressing_twice_sends_once_and_new_words_on_an_old_page_are_new(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")
    first = {"id": form_id(page), "text": "hello"}
    http.post("/c/demo/say", data=first)
    http.post("/c/demo/say", data=first)
    http.post("/c/demo/say", data=first | {"text": "are you there"})

    assert chat.door.heard == ["hello", "are you there"]


def test_looking_at_the_page_opens_nothing_and_leaves_no_cookie(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")

    assert "I am a bot" in page.text
    assert chat.door.conversations == {}
    assert "set-cookie" not in page.headers


def test_the_cookie_is_for_this_conversation_only_and_no_script_can_read_it(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")
    answer = http.post("/c/demo/say", data={"id": form_id(page), "text": "hello"})

    assert answer.status_code == 303
    cookie = answer.headers.get_list("set-cookie")[0]
    assert cookie.startswith("chat=token-1;")
    for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"):
        assert part in cookie


def test_a_conversation_that_has_ended_is_begun_anew_and_the_words_are_kept(
    chat: ServedChat, http: httpx.Client
) -> None:
    http.cookies.set("chat", "long-gone", domain="127.0.0.1")
    page = http.get("/c/demo")
    http.post("/c/demo/say", data={"id": form_id(page), "text": "hello again"})

    assert chat.door.heard == ["hello again"]
    assert http.cookies["chat"] == "token-1"


@pytest.mark.slow
def test_a_link_from_another_site_does_not_lose_the_conversation(
    browser: Browser, chat: ServedChat
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{chat.url}/c/demo")
    page.get_by_label("Write a message").fill("hello")
    page.get_by_role("button", name="Send").click()
    other = chat.url.replace("127.0.0.1", "localhost")
    page.route(
        f"{other}/school",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<a href="{chat.url}/c/demo">Chat</a>'
        ),
    )

    page.goto(f"{other}/school")
    page.get_by_role("link", name="Chat").click()
    page.get_by_label("Write a message").fill("still me")
    page.get_by_role("button", name="Send").click()

    assert chat.door.heard == ["hello", "still me"]
    assert len(chat.door.conversations) == 1
    context.close()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
@pytest.mark.parametrize("where", ["say", "open"])
def test_another_site_cannot_write_here(
    chat: ServedChat, http: httpx.Client, headers: dict[str, str], where: str
) -> None:
    page = http.get("/c/demo")
    answer = http.post(
        f"/c/demo/{where}",
        data={"id": form_id(page), "text": "hello"},
        headers=headers,
    )

    assert answer.status_code == 403
    assert "999" in answer.text
    assert chat.door.conversations == {}


def test_another_site_cannot_make_a_browser_forget(
    chat: ServedChat, http: httpx.Client
) -> None:
    answer = http.get("/c/demo/leave", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("link", "status"),
    [("nowhere", 200), ("%2e%2e", 404), ("a%00b", 404), ("x" * 500, 404)],
)
def test_an_unknown_link_is_a_page_with_help(
    http: httpx.Client, link: str, status: int
) -> None:
    answer = http.get(f"/c/{link}")

    assert answer.status_code == status
    assert "This link isn't in use any more" in answer.text.replace("&#39;", "'")
    for number in ("tel:999", "tel:07700900123", "sms:07700900456"):
        assert number in answer.text


@pytest.mark.parametrize("half", ["/", "/c", "/c/", "/help/nosuch", "/nonsense/deep"])
def test_half_a_posters_address_is_a_page_with_help_and_a_way_on(
    http: httpx.Client, half: str
) -> None:
    answer = http.get(half)

    assert answer.status_code == 404
    assert "There is no page here" in answer.text
    assert 'href="/help"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for number in ("tel:999", "tel:07700900123", "sms:07700900456"):
        assert number in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"text=zebra%ff&id=x", 400),
        (b"text=zebra\xff", 400),
        (b"text=zebra&text=zebra", 400),
        (b"text=zebra", 400),
        (b"text=zebra&id=zebra", 400),
        (b"zebra", 400),
        (b"", 400),
        (b"text=" + b"zebra" * 14_000, 413),
    ],
)
def test_a_broken_form_is_answered_with_help_and_never_repeated(
    chat: ServedChat, http: httpx.Client, body: bytes, status: int
) -> None:
    answer = http.post("/c/demo/say", content=body)

    assert answer.status_code == status
    assert "tel:999" in answer.text
    assert "zebra" not in answer.text
    assert chat.door.heard == []


def test_an_empty_form_just_shows_the_page_again(http: httpx.Client) -> None:
    page = http.get("/c/demo")
    answer = http.post("/c/demo/say", data={"id": form_id(page), "text": "  "})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/c/demo#latest"


def test_danger_is_answered_on_the_page_when_all_behind_it_is_broken(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")
    chat.door.broken = OSError("the disk is full")
    answer = http.post("/c/demo/say", data={"id": form_id(page), "text": CRISIS_WORDS})

    assert "I am worried about you" in answer.text
    assert '<a href="tel:999">999</a>' in answer.text


def test_danger_is_answered_when_the_link_was_withdrawn(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")
    chat.door.links.clear()
    answer = http.post("/c/demo/say", data={"id": form_id(page), "text": CRISIS_WORDS})

    assert "I am worried about you" in answer.text


def test_when_all_is_broken_the_page_still_holds_the_numbers(
    chat: ServedChat, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    chat.door.broken = ValueError("could not read: zebra")
    answer = http.get("/c/demo")

    assert answer.status_code == 503
    assert "tel:999" in answer.text
    assert "zebra" not in answer.text + caplog.text


def test_what_was_written_is_shown_as_text(
    chat: ServedChat, http: httpx.Client
) -> None:
    page = http.get("/c/demo")
    written = '<img src=x onerror=alert(1)> & "quotes" {{ 7 * 7 }}'
    http.post("/c/demo/say", data={"id": form_id(page), "text": written})

    shown = http.get("/c/demo").text

    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; &#34;quotes&#34;" in shown
    assert "{{ 7 * 7 }}" in shown


@pytest.mark.parametrize(
    "where", ["/c/demo", "/c/nowhere", "/api/openapi.json", "/api/chat/messages"]
)
def test_every_answer_tells_the_browser_to_keep_and_load_nothing(
    http: httpx.Client, where: str
) -> None:
    headers = http.get(where).headers

    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_holds_no_script_or_style_of_its_own(http: httpx.Client) -> None:
    page = http.get("/c/demo").text

    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert "<style" not in page
    assert re.findall(r"\s(?:style|on\w+)=", page) == []


def test_nothing_on_the_page_comes_from_elsewhere(http: httpx.Client) -> None:
    page = http.get("/c/demo").text
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', page)

    assert loaded
    assert all(address.startswith("/web-chat/") for address in loaded)


def test_the_title_and_the_icon_say_nothing(http: httpx.Client) -> None:
    head = http.get("/c/demo").text.split("<body")[0].lower()

    for word in ("handrail", "help", "safety", "crisis", "suicid", "mental"):
        assert word not in head
