"""Make the pictures of docs/pictures/ again: python -m tests.pictures."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.house_rules.tree import ROOT
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.plan_pages import pictures as states
from tests.plan_pages.young_person import Robin

FOLDER = ROOT / "docs" / "pictures"
SMALL_PHONE = {"width": 320, "height": 700}
A4_AT_96_DPI = {"width": 794, "height": 1123}
SAID = ("make a safety plan", "yes", "music, my dog, ringing nan")


def a_page(browser: Browser, *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport=SMALL_PHONE,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    return context.new_page()


def takes(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def conversation(browser: Browser, handrail: Handrail) -> None:
    page = a_page(browser)
    page.goto(f"{handrail.address}/c/demo")
    for text in SAID:
        heard = page.locator(".from-bot").count()
        page.get_by_label("Write a message").fill(text)
        page.get_by_role("button", name="Send").click()
        page.wait_for_function(
            "(heard) => document.querySelectorAll('.from-bot').length > heard",
            arg=heard,
        )
    takes(page, "conversation")


def own_page(browser: Browser, handrail: Handrail, *, dark: bool) -> None:
    page = a_page(browser, dark=dark)
    states.plan(page, Robin(handrail).wrote())
    takes(page, "plan_page_dark" if dark else "plan_page_light")


def sharing(browser: Browser, handrail: Handrail) -> None:
    for state, dark in ((states.preview, False), (states.shared, True)):
        page = a_page(browser, dark=dark)
        state(page, Robin(handrail).wrote())
        takes(page, f"plan_{state.__name__}")


def printed(browser: Browser, handrail: Handrail) -> None:
    page = a_page(browser)
    page.set_viewport_size(A4_AT_96_DPI)  # type: ignore[arg-type]
    states.plan(page, Robin(handrail).wrote())
    page.emulate_media(media="print")
    # The margins that the print styles ask of the paper.
    page.evaluate("document.body.style.padding = '12mm 14mm'")
    takes(page, "plan_print")


def make() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    dialogue = ReadableDialogue()
    dialogue.away = True
    handrail = start(Path(tempfile.mkdtemp()), dialogue)
    with chromium() as browser:
        conversation(browser, handrail)
        own_page(browser, handrail, dark=False)
        own_page(browser, handrail, dark=True)
        sharing(browser, handrail)
        printed(browser, handrail)
    stop(handrail)


if __name__ == "__main__":
    make()
