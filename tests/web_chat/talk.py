"""A talk on the page: what is written in it, and what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, Locator, Page, expect

REPLY = (
    "Thank you for telling me. That sounds like a lot to carry. "
    "Would you like to make a plan for the hard moments?"
)
TODAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def write(page: Page, text: str) -> None:
    page.get_by_label("Write a message").fill(text)
    page.keyboard.press("Enter")


def lines(page: Page) -> list[str]:
    """What the page shows, without the three lines it begins with."""
    return page.locator(".said .text").all_inner_texts()[3:]


def in_thread(page: Page, text: str) -> Locator:
    return page.locator("#thread").get_by_text(text, exact=True)


def answered(page: Page, times: int) -> None:
    expect(in_thread(page, REPLY)).to_have_count(times)


@contextmanager
def no_signal(phone: BrowserContext) -> Iterator[None]:
    phone.set_offline(True)
    yield
    phone.set_offline(False)
