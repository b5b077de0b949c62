"""Hide for now, in the chat, hides the plan too: in other tabs, and on the phone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.handrail import Handrail
from tests.plan_pages.pictures import hides_the_chat, kept, plan
from tests.plan_pages.young_person import Robin

pytestmark = pytest.mark.slow

A_LINE = "Hot chocolate in the blue mug"


@pytest.fixture
def chat(phone: BrowserContext) -> Page:
    return phone.new_page()


@pytest.fixture
def robin(handrail: Handrail) -> Robin:
    return Robin(handrail).wrote()


def is_hidden(page: Page) -> None:
    expect(page.get_by_role("heading", name="This page is hidden")).to_be_visible()
    assert A_LINE not in page.content()


def test_a_plan_in_another_tab_is_hidden_and_comes_back_after_the_pin(
    page: Page, chat: Page, robin: Robin
) -> None:
    plan(page, robin)
    expect(page.get_by_text(A_LINE)).to_be_visible()
    hides_the_chat(chat, robin)
    is_hidden(page)
    page.get_by_role("link", name="Try again").click()
    is_hidden(page)

    chat.get_by_label("PIN", exact=True).fill("1357")
    chat.get_by_role("button", name="Open").click()
    expect(chat.get_by_label("Write a message")).to_be_visible()
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_text(A_LINE)).to_be_visible()


@pytest.mark.parametrize(
    "path", ["plan", "share", "my-page.pdf", "my-page.txt", "my-page.json"]
)
def test_nothing_of_the_plan_can_be_fetched_meanwhile(
    page: Page, chat: Page, robin: Robin, path: str
) -> None:
    plan(page, robin)
    hides_the_chat(chat, robin)
    is_hidden(page)
    got = page.request.get(f"{robin.handrail.address}/my/{path}")

    assert got.status == 403
    assert A_LINE not in got.text()


def test_a_copy_without_a_pin_of_its_own_asks_for_that_one_with_no_signal_too(
    phone: BrowserContext, page: Page, chat: Page, robin: Robin
) -> None:
    kept(page, robin)
    expect(page.get_by_text(A_LINE)).to_be_visible()
    hides_the_chat(chat, robin)
    expect(page.get_by_text("This is hidden")).to_be_visible()
    phone.set_offline(True)
    page.reload()
    expect(page.get_by_text("This is hidden")).to_be_visible()
    assert A_LINE not in page.content()

    page.get_by_label("PIN").fill("9999")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("That is not the PIN")).to_be_visible()
    page.get_by_label("PIN").fill("1357")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text(A_LINE)).to_be_visible()
