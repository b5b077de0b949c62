"""Take a picture of every plan page: python -m tests.plan_pages.pictures FOLDER."""

import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import chromium
from tests.journeys.handrail import start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.plan_pages.young_person import Robin


def opens(page: Page, robin: Robin) -> None:
    page.goto(f"{robin.handrail.address}/my/o/{robin.link()}")
    page.get_by_role("button", name="Open").click()


def plan(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.wait_for_selector("#phone:not([hidden])")


def adding(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.get_by_text("Add a line").first.click()


def crisis(page: Page, robin: Robin) -> None:
    adding(page, robin)
    page.get_by_label("Your words").first.fill("i want to die")
    page.get_by_role("button", name="Save").first.click()


def help_now(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.get_by_text("Help now").click()


def empty(page: Page, robin: Robin) -> None:
    opens(page, Robin(robin.handrail))


def changed(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.get_by_role("link", name="Change: Ash").click()
    page.get_by_role("button", name="Save").click()


def line(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.get_by_role("link", name="Change: Ash").click()


def more(page: Page, robin: Robin) -> None:
    opens(page, robin)
    for name in ("Text size", "What your plan is called", "A PIN for links"):
        page.get_by_text(name, exact=True).click()


def bigger(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.get_by_text("Text size", exact=True).click()
    page.get_by_role("button", name="Biggest").click()


def before_open(page: Page, robin: Robin) -> None:
    page.goto(f"{robin.handrail.address}/my/o/{robin.link()}")


def did_not_open(page: Page, robin: Robin) -> None:
    page.goto(f"{robin.handrail.address}/my/o/guessed")
    page.get_by_role("button", name="Open").click()


def closed(page: Page, robin: Robin) -> None:
    page.goto(f"{robin.handrail.address}/my/plan")


def hides_the_chat(page: Page, robin: Robin) -> None:
    """Choose 1357 as the PIN in a tab with the chat."""
    page.goto(f"{robin.handrail.address}/c/demo")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Hide for now").click()
    page.get_by_label("PIN", exact=True).fill("1357")
    page.get_by_role("button", name="Hide this page").click()
    page.get_by_role("heading", name="This page is hidden").wait_for()


def hidden(page: Page, robin: Robin) -> None:
    plan(page, robin)
    hides_the_chat(page, robin)
    page.goto(f"{robin.handrail.address}/my/plan")


def kept(page: Page, robin: Robin) -> None:
    plan(page, robin)
    page.get_by_role("button", name="Keep it on this phone").click()
    page.get_by_text("This phone keeps a copy").wait_for()
    page.goto(f"{robin.handrail.address}/my/kept")


def kept_behind_a_pin(page: Page, robin: Robin) -> None:
    plan(page, robin)
    page.get_by_label("PIN for this copy").fill("2468")
    page.get_by_role("button", name="Keep it on this phone").click()
    page.get_by_text("This phone keeps a copy").wait_for()
    page.goto(f"{robin.handrail.address}/my/kept")


def share(page: Page, robin: Robin) -> None:
    opens(page, robin)
    page.goto(f"{robin.handrail.address}/my/share")


def preview(page: Page, robin: Robin) -> None:
    share(page, robin)
    page.get_by_label("Who is it for").fill("Nan")
    for part in ("lift or calm", "people around", "off it"):
        page.get_by_label(re.compile(part, re.I)).first.check()
    page.get_by_role("button", name="Show me").click()


def agreed(page: Page, robin: Robin) -> None:
    preview(page, robin)
    page.get_by_role("button", name="Share exactly this").click()


def shares(page: Page, robin: Robin) -> None:
    agreed(page, robin)
    page.goto(f"{robin.handrail.address}/my/share")


def shared_before(page: Page, robin: Robin) -> None:
    agreed(page, robin)
    page.goto(page.get_by_label("The link").input_value())


def shared(page: Page, robin: Robin) -> None:
    shared_before(page, robin)
    page.get_by_role("button", name="Open it").click()


def shared_gone(page: Page, robin: Robin) -> None:
    page.goto(f"{robin.handrail.address}/s/guessed")
    page.get_by_role("button", name="Open it").click()


State = Callable[[Page, Robin], None]

STATES: tuple[State, ...] = (
    plan,
    adding,
    crisis,
    help_now,
    empty,
    changed,
    line,
    more,
    bigger,
    before_open,
    did_not_open,
    closed,
    hidden,
    kept,
    kept_behind_a_pin,
    share,
    preview,
    agreed,
    shares,
    shared_before,
    shared,
    shared_gone,
)


def take_pictures(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handrail = start(Path(tempfile.mkdtemp()), ReadableDialogue())
    with chromium() as browser:
        for state in STATES:
            if wanted and state.__name__ not in wanted:
                continue
            for width, theme in ((320, "light"), (390, "dark")):
                context = browser.new_context(
                    viewport={"width": width, "height": 700},
                    color_scheme="dark" if theme == "dark" else "light",
                )
                page = context.new_page()
                page.set_default_timeout(20_000)
                state(page, Robin(handrail).wrote())
                page.wait_for_load_state("networkidle")
                name = f"{state.__name__}-{width}-{theme}.png"
                page.screenshot(path=folder / name, full_page=True)
                context.close()
    stop(handrail)


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), sys.argv[2:])
