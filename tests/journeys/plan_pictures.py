"""Take pictures of a plan being built: `python -m tests.journeys.plan_pictures DIR`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from tests.on_a_phone import says, take_pictures

BEGINS: Final = "plan"
TALK: Final = (
    ("permission", "make a safety plan"),
    ("before_the_yes", "drawing my cat"),
    ("asked_about_it", "yes"),
    ("first_question", "leave it out"),
    ("read_back", "music, my dog, ringing nan"),
    ("ideas", "show me ideas"),
    ("next_question", "yes"),
    ("things_to_pick", "its too much"),
    ("would_go", "DELETE"),
    ("nothing_wiped", "no"),
)
"""What is said, and the name of the picture of what comes back."""


def walk(page: Page, _address: str) -> Iterator[str]:
    """Say the talk, and show the end of the thread after each answer."""
    for name, said in TALK:
        says(page, said)
        page.locator("#main").evaluate("main => { main.scrollTop = main.scrollHeight }")
        yield name


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), BEGINS, walk)
