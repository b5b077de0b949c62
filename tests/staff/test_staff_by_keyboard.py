"""The desk by keyboard alone: every page is walked, and everything is done from it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.staff.furnished_desk import Desk, furnished
from tests.staff.people import PASSWORD, StaffBrowser, invited

pytestmark = pytest.mark.slow


SMALL: dict[str, object] = {"viewport": {"width": 360, "height": 640}}
WANTED = """() => {
    const groups = new Set();
    return [...document.querySelectorAll(
        "a[href], button, summary, textarea, input, select, [tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.type !== "hidden" && !one.disabled)
    .filter((one) => {
        if (one.type !== "radio") return true;
        const group = one.name + [...document.forms].indexOf(one.form);
        return !groups.has(group) && groups.add(group);
    }).length;
}"""
"""How many stops the Tab key should make; a group of radio buttons is one."""

STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const box = here.getBoundingClientRect(), style = getComputedStyle(here);
    const all = [...document.querySelectorAll("*")];
    return {
        place: all.indexOf(here),
        name: here.outerHTML.slice(0, 90),
        ring: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0
            && box.left < innerWidth,
    };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with furnished(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    """A small window that the lead is signed in to."""
    context = desk.context(browser, desk.lead, **SMALL)
    yield context
    context.close()


def walked(page: Page) -> list[str]:
    """Open everything, press Tab to the end, and name what was wrong on the way."""
    page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    wanted, wrong, places = page.evaluate(WANTED), [], []
    for _ in range(wanted * 3):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is not None and places[-1:] == [stop["place"]]:
            continue  # a date and a time are fields of several parts
        if stop is None or stop["place"] in places:
            break
        places.append(stop["place"])
        if stop["ring"] < 3:
            wrong.append(f"no ring: {stop['name']}")
        if not stop["seen"]:
            wrong.append(f"out of sight: {stop['name']}")
    if len(places) != wanted:
        wrong.append(f"{len(places)} stops of {wanted}")
    if places != sorted(places):
        wrong.append("not in the order of reading")
    return wrong


def test_every_page_is_walked_by_tab_in_order_with_a_ring_and_in_sight(
    browser: Browser, desk: Desk
) -> None:
    problems = {}
    for who, pages in desk.pages:
        context = desk.context(browser, who, **SMALL)
        page = context.new_page()
        for where in pages:
            page.goto(desk.handrail.address + where)
            problems[where] = walked(page)
        context.close()
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    for where in (
        "/staff/sign-in",
        invited(desk.handrail, name="Jo", email="jo@x.org"),
    ):
        page.goto(desk.handrail.address + where)
        problems[where] = walked(page)
    context.close()

    assert {where: each for where, each in problems.items() if each} == {}


def test_somebody_joins_and_signs_in_by_keyboard(browser: Browser, desk: Desk) -> None:
    handrail = desk.handrail
    link = invited(handrail, name="Lee Example", email="lee@example.org")
    context = browser.new_context()
    page = context.new_page()
    page.goto(handrail.address + link)
    app = StaffBrowser(handrail, secret=page.locator(".key").inner_text())
    for field, said in (("password", PASSWORD), ("again", PASSWORD)):
        tab_to(page, field)
        page.keyboard.type(said)
    tab_to(page, "code")
    page.keyboard.type(app.code(-1))
    page.keyboard.press("Enter")
    expect(page.get_by_text("recovery codes", exact=False).first).to_be_visible()
    codes = page.locator("code").all_inner_texts()
    page.goto(f"{handrail.address}/staff/account")
    press(page, "Sign out")
    page.goto(f"{handrail.address}/staff/sign-in")
    for field, said in (
        ("email", "lee@example.org"),
        ("password", PASSWORD),
        ("code", codes[0]),
    ):
        tab_to(page, field)
        page.keyboard.type(said)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/staff/inbox"))
    context.close()


def test_a_lead_changes_cover_by_keyboard(window: BrowserContext, desk: Desk) -> None:
    page = window.new_page()
    page.goto(f"{desk.handrail.address}/staff/cover")
    opens(page, "Add hours")
    tab_to_field(page, "day_sat")
    page.keyboard.press("Space")
    tab_to(page, "opens-hours")
    # The letter counts where the browser asks for the half of the day, too.
    page.keyboard.type("0900a")
    tab_to(page, "closes-hours")
    page.keyboard.type("1200p")
    tab_to_field(page, "bank_holidays")
    page.keyboard.press("Space")
    press(page, "Add these hours")
    expect(page.locator(".cards").first).to_contain_text("Sat")
    opens(page, "Put somebody on call")
    tab_to(page, "name")
    page.keyboard.type("night worker")
    tab_to(page, "way_email")
    page.keyboard.type("night@example.org")
    press(page, "Put on call")
    expect(page.locator(".person > p", has_text="night worker")).to_be_visible()
    tab_to(page, "remind")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#changed")).to_contain_text("Last changed by Sam Example")

    assert page.locator("#remind").input_value() == "3"


def test_a_lead_makes_and_closes_a_link_by_keyboard(
    window: BrowserContext, desk: Desk
) -> None:
    page = window.new_page()
    page.goto(f"{desk.handrail.address}/staff/links")
    tab_to(page, "place")
    page.keyboard.type("Pier")
    tab_to(page, "greeting")
    page.keyboard.press("ArrowDown")
    press(page, "Make the link")
    pier = page.locator(".person", has_text="Pier")
    expect(pier).to_contain_text("A school or college")
    opens(page, "Close the link of Pier")
    press(page, "Close this link of Pier")
    expect(pier).to_contain_text("Closed")


def test_an_administrator_invites_and_writes_an_agreement_down_by_keyboard(
    browser: Browser, desk: Desk
) -> None:
    context = desk.context(browser, desk.administrator)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/people")
    tab_to(page, "name")
    page.keyboard.type("Noor Example")
    tab_to(page, "email")
    page.keyboard.type("noor@example.org")
    press(page, "Make an invitation")
    expect(page.locator("#link")).to_have_value(re.compile("/staff/join/"))
    page.goto(f"{desk.handrail.address}/staff/agreements")
    tab_to(page, "lawful_basis")
    page.keyboard.press("ArrowDown")
    tab_to(page, "reference")
    page.keyboard.type("DSA 77")
    tab_to(page, "expires_on")
    # The same in whichever order this browser asks for day and month.
    page.keyboard.type("10102098")
    press(page, "Write it down")
    expect(page.locator(".cards").first).to_contain_text("DSA 77")
    context.close()


def test_a_handover_is_rehearsed_by_keyboard(
    window: BrowserContext, desk: Desk
) -> None:
    page = window.new_page()
    page.goto(f"{desk.handrail.address}/staff/practice")
    press(page, "Begin A first talk")
    press(page, "Claim")
    tab_to(page, "text")
    page.keyboard.type("Hello, I am Sam.")
    press(page, "Send")
    expect(page.locator("#latest")).to_contain_text("actually come")
    press(page, "Hand back and close")
    press(page, "Back to all practice")
    expect(page.get_by_role("heading", name="Practice", level=1)).to_be_visible()


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
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You handed this conversation back")).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    tab_to(page, "Close the case")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/staff/inbox"))
    context.close()

    assert outline == "3px"


def tab_to(page: Page, what: str) -> None:
    """Press Tab until something is reached, by its id or its whole text."""
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "[document.activeElement.id, document.activeElement.textContent.trim()]"
        )
        if what in here:
            return
    raise AssertionError(f"Tab did not reach {what}")


def press(page: Page, name: str) -> None:
    """Reach a button by Tab and press Enter on it; a page follows."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def opens(page: Page, name: str) -> None:
    """Reach what can be opened by Tab and press Enter on it."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def tab_to_field(page: Page, name: str) -> None:
    """Press Tab until a field of this name is reached."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab did not reach {name}")
