"""The web chat, served for real, and a browser to look at it with."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from foundations.plain_http import TRUSTS_NOBODY
from tests.browser import chromium
from tests.web_chat.served import ServedChat


@pytest.fixture
def chat() -> Iterator[ServedChat]:
    served = ServedChat()
    yield served
    served.close()


@pytest.fixture
def http(chat: ServedChat) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=chat.url, verify=TRUSTS_NOBODY, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of its own: its cookies and storage are nobody else's."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, chat: ServedChat) -> Page:
    """The chat page, just opened from its link."""
    opened = phone.new_page()
    opened.goto(f"{chat.url}/c/demo")
    return opened
