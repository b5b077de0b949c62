"""The page for everyone: seen, heard, by keyboard, enlarged, in any colours."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.web_chat.served import ServedChat
from tests.web_chat.states import (
    STATES,
    State,
    crisis_card,
    hidden,
    more,
    replying,
    talking,
    unknown_link,
)

pytestmark = pytest.mark.slow


# Behind a drawn line axe gives up on judging contrast; the line carries no words.
WITHOUT_ORNAMENT = """() => {
    const plain = new CSSStyleSheet();
    plain.replaceSync(".thread::before, .text::before { display: none !important }");
    document.adoptedStyleSheets = [plain];
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(
    browser: Browser,
    chat: ServedChat,
    state: State,
    theme: str,
) -> None:
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 320, "height": 640},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{chat.url}/c/demo")
    state(page, chat)
    page.evaluate(WITHOUT_ORNAMENT)
    found = violations(page)
    problems = [
        (each["id"], node["html"][:120], node["failureSummary"][:200])
        for each in found
        for node in each["nodes"]
    ]
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()

    assert problems == []
    assert sideways <= 0


@pytest.mark.parametrize("state", [talking, crisis_card, more, hidden, unknown_link])
def test_everything_to_press_is_at_least_44_pixels(
    page: Page, chat: ServedChat, state: State
) -> None:
    state(page, chat)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, textarea, input")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => !one.closest(".said:not(.fixed-words) .text, .unseen"))
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44)
        .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
    )

    assert small == []


@pytest.mark.parametrize(
    ("width", "height"), [(320, 256), (320, 640), (640, 360), (1280, 800)]
)
def test_nothing_is_cut_off_or_out_of_reach(
    browser: Browser, chat: ServedChat, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{chat.url}/c/demo")
    talking(page, chat)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    exit_button = page.get_by_role("button", name="Leave fast")
    expect(exit_button).to_be_in_viewport(ratio=0.99)
    page.get_by_role("button", name="Not now").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Not now")).to_be_in_viewport(ratio=0.99)
    expect(exit_button).to_be_in_viewport(ratio=0.99)
    page.get_by_label("Write a message").scroll_into_view_if_needed()
    expect(page.get_by_label("Write a message")).to_be_in_viewport(ratio=0.99)
    context.close()


def test_text_at_200_percent_stays_readable_and_in_reach(
    page: Page, chat: ServedChat
) -> None:
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " document.documentElement.style.fontSize = '200%'; });"
    )
    page.goto(f"{chat.url}/c/demo")
    talking(page, chat)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("Leave fast", "Send", "My plan", "Who is open", "A person"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.99)
    room = page.locator("#main").bounding_box()
    assert room is not None
    assert room["height"] >= 200


def test_with_the_page_at_200_percent_on_a_phone_there_is_room_to_read(
    page: Page, chat: ServedChat
) -> None:
    width, height = 195, 422  # a phone of 390 by 844 that shows all twice as large
    page.set_viewport_size({"width": width, "height": height})
    talking(page, chat)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    thread = page.locator("#main").bounding_box()
    write = page.locator("#write").bounding_box()
    assert thread is not None
    assert write is not None
    assert thread["height"] > height
    assert write["height"] < height * 0.6
    for name in ("Leave fast", "Send", "My plan", "Who is open", "A person"):
        button = page.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=0.99)


def test_everything_can_be_done_by_keyboard(page: Page, chat: ServedChat) -> None:
    order = []
    for _ in range(10):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                "document.activeElement.textContent.trim() || document.activeElement.id"
            )
        )
    assert order[:3] == ["Help now", "More", "Leave fast"]
    assert order[4:10] == [
        "Make a safety plan",
        "See who is open",
        "Tell me more first",
        "My plan",
        "Who is open",
        "A person",
    ]
    page.keyboard.press("Tab")
    page.keyboard.type("hello")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Not now")).to_be_visible()
    page.get_by_text("Help now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="999")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="999")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="999")).to_be_hidden()
    expect(page.locator("#numbers summary")).to_be_focused()


def test_focus_can_be_seen(page: Page) -> None:
    for _ in range(11):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])"
            "(getComputedStyle(document.activeElement))"
        )

        assert outline == ["solid", "3px"]


def test_with_forced_colours_every_part_keeps_its_edges(
    browser: Browser, chat: ServedChat
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{chat.url}/c/demo")
    talking(page, chat)
    edges = page.evaluate(
        """() => [".from-bot .text", ".from-young_person .text", ".exit",
        ".numbers summary", ".send", "#text"].map((part) =>
        getComputedStyle(document.querySelector(part)).borderTopStyle)"""
    )
    context.close()

    assert edges == ["solid"] * 6


def test_nothing_moves_for_those_who_asked_for_that(
    browser: Browser, chat: ServedChat
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{chat.url}/c/demo")
    replying(page, chat)
    moving = page.evaluate("document.getAnimations().length")
    context.close()

    assert moving == 0


def test_the_page_names_its_language_and_its_parts(page: Page) -> None:
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]
    expect(page.get_by_role("list", name="Messages")).to_be_visible()
    expect(page.get_by_role("group", name="Quick choices")).to_be_visible()
