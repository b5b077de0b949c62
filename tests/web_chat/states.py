"""The states that the page can be in, each reached as a young person would reach it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.web_chat.served import ServedChat

State = Callable[[Page, ServedChat], None]


def beginning(_page: Page, _chat: ServedChat) -> None:
    """As it is when the link is opened."""


def talking(page: Page, _chat: ServedChat) -> None:
    page.get_by_label("Write a message").fill("i am in danger now")
    page.keyboard.press("Enter")
    expect(page.locator(".from-system")).to_be_visible()
    page.get_by_label("Write a message").fill("thank you")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Not now")).to_be_visible()


def with_a_person(page: Page, chat: ServedChat) -> None:
    talking(page, chat)
    token = list(chat.door.conversations)[-1]
    chat.run(chat.door.staff_says(token, "Hi, it's Sam"))
    expect(page.locator(".from-staff")).to_be_visible()


def replying(page: Page, chat: ServedChat) -> None:
    talking(page, chat)
    chat.hold_replies()
    page.get_by_label("Write a message").fill("and")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_be_visible()


def late(page: Page, chat: ServedChat) -> None:
    page.clock.install()
    page.goto(f"{chat.url}/c/demo")
    page.context.set_offline(True)
    page.get_by_label("Write a message").fill("hello")
    page.keyboard.press("Enter")
    page.clock.run_for(5200)
    expect(page.locator("#late")).to_be_visible()


def refused(page: Page, _chat: ServedChat) -> None:
    page.get_by_label("Write a message").fill("x" * 70_000)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Change it")).to_be_visible()


def crisis_card(page: Page, _chat: ServedChat) -> None:
    page.get_by_text("Help now").click()


def more(page: Page, _chat: ServedChat) -> None:
    page.get_by_text("More", exact=True).click()


def choosing_a_pin(page: Page, chat: ServedChat) -> None:
    more(page, chat)
    page.get_by_role("button", name="Hide for now").click()


def hidden(page: Page, chat: ServedChat) -> None:
    talking(page, chat)
    choosing_a_pin(page, chat)
    page.get_by_label("PIN", exact=True).fill("2580")
    page.get_by_role("button", name="Hide this page").click()
    expect(page.get_by_role("heading", name="This page is hidden")).to_be_visible()


def notice(page: Page, chat: ServedChat) -> None:
    page.goto(f"{chat.url}/notice/demo")


def own_copy(page: Page, chat: ServedChat) -> None:
    talking(page, chat)
    page.goto(f"{chat.url}/c/demo/my-data")
    expect(page.get_by_role("heading", name="Your plan")).to_be_visible()


def unknown_link(page: Page, chat: ServedChat) -> None:
    page.goto(f"{chat.url}/c/nowhere")


STATES: list[State] = [
    beginning,
    talking,
    with_a_person,
    replying,
    late,
    refused,
    crisis_card,
    more,
    choosing_a_pin,
    hidden,
    notice,
    own_copy,
    unknown_link,
]
