"""Take pictures of the chat page: python -m tests.web_chat.page_pictures FOLDER.

The whole gateway with its real words, on a phone; docs/img holds the light set.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser import chromium
from tests.journeys.handrail import start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

PHONE: Final = {"width": 390, "height": 844}


def take_pictures(folder: Path) -> None:
    """Take each picture in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="handrail-pictures-"))
    handrail = start(home, ReadableDialogue(away=True))
    try:
        with chromium() as browser:
            for theme in ("light", "dark"):
                context = browser.new_context(
                    viewport=PHONE, color_scheme=theme, reduced_motion="reduce"
                )
                page = context.new_page()
                page.goto(f"{handrail.address}/c/demo")
                for name in _walk(page, handrail.address):
                    page.screenshot(path=folder / f"chat_{name}_{theme}.png")
                context.close()
    finally:
        stop(handrail)


def _walk(page: Page, address: str):  # type: ignore[no-untyped-def]
    """Go from one state to the next, naming each."""
    yield "beginning"
    _says(page, "i want to die")
    yield "crisis_words"
    page.get_by_text("Help now").click()
    yield "help_now"
    page.keyboard.press("Escape")
    page.get_by_text("More", exact=True).click()
    yield "more"
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    page.get_by_label("Write a message").fill("are you there")
    page.keyboard.press("Enter")
    expect(page.locator("#late")).to_be_visible(timeout=15_000)
    yield "no_signal"
    page.context.set_offline(False)
    expect(page.locator("#late")).to_be_hidden(timeout=15_000)
    page.goto(f"{address}/notice/demo")
    yield "notice"


def _says(page: Page, text: str) -> None:
    answers = page.locator(".said.from-bot")
    before = answers.count()
    page.get_by_label("Write a message").fill(text)
    page.keyboard.press("Enter")
    expect(answers).not_to_have_count(before)
    expect(page.locator("#status")).to_be_hidden()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]))
