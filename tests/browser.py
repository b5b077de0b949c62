"""A real browser for tests: the system's Chromium, or Playwright's own download."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

# The shell is the same engine without a desktop around it, at a third of the work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What a page shows must be there within this; a test with a reason asks for longer.
expect.set_options(timeout=20_000)


def chromium_path() -> str | None:
    """Find an installed Chromium; None means that Playwright's own is looked for."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """Start a Chromium that talks to nobody but the pages it is shown."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a running Chromium; where there is none the test says so and is skipped."""
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except PlaywrightError as problem:
            pytest.skip(f"no Chromium could be started: {str(problem).splitlines()[0]}")
        yield browser
        browser.close()


@dataclass
class Wire:
    """What a page asked for, by address, and how many bytes came of it, headers too."""

    asked: list[str] = field(default_factory=list)
    received: list[float] = field(default_factory=list)


def watched(page: Page) -> Wire:
    """Count from here on what a page fetches, nothing of it from the cache."""
    wire = Wire()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on(
        "Network.loadingFinished",
        lambda event: wire.received.append(event["encodedDataLength"]),
    )
    page.on("request", lambda request: wire.asked.append(request.url))
    return wire
