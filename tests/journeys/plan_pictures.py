"""Take pictures of a plan being built: python -m tests.journeys.plan_pictures FOLDER.

The whole gateway, with the dialogue away, on a phone's screen; docs/img holds a set.
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

TALK: Final = (
    ("permission", "make a safety plan"),
    ("first_question", "yes"),
    ("read_back", "music, my dog, ringing nan"),
    ("ideas", "show me ideas"),
    ("next_question", "yes"),
    ("things_to_pick", "its too much"),
)
"""What is said, and the name of the picture of what comes back."""


def take_pictures(folder: Path) -> None:
    """Say the talk in both themes and take a picture of each answer."""
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
                for name, said in TALK:
                    _say(page, said)
                    page.screenshot(path=folder / f"plan_{name}_{theme}.png")
                context.close()
    finally:
        stop(handrail)


def _say(page: Page, text: str) -> None:
    """Say something and wait until it has been answered."""
    answers = page.locator(".said.from-bot")
    before = answers.count()
    page.get_by_label("Write a message").fill(text)
    page.keyboard.press("Enter")
    expect(answers).not_to_have_count(before)
    expect(page.locator("#status")).to_be_hidden()
    page.locator("#main").evaluate("main => { main.scrollTop = main.scrollHeight }")


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]))
