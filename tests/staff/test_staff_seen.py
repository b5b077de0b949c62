"""The desk as it looks: on a small phone, with large text, and who said what."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.staff.furnished_desk import Desk, furnished

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with furnished(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A small phone that the lead is signed in with."""
    small: dict[str, object] = {"viewport": {"width": 320, "height": 568}}
    context = desk.context(browser, desk.lead, **small)
    yield context.new_page()
    context.close()


def test_with_text_twice_as_large_who_waits_can_still_be_read(
    page: Page, desk: Desk
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk.handrail.address}/staff/inbox")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    waits = page.locator("[aria-labelledby=waiting-title] .cards li > p").first
    box = waits.bounding_box()

    assert box is not None
    assert box["width"] > 200


def test_on_a_small_phone_the_shift_and_its_buttons_stand_in_one_row(
    page: Page, desk: Desk
) -> None:
    page.goto(f"{desk.handrail.address}/staff/inbox")
    row = page.get_by_role("group", name="Your shift").bounding_box()

    assert row is not None
    assert row["height"] < 60


def test_what_the_young_person_said_stands_out_from_what_the_bot_said(
    page: Page, desk: Desk
) -> None:
    page.goto(f"{desk.handrail.address}/staff/cases/{desk.held}")
    edge, ground = (
        page.locator(f".thread li.{who}:not(.crisis)").first.evaluate(
            "(line) => [getComputedStyle(line).borderLeftWidth,"
            " getComputedStyle(line).backgroundColor]"
        )
        for who in ("young_person", "bot")
    )

    assert edge[0] == "4px"
    assert ground[0] != edge[0]
    assert ground[1] != edge[1]


def test_a_case_on_a_phone_is_one_press_away_from_its_newest_line(
    page: Page, desk: Desk
) -> None:
    page.goto(f"{desk.handrail.address}/staff/cases/{desk.held}")
    page.get_by_role("link", name="To the newest message").click()

    expect(page.locator("#latest")).to_be_in_viewport()
    expect(page.get_by_label("Your message to the young person")).to_be_in_viewport()
