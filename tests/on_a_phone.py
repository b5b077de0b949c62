"""The whole gateway seen on a phone's screen, in both themes, one picture a state."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

from tests.browser import chromium
from tests.journeys.handrail import start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

PHONE: Final = {"width": 390, "height": 844}

Walk = Callable[[Page, str], Iterator[str]]
"""Goes from one state to the next on a page of an address, naming each."""


def take_pictures(folder: Path, begins: str, walk: Walk) -> None:
    """Walk through the chat with the dialogue away, and take each state's picture."""
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="handrail-pictures-"))
    handrail = start(home, ReadableDialogue(away=True))
    try:
        with chromium() as browser:
            for theme in ("light", "dark"):
                context = browser.new_context(
                    viewport=PHONE,  # type: ignore[arg-type]
                    color_scheme=theme,  # type: ignore[arg-type]
                    reduced_motion="reduce",
                )
                page = context.new_page()
                page.goto(f"{handrail.address}/c/demo")
                for name in walk(page, handrail.address):
                    page.screenshot(path=folder / f"{begins}_{name}_{theme}.png")
                context.close()
    finally:
        stop(handrail)


def says(page: Page, text: str) -> None:
    """Say something and wait until it has been answered."""
    answers = page.locator(".said.from-bot")
    before = answers.count()
    page.get_by_label("Write a message").fill(text)
    page.keyboard.press("Enter")
    expect(answers).not_to_have_count(before)
    expect(page.locator("#status")).to_be_hidden()
