"""The chat page before the real gateway: a browser, HTTP, and the records."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.handrail import Desk, Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch

pytestmark = pytest.mark.slow

SECRET = "nobody else may read this"
HEARD = "I heard you."
ELSEWHERE = re.compile("^https://")
"""Where a fast exit leads; nothing of it is really fetched."""


@pytest.fixture
def handrail(tmp_path: Path) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), clock=Watch())
    yield running
    stop(running)


@pytest.fixture
def page(phone: BrowserContext, handrail: Handrail) -> Page:
    """The chat page, just opened from its link."""
    opened = phone.new_page()
    opened.goto(f"{handrail.address}/c/demo")
    return opened


def write(page: Page, text: str) -> None:
    page.get_by_label("Write a message").fill(text)
    page.keyboard.press("Enter")


def lines(page: Page) -> list[str]:
    """What stands in the thread after the beginning, oldest first."""
    all_of_it: list[str] = page.locator("#thread .said .text").all_inner_texts()
    return all_of_it[3:]


def answered(page: Page, times: int) -> None:
    expect(page.locator("#thread").get_by_text(HEARD)).to_have_count(times)


def said(handrail: Handrail) -> list[str]:
    """What the young person said, as the records have it."""
    from sqlalchemy import select

    from storage.tables.core import conversations

    def read(unit):  # type: ignore[no-untyped-def]
        (one,) = unit.connection.execute(select(conversations.c.id)).scalars()
        found = unit.messages.after(one, None, 1000)
        return [line.text for line in found if line.speaker == "young_person"]

    return list(handrail.record(read))


def test_words_written_without_signal_are_recorded_once_and_in_order(
    page: Page, phone: BrowserContext, handrail: Handrail
) -> None:
    write(page, "zero")
    answered(page, 1)
    phone.set_offline(True)
    for text in ("one", "two", "three"):
        write(page, text)
    expect(page.get_by_text("Not sent yet")).to_have_count(3)
    phone.set_offline(False)
    answered(page, 4)

    assert said(handrail) == ["zero", "one", "two", "three"]


def test_an_answer_lost_on_the_way_is_said_once(page: Page, handrail: Handrail) -> None:
    lost = []

    def lose_two(route: Route) -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/api/chat/messages", lose_two)
    write(page, "hello")
    answered(page, 1)

    assert said(handrail) == ["hello"]
    assert lines(page) == ["hello", HEARD]


def test_a_gateway_that_is_started_again_has_lost_nothing(
    phone: BrowserContext, tmp_path: Path
) -> None:
    watch = Watch()
    first = start(tmp_path, ReadableDialogue(), clock=watch)
    page = phone.new_page()
    page.goto(f"{first.address}/c/demo")
    write(page, "before")
    answered(page, 1)
    port = int(first.address.rsplit(":", 1)[1])
    stop(first)
    write(page, "meanwhile")
    expect(page.get_by_text("Sending")).to_be_visible()
    again = start(tmp_path, ReadableDialogue(), clock=watch, port=port)
    try:
        answered(page, 2)
        assert said(again) == ["before", "meanwhile"]
        assert lines(page) == ["before", HEARD, "meanwhile", HEARD]
    finally:
        page.close()
        stop(again)


def test_a_week_later_and_in_a_second_tab_it_is_the_same_conversation(
    page: Page, phone: BrowserContext, handrail: Handrail
) -> None:
    write(page, "hello")
    answered(page, 1)
    second = phone.new_page()
    second.goto(f"{handrail.address}/c/demo")
    write(second, "from the second")
    answered(second, 2)
    answered(page, 2)
    assert lines(page) == lines(second)
    page.close()
    second.close()
    handrail.clock.move(days=7)
    later = phone.new_page()
    later.goto(f"{handrail.address}/c/demo")
    assert lines(later) == ["hello", HEARD, "from the second", HEARD]
    write(later, "still me")
    answered(later, 3)

    assert said(handrail) == ["hello", "from the second", "still me"]


def test_a_worker_comes_in_and_the_page_says_that_it_is_a_person(
    page: Page, handrail: Handrail
) -> None:
    page.get_by_role("button", name="A person").click()
    for choice in ("Yes", "Show me what I have so far", "Share this"):
        page.get_by_role("button", name=choice, exact=True).last.click()
    expect(page.locator("#thread").get_by_text("Sent to")).to_be_visible()
    desk = Desk(handrail)
    (case,) = desk.waiting()
    desk.claims(case).raise_for_status()
    told = page.locator("#thread").get_by_text("You are now talking to a person")
    expect(told).to_be_visible()
    desk.says(case, "Hi, I'm Sam.")
    expect(page.locator(".from-staff").last).to_contain_text("Hi, I'm Sam.")
    with page.expect_response("**/api/chat/messages"):
        write(page, "hi sam")
    expect(page.get_by_text("Sending")).to_have_count(0)

    assert HEARD not in lines(page)
    assert "hi sam" in desk.reads(case)


def test_leaving_fast_leaves_nothing_and_back_shows_nothing(
    page: Page, phone: BrowserContext, handrail: Handrail
) -> None:
    phone.route(ELSEWHERE, lambda route: route.fulfill(body="Weather"))
    write(page, SECRET)
    answered(page, 1)
    page.get_by_role("button", name="Leave fast").click()
    page.wait_for_url(ELSEWHERE)
    page.go_back()

    assert SECRET not in page.content()
    page.goto(f"{handrail.address}/c/demo")
    assert SECRET not in page.content()
    assert not [one for one in phone.cookies() if one["name"] == "chat"]


def test_hidden_for_now_holds_no_word_until_the_pin(
    page: Page, handrail: Handrail
) -> None:
    write(page, SECRET)
    answered(page, 1)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Hide for now").click()
    page.get_by_label("PIN", exact=True).fill("2580")
    page.get_by_role("button", name="Hide this page").click()
    expect(page.get_by_role("heading", name="This page is hidden")).to_be_visible()
    page.reload()
    assert SECRET not in page.content()
    page.get_by_label("PIN", exact=True).fill("2580")
    page.get_by_role("button", name="Open").click()

    expect(page.locator("#thread").get_by_text(SECRET)).to_be_visible()


def test_without_scripts_everything_from_a_word_to_sharing_works(
    handrail: Handrail, browser
) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{handrail.address}/c/demo")
    for text in ("hello", "i want to die", "PERSON", "yes", "show me so far", "SHARE"):
        page.get_by_label("Write a message").fill(text)
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#thread").get_by_text(text, exact=True)).to_be_visible()
    expect(page.get_by_text("116 123").last).to_be_visible()
    expect(page.get_by_text("Sent to")).to_be_visible()
    context.close()

    assert len(handrail.record(lambda unit: unit.handovers.waiting())) == 1


def test_buttons_of_the_wait_go_when_a_person_comes(
    page: Page, handrail: Handrail
) -> None:
    for text in ("PERSON", "yes", "show me so far", "SHARE"):
        write(page, text)
    waits = page.get_by_role("button", name="Stop waiting")
    expect(waits).to_have_count(1)
    (case,) = Desk(handrail).waiting()
    Desk(handrail).claims(case)
    here = page.locator("#thread").get_by_text("You are now talking to a person")
    expect(here).to_be_visible()
    expect(waits).to_have_count(0)
    expect(page.get_by_role("button", name="Someone else")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("button", name="Someone else")).to_have_count(1)
    expect(waits).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/c/demo/say", "/c/demo"),
        ("/my/do", "/my/plan"),
        ("/my/from-chat", "/my/plan"),
        ("/my/share/preview", "/my/share"),
        ("/my/share/take-back", "/my/share"),
    ],
)
def test_a_page_that_came_of_a_form_is_never_blank_when_it_is_opened_again(
    phone: BrowserContext, handrail: Handrail, path: str, leads_to: str
) -> None:
    page = phone.new_page()
    page.goto(f"{handrail.address}{path}")

    assert page.url == f"{handrail.address}{leads_to}"
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_page_that_stops_says_why_and_only_once_that_others_are_there(
    phone: BrowserContext, handrail: Handrail
) -> None:
    page = phone.new_page()
    page.goto(f"{handrail.address}/c/nowhere")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "This page is not here right now"
    )
    expect(page.get_by_text("still talk to someone")).to_have_count(0)
    expect(page.get_by_role("link", name="999")).to_be_in_viewport(ratio=0.99)
    page.goto(f"{handrail.address}/c/demo")
    page.evaluate(
        "document.getElementById('text').value = 'x '.repeat(40000);"
        "document.getElementById('composer').submit()"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("That was too long")
    page.get_by_role("link", name="Back to the chat").click()
    expect(page.get_by_label("Write a message")).to_be_visible()
