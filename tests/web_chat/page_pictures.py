"""Take pictures of the chat page: python -m tests.web_chat.page_pictures FOLDER."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.on_a_phone import says, take_pictures

BEGINS: Final = "chat"


def walk(page: Page, address: str) -> Iterator[str]:
    """Go from one state to the next, naming each."""
    yield "beginning"
    says(page, "i want to die")
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


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), BEGINS, walk)
