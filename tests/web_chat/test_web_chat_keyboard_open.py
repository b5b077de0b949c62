"""Half a screen, or text twice as large: nothing that matters is out of sight."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from foundations.saying import Choice
from tests.web_chat.served import ServedChat
from tests.web_chat.talk import answered, in_thread, write

pytestmark = pytest.mark.slow

WIDTH, WHOLE, HALF = 360, 640, 340


@pytest.fixture
def page(browser: Browser, chat: ServedChat) -> Iterator[Page]:
    """A small phone whose browser gives the page what the keyboard leaves."""
    context = browser.new_context(viewport={"width": WIDTH, "height": WHOLE})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.goto(f"{chat.url}/c/demo")
    expect(opened.locator("#look-again")).to_be_hidden()
    yield opened
    context.close()


def keyboard(page: Page, *, is_open: bool) -> None:
    """Let the keyboard come up, or go."""
    page.set_viewport_size({"width": WIDTH, "height": HALF if is_open else WHOLE})


def test_crisis_words_are_read_from_their_first_line(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    page.get_by_label("Write a message").focus()
    keyboard(page, is_open=True)
    words = "I am worried about you. If you are in danger now, call 999. " * 2
    choices = [Choice(each, each) for each in ("I'm safe", "I'm not", "A person")]
    key = "escalation.want_to_die"
    chat.run(chat.door.bot_says("token-1", words, choices, key))
    first = page.locator(".fixed-words .text")
    expect(first).to_be_visible()
    page.wait_for_timeout(300)
    box, top = first.bounding_box(), page.locator(".top").bounding_box()

    assert box is not None
    assert top is not None
    assert box["y"] >= top["height"]
    expect(first.get_by_role("link").first).to_be_in_viewport(ratio=0.99)


def test_the_place_to_write_stays_in_sight(page: Page) -> None:
    page.get_by_label("Write a message").focus()
    keyboard(page, is_open=True)
    write(page, "hello")
    answered(page, 1)

    expect(page.get_by_label("Write a message")).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=0.99)
    not_now = page.get_by_role("button", name="Not now")
    not_now.scroll_into_view_if_needed()
    not_now.click()
    expect(page.locator(".from-young_person")).to_have_count(2)


def test_when_the_keyboard_goes_the_last_answer_is_still_there(page: Page) -> None:
    page.get_by_label("Write a message").focus()
    keyboard(page, is_open=True)
    for nth in (1, 2, 3):
        write(page, f"hello {nth}")
        answered(page, nth)
    keyboard(page, is_open=False)

    last = page.locator(".said.from-bot .text").last
    expect(last).to_be_in_viewport(ratio=0.99)
    keyboard(page, is_open=True)
    expect(last).to_be_in_viewport(ratio=0.5)


def test_someone_reading_further_up_stays_there(page: Page) -> None:
    for nth in (1, 2, 3, 4):
        write(page, f"hello {nth}")
        answered(page, nth)
    second = in_thread(page, "hello 2")
    second.evaluate("(line) => line.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(200)
    keyboard(page, is_open=True)
    expect(second).to_be_in_viewport(ratio=0.99)
    page.wait_for_timeout(200)
    keyboard(page, is_open=False)

    expect(second).to_be_in_viewport(ratio=0.99)


def test_with_no_signal_it_is_read_first_what_that_means(
    page: Page, chat: ServedChat
) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    page.clock.install()
    page.goto(f"{chat.url}/c/demo")
    page.context.set_offline(True)
    page.get_by_label("Write a message").fill("hello")
    page.keyboard.press("Enter")
    page.clock.run_for(5200)

    expect(page.locator("#late > p")).to_be_in_viewport(ratio=0.99)


@pytest.mark.parametrize(
    ("width", "height", "text"), [(195, 422, "100%"), (390, 844, "200%")]
)
def test_everything_twice_as_large_an_answer_is_read_from_its_first_line(
    browser: Browser, chat: ServedChat, width: int, height: int, text: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        f" document.documentElement.style.fontSize = '{text}'; }});"
    )
    page.goto(f"{chat.url}/c/demo")
    for nth in (1, 2):
        write(page, f"hello {nth}")
        answered(page, nth)
    answer = page.locator(".said.from-bot .text").last
    page.wait_for_timeout(300)
    box, top = answer.bounding_box(), page.locator(".top").bounding_box()
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()

    assert box is not None
    assert top is not None
    assert top["height"] < height / 3.5
    assert top["height"] <= box["y"] < height / 2
    assert sideways <= 0
