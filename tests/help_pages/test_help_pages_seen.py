"""The help pages for everyone: in both themes, small, on paper, without scripts."""

import pytest
from playwright.sync_api import Browser, expect

from tests.axe import violations
from tests.browser import watched
from tests.journeys.handrail import Handrail

pytestmark = pytest.mark.slow

LIGHTEST = 30_000  # bytes on the wire, style and headers included
PAGES = ("/help", "/help/now?link=demo", "/help?age=13-15&area=plymouth&need=no-calls")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, handrail: Handrail, path: str, theme: str
) -> None:
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 320, "height": 640},
    )
    page = context.new_page()
    page.goto(f"{handrail.address}{path}")
    for summary in page.locator("summary").all():
        if summary.is_visible():
            summary.click()
    found = violations(page)
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a,button,summary,select,label.pick")]
        .filter((one) => one.checkVisibility())
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44).map(([name]) => name)"""
    )
    context.close()

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert sideways <= 0
    assert small == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_its_style_is_under_30_kilobytes_from_here_only(
    browser: Browser, handrail: Handrail, path: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    wire = watched(page)
    page.goto(f"{handrail.address}{path}", wait_until="networkidle")
    context.close()

    assert 3_000 < sum(wire.received) < LIGHTEST
    assert all(address.startswith(handrail.address) for address in wire.asked)


def test_without_scripts_someone_picks_and_is_shown_who_fits(
    browser: Browser, handrail: Handrail
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{handrail.address}/help/now?link=demo")
    page.get_by_text("Make it fit you").click()
    page.get_by_label("My age", exact=True).select_option(label="13 to 15")
    page.get_by_label("No calls").check()
    page.get_by_role("button", name="Show me").first.click()
    expect(page.get_by_text("You picked: 13 to 15, No calls.")).to_be_visible()
    assert "link=demo" in page.url
    page.get_by_text("Make it fit you").click()
    page.get_by_text("Someone like me").click()
    page.get_by_label("LGBTQ+ people").check()
    page.get_by_role("button", name="Show me").last.click()

    expect(page.get_by_text("No calls, LGBTQ+ people.")).to_be_visible()
    expect(page.get_by_text("comes to you from the demo charity")).to_be_visible()
    assert "lgbtq" not in page.url
    context.close()


def test_on_paper_the_facts_are_open_and_the_buttons_gone(
    browser: Browser, handrail: Handrail
) -> None:
    page = browser.new_page()
    page.goto(f"{handrail.address}/help")
    page.emulate_media(media="print")

    expect(page.get_by_text("Who answers").first).to_be_visible()
    expect(page.get_by_text("Leave fast")).to_be_hidden()
    expect(page.get_by_text("Make it fit you")).to_be_hidden()
    page.close()


def test_on_a_small_phone_leaving_fast_stands_beside_the_number_in_one_row(
    browser: Browser, handrail: Handrail
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 568})
    page.goto(f"{handrail.address}/help/now")
    top = page.locator(".top").bounding_box()
    leaves = page.get_by_text("Leave fast").bounding_box()
    page.close()

    assert top is not None
    assert leaves is not None
    assert top["height"] < 70
    assert leaves["x"] + leaves["width"] > 300


def test_with_text_twice_as_large_nothing_sticks_out(
    browser: Browser, handrail: Handrail
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{handrail.address}/help")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.get_by_text("Make it fit you").click()
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()

    assert sideways <= 0


def test_leaving_fast_is_the_second_thing_a_keyboard_reaches(
    browser: Browser, handrail: Handrail
) -> None:
    page = browser.new_page()
    page.goto(f"{handrail.address}/help/now")
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    page.close()

    assert reached == ["Call 999", "Leave fast"]
