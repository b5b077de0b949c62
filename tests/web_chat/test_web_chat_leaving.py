"""Leaving fast and hiding: gone from the screen at once, and honest about it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web_chat.served import ServedChat

pytestmark = pytest.mark.slow

SECRET = "nobody may see this"


@pytest.fixture
def talking(page: Page) -> Page:
    """A page with something on it that nobody else should see."""
    page.get_by_label("Write a message").fill(SECRET)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Not now")).to_be_visible()
    return page


def choose_pin(page: Page, pin: str) -> None:
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Hide for now").click()
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Hide this page").click()
    expect(page.get_by_role("heading", name="This page is hidden")).to_be_focused()


def try_pin(page: Page, pin: str) -> None:
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Open").click()


def leave_by_button(page: Page) -> None:
    page.get_by_role("button", name="Leave fast").click()


def leave_by_space_bar(page: Page) -> None:
    page.get_by_role("button", name="Leave fast").focus()
    page.keyboard.press("Space")


def leave_by_escape(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "leave", [leave_by_button, leave_by_space_bar, leave_by_escape]
)
def test_the_page_is_replaced_and_back_shows_nothing(
    talking: Page, chat: ServedChat, leave: object
) -> None:
    assert callable(leave)
    leave(talking)
    talking.wait_for_url(f"{chat.url}/weather")
    talking.go_back()

    assert SECRET not in talking.content()
    talking.goto(f"{chat.url}/c/demo")
    assert SECRET not in talking.content()
    expect(talking.get_by_text("I am a bot")).to_be_visible()


def test_the_words_are_off_the_screen_before_the_next_page_comes(
    talking: Page,
) -> None:
    left_over = talking.evaluate(
        "() => { document.getElementById('exit').click();"
        " return document.body.innerHTML; }"
    )

    assert left_over == ""


def test_leaving_works_without_signal_and_holds_when_it_is_back(
    talking: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    phone.set_offline(True)
    leave_by_button(talking)
    talking.wait_for_url("chrome-error://**")
    phone.set_offline(False)
    talking.goto(f"{chat.url}/c/demo")

    assert SECRET not in talking.content()
    assert "chat" not in {cookie["name"] for cookie in phone.cookies()}


def test_every_tab_leaves(
    talking: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    second = phone.new_page()
    second.goto(f"{chat.url}/c/demo")
    expect(second.get_by_text(SECRET)).to_be_visible()
    leave_by_button(talking)

    second.wait_for_url(f"{chat.url}/weather")


def test_after_leaving_the_link_begins_a_new_conversation(
    talking: Page, chat: ServedChat
) -> None:
    leave_by_button(talking)
    talking.wait_for_url(f"{chat.url}/weather")
    talking.goto(f"{chat.url}/c/demo")
    talking.get_by_label("Write a message").fill("me again")
    talking.keyboard.press("Enter")
    expect(talking.get_by_role("button", name="Not now")).to_be_visible()

    assert len(chat.door.conversations) == 2
    assert SECRET not in talking.content()


def test_escape_is_counted_aloud_and_forgotten_after_five_seconds(
    phone: BrowserContext, chat: ServedChat
) -> None:
    page = phone.new_page()
    page.clock.install()
    page.goto(f"{chat.url}/c/demo")
    expect(page.locator("#look-again")).to_be_hidden()
    spoken = page.locator("#spoken-now")
    page.keyboard.press("Escape")
    expect(spoken).to_have_text("Leaving. Press Escape two more times.")
    page.keyboard.press("Escape")
    expect(spoken).to_have_text("Leaving. Press Escape one more time.")
    page.clock.run_for(5100)
    expect(spoken).to_have_text("Leaving has stopped.")
    page.keyboard.press("Escape")

    expect(spoken).to_have_text("Leaving. Press Escape two more times.")
    assert page.url == f"{chat.url}/c/demo"


def test_the_page_says_that_browser_history_stays(page: Page) -> None:
    page.get_by_text("More", exact=True).click()

    expect(page.get_by_text("It does not clear your browser history")).to_be_visible()


def test_a_hidden_page_holds_no_words_not_even_after_a_reload(
    talking: Page,
) -> None:
    choose_pin(talking, "2580")
    expect(talking.get_by_label("Write a message")).to_be_hidden()
    assert SECRET not in talking.content()
    talking.reload()
    expect(talking.get_by_role("heading", name="This page is hidden")).to_be_visible()

    assert SECRET not in talking.content()
    talking.get_by_text("Help now").click()
    expect(talking.get_by_role("link", name="999")).to_be_visible()


def test_every_tab_is_hidden(
    talking: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    second = phone.new_page()
    second.goto(f"{chat.url}/c/demo")
    expect(second.get_by_text(SECRET)).to_be_visible()
    choose_pin(talking, "2580")

    expect(second.get_by_role("heading", name="This page is hidden")).to_be_visible()
    assert SECRET not in second.content()
    try_pin(second, "2580")
    expect(second.locator("#thread").get_by_text(SECRET)).to_be_visible()


def test_the_right_pin_brings_everything_back_and_what_came_meanwhile(
    talking: Page, chat: ServedChat
) -> None:
    choose_pin(talking, "2580")
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    try_pin(talking, "2580")

    thread = talking.locator("#thread")
    expect(thread.get_by_text(SECRET)).to_be_visible()
    expect(thread.get_by_text("Hi, it's Sam")).to_be_visible()


def test_the_right_pin_opens_a_page_that_was_loaded_hidden(talking: Page) -> None:
    choose_pin(talking, "2580")
    talking.reload()
    try_pin(talking, "2580")

    expect(talking.locator("#thread").get_by_text(SECRET)).to_be_visible()


def test_a_hidden_page_says_nothing_aloud_or_to_a_screen_reader(
    talking: Page, chat: ServedChat
) -> None:
    choose_pin(talking, "2580")
    expect(talking.locator("#spoken")).to_be_empty(timeout=8000)
    with talking.expect_response("**/api/chat/messages?*"):
        talking.title()  # asked after it, so the browser tells of answers from here on
        own = list(chat.door.conversations)[-1]  # a page may have had to open it twice
        chat.run(chat.door.staff_says(own, "Hi, it's Sam"))

    expect(talking.locator("#spoken")).to_be_empty()


def test_wrong_pins_are_refused_and_after_five_there_is_a_wait(
    talking: Page,
) -> None:
    choose_pin(talking, "2580")
    for wrong in ("1111", "2222", "3333", "4444"):
        try_pin(talking, wrong)
        expect(talking.locator("#lock-problem")).to_have_text(
            "That is not the PIN. Try again."
        )
    try_pin(talking, "5555")
    expect(talking.locator("#lock-problem")).to_contain_text("in 30 seconds")
    talking.reload()
    try_pin(talking, "2580")
    expect(talking.locator("#lock-problem")).to_contain_text("seconds")

    assert SECRET not in talking.content()


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4"])
def test_a_pin_has_four_to_eight_numbers(page: Page, pin: str) -> None:
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Hide for now").click()
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Hide this page").click()

    expect(page.get_by_text("A PIN has 4 to 8 numbers.")).to_be_visible()
    page.get_by_role("button", name="Go back").click()
    expect(page.get_by_label("Write a message")).to_be_focused()


def test_hiding_again_takes_one_press(talking: Page) -> None:
    choose_pin(talking, "2580")
    try_pin(talking, "2580")
    talking.get_by_text("More", exact=True).click()
    talking.get_by_role("button", name="Hide for now").click()

    expect(talking.get_by_role("heading", name="This page is hidden")).to_be_visible()


def test_a_forgotten_pin_takes_the_chat_off_the_browser(
    talking: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    choose_pin(talking, "2580")
    talking.get_by_role("link", name="Forgot it?").click()
    talking.wait_for_url(f"{chat.url}/weather")
    talking.goto(f"{chat.url}/c/demo")

    expect(talking.get_by_text("I am a bot")).to_be_visible()
    assert SECRET not in talking.content()
    assert talking.evaluate("localStorage.length") == 0


def test_nothing_that_was_written_is_kept_in_the_browser(
    talking: Page, phone: BrowserContext
) -> None:
    kept = talking.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    assert kept == "[{},{}]"
    cookies = {cookie["name"]: cookie for cookie in phone.cookies()}
    assert set(cookies) == {"chat"}
    assert cookies["chat"]["httpOnly"]
    assert talking.evaluate("document.cookie") == ""
