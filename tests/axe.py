"""Axe, which looks a page over for what shuts somebody out of it."""

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG: Final = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ],
    # Every rule runs. What holds is not described element by element: nobody reads it.
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[dict[str, Any]]:
    """Give every rule that a page breaks, with each place where it does."""
    found: list[dict[str, Any]] = Axe().run(page, options=WCAG).response["violations"]
    return found
