"""A running Handrail for the plan pages, and a young person who has a plan in it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.plan_pages.young_person import Robin
from tests.storage.keeping import Watch


@pytest.fixture(scope="module")
def watch() -> Watch:
    """A clock that every test of a module may move on, never back."""
    return Watch()


@pytest.fixture(scope="module")
def handrail(
    tmp_path_factory: pytest.TempPathFactory, watch: Watch
) -> Iterator[Handrail]:
    home = tmp_path_factory.mktemp("plans")
    running = start(home, ReadableDialogue(), clock=watch)
    yield running
    stop(running)


@pytest.fixture
def robin(handrail: Handrail) -> Robin:
    return Robin(handrail).wrote().opens_a_link()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    return phone.new_page()
