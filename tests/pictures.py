"""Make the pictures of docs/img/ again: make pictures."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.house_rules.tree import ROOT
from tests.journeys import plan_pictures
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.on_a_phone import take_pictures
from tests.plan_pages import pictures as states
from tests.plan_pages.young_person import Robin
from tests.web_chat import page_pictures

FOLDER = ROOT / "docs" / "img"
SMALL_PHONE = {"width": 320, "height": 700}
A4_AT_96_DPI = {"width": 794, "height": 1123}


def a_page(browser: Browser, *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport=SMALL_PHONE,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    return context.new_page()


def takes(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    page.context.close()


def conversations() -> None:
    """Take the chat page and the building of a plan; keep what is shown."""
    with tempfile.TemporaryDirectory() as folder:
        for walked in (plan_pictures, page_pictures):
            take_pictures(Path(folder), walked.BEGINS, walked.walk)
        for picture in Path(folder).iterdir():
            if (FOLDER / picture.name).exists():
                shutil.copy(picture, FOLDER)


def own_page(browser: Browser, handrail: Handrail, *, dark: bool) -> None:
    page = a_page(browser, dark=dark)
    states.plan(page, Robin(handrail).wrote())
    takes(page, "plan_page_dark" if dark else "plan_page_light")


def sharing(browser: Browser, handrail: Handrail) -> None:
    for state, name in (
        (states.preview, "plan_share_preview_light"),
        (states.shared, "plan_shared_dark"),
    ):
        page = a_page(browser, dark=name.endswith("dark"))
        state(page, Robin(handrail).wrote())
        takes(page, name)


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
    handrail = start(Path(tempfile.mkdtemp()), ReadableDialogue())
    with chromium() as browser:
        own_page(browser, handrail, dark=False)
        own_page(browser, handrail, dark=True)
        sharing(browser, handrail)
        printed(browser, handrail)
    stop(handrail)
    conversations()


if __name__ == "__main__":
    make()
