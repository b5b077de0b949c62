"""The desk in a real browser: for everyone, by keyboard, alive, and without scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from storage.staff.records import StaffRole
from tests.browser import chromium
from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import HARBOUR, agreed, two_organisations
from tests.staff.people import StaffBrowser, invited, joined
from tests.storage.keeping import Watch

pytestmark = pytest.mark.slow

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
FOR_THE_LEAD = (
    "/staff/inbox",
    "/staff/team",
    "/staff/done",
    "/staff/cover",
    "/staff/figures",
    "/staff/links",
    "/staff/links/demo/poster",
    "/staff/links/demo/card",
    "/staff/audit",
    "/staff/account",
    "/staff/practice",
    "/staff/cases/0123456789abcdef0123456789abcdef",
)
FOR_THE_ADMINISTRATOR = ("/staff/people", "/staff/agreements", "/staff/inbox")
SMALL = """() => [...document.querySelectorAll(
        "a, button, summary, textarea, input, select")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(".tick, .skip") && one.type !== "hidden")
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 24 || box.width < 24)
    .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.height}`)"""


@dataclass(frozen=True)
class Desk:
    """A desk with something on every page."""

    handrail: Handrail
    lead: StaffBrowser
    administrator: StaffBrowser
    web: WebChat
    held: str
    waiting: str

    def context(
        self, browser: Browser, who: StaffBrowser, **how: object
    ) -> BrowserContext:
        """Give a browser window that somebody is signed in with."""
        context = browser.new_context(**how)  # type: ignore[arg-type]
        context.add_cookies(
            [
                {
                    "name": each.name,
                    "value": each.value or "",
                    "url": self.handrail.address,
                }
                for each in who.http.cookies.jar
            ]
        )
        return context


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    handrail = start(
        tmp_path_factory.mktemp("desk"),
        ReadableDialogue(),
        organisations=two_organisations(),
        clock=Watch(),
    )
    agreed(handrail, HARBOUR)
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    joined(handrail, name="Robin Example")
    administrator = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    invited(handrail, name="Kim", email="kim@example.org")
    first, second = handrail.web_chat(), handrail.web_chat()
    for young_person in (first, second):
        young_person.asks_for_a_person()
    held, waits = (c.id for c in handrail.record(lambda unit: unit.handovers.waiting()))
    lead.posts("/staff/shift/on")
    lead.posts(f"/staff/cases/{held}/claim")
    lead.posts(f"/staff/cases/{held}/say", text="Hello, I'm Sam.")
    lead.posts(f"/staff/cases/{held}/note", note="Prefers short messages.")
    first.young_person_says("i want to die")
    yield Desk(handrail, lead, administrator, first, held, waits)
    stop(handrail)


def problems_of(page: Page, address: str, where: str) -> list[tuple[str, str, str]]:
    page.goto(address + where)
    page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    found = Axe().run(page, options=WCAG).response["violations"]
    problems = [
        (where, each["id"], node["html"][:120])
        for each in found
        for node in each["nodes"]
    ]
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if sideways > 0:
        problems.append((where, "sideways", str(sideways)))
    problems += [(where, "small", each) for each in page.evaluate(SMALL)]
    return problems


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, desk: Desk, theme: str, width: int
) -> None:
    how = {"color_scheme": theme, "viewport": {"width": width, "height": 800}}
    problems: list[tuple[str, str, str]] = []
    cases = (f"/staff/cases/{desk.held}", f"/staff/cases/{desk.waiting}")
    for who, pages in (
        (desk.lead, (*FOR_THE_LEAD, *cases)),
        (desk.administrator, FOR_THE_ADMINISTRATOR),
    ):
        context = desk.context(browser, who, **how)
        page = context.new_page()
        for where in pages:
            problems += problems_of(page, desk.handrail.address, where)
        context.close()
    context = browser.new_context(**how)  # type: ignore[arg-type]
    page, joining = context.new_page(), invited(desk.handrail, name="Jo")
    for where in ("/staff/sign-in", joining, "/staff/join/no-such-token"):
        problems += problems_of(page, desk.handrail.address, where)
    context.close()

    assert problems == []


def test_everything_from_claiming_to_closing_is_done_by_keyboard(
    browser: Browser, desk: Desk
) -> None:
    web = desk.handrail.web_chat()
    web.asks_for_a_person()
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/inbox")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        now = page.evaluate("document.activeElement.textContent")
        if now.startswith("Claim"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/staff/cases/"))
    tab_to(page, "text")
    page.keyboard.type("Hello, I'm Sam.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#latest")).to_contain_text("Hello, I'm Sam.")
    tab_to(page, "Hand back to the bot")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You handed this conversation back")).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    tab_to(page, "Close")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/staff/inbox"))
    context.close()

    assert outline == "3px"


def tab_to(page: Page, what: str) -> None:
    """Press Tab until something is reached, by its id or its whole text."""
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "[document.activeElement.id, document.activeElement.textContent.trim()]"
        )
        if what in here:
            return
    raise AssertionError(f"Tab did not reach {what}")


def test_new_lines_come_by_themselves_and_leave_what_is_being_typed(
    browser: Browser, desk: Desk
) -> None:
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{desk.held}")
    page.get_by_label("Your message").fill("half a sent")
    desk.web.young_person_says("are you there")
    expect(page.get_by_text("are you there")).to_be_visible(timeout=20_000)
    typed = page.get_by_label("Your message").input_value()
    # Counted in one look: another line may come between two.
    lines, different = page.evaluate(
        "() => { const all = [...document.querySelectorAll('.thread li')];"
        " return [all.length, new Set(all.map((line) => line.dataset.line)).size] }"
    )
    context.close()

    assert typed == "half a sent"
    assert lines == different


def test_who_waits_comes_by_itself(browser: Browser, desk: Desk) -> None:
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/inbox")
    waiting = page.get_by_role("button", name="Claim")
    before = waiting.count()
    desk.handrail.web_chat().asks_for_a_person()
    expect(waiting).to_have_count(before + 1, timeout=20_000)
    context.close()


def test_without_scripts_a_case_is_claimed_answered_and_handed_back(
    browser: Browser, desk: Desk
) -> None:
    web = desk.handrail.web_chat()
    web.asks_for_a_person()
    context = desk.context(browser, desk.lead, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/inbox")
    refreshes = page.locator("noscript meta, meta[http-equiv=refresh]").count()
    page.get_by_role("button", name="Claim").last.click()
    page.get_by_label("Your message").fill("Hello from a page without scripts")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Look for new messages").click()
    expect(page.locator("#latest")).to_contain_text("without scripts")
    page.get_by_role("button", name="Hand back to the bot").click()
    expect(page.get_by_text("You handed this conversation back")).to_be_visible()
    context.close()

    assert refreshes == 1
    assert "Hello from a page without scripts" in [m["text"] for m in web.missed()]
