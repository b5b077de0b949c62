"""Talking on the page: nothing lost, nothing twice, everything in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import (
    APIResponse,
    BrowserContext,
    CDPSession,
    Page,
    Route,
    expect,
)

from tests.web_chat.served import ServedChat
from tests.web_chat.states import STATES, State
from tests.web_chat.talk import (
    REPLY,
    TODAY,
    answered,
    in_thread,
    lines,
    no_signal,
    write,
)

pytestmark = pytest.mark.slow


def test_a_message_is_answered_in_the_thread(page: Page, chat: ServedChat) -> None:
    write(page, "i cant sleep")
    answered(page, 1)

    assert lines(page) == ["i cant sleep", REPLY]
    expect(page.get_by_label("Write a message")).to_have_value("")
    expect(page.get_by_label("Write a message")).to_be_focused()
    assert page.url == f"{chat.url}/c/demo"


def test_a_choice_can_be_pressed_or_typed(page: Page, chat: ServedChat) -> None:
    page.get_by_role("button", name="Make a safety plan").click()
    answered(page, 1)
    expect(page.get_by_role("button", name="Make a safety plan")).to_have_count(0)
    expect(page.locator(".from-young_person").last).to_be_focused()
    write(page, "not now")
    answered(page, 2)

    assert chat.door.heard == ["make a plan", "not now"]


def test_plan_who_is_open_and_a_person_are_in_reach_without_scrolling(
    page: Page, chat: ServedChat
) -> None:
    for _ in range(12):
        write(page, "a long night")
    answered(page, 12)

    for name in ("My plan", "Who is open", "A person"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("Help now")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Leave fast")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("state", STATES)
def test_whatever_is_shown_the_crisis_card_is_one_tap_away(
    page: Page, chat: ServedChat, state: State
) -> None:
    state(page, chat)
    line = page.get_by_role("link", name="Emergency").first
    if not line.is_visible():
        page.get_by_text("Help now").click()

    expect(line).to_be_in_viewport(ratio=1)


def test_words_written_without_signal_go_once_and_in_order(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    with no_signal(phone):
        for text in ("one", "two", "three"):
            write(page, text)
        expect(page.get_by_text("Not sent yet")).to_have_count(3)
        expect(page.locator("#network")).to_be_visible()
        assert chat.door.heard == []
    answered(page, 3)

    assert chat.door.heard == ["one", "two", "three"]
    assert [line for line in lines(page) if line != REPLY] == ["one", "two", "three"]
    expect(page.get_by_text("Not sent yet")).to_have_count(0)


def test_an_answer_lost_on_the_way_is_asked_for_again_not_said_again(
    page: Page, chat: ServedChat
) -> None:
    lost = 0

    def lose_two(route: Route) -> None:
        nonlocal lost
        if route.request.method == "POST" and lost < 2:
            lost += 1
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/api/chat/messages", lose_two)
    write(page, "hello")
    answered(page, 1)
    expect(page.get_by_text("Sending")).to_have_count(0)

    assert lost >= 1
    assert chat.door.heard == ["hello"]
    assert lines(page) == ["hello", REPLY]


@pytest.mark.parametrize("own_ids", [False, True])
def test_your_own_words_stand_there_once_whatever_the_server_calls_them(
    page: Page, chat: ServedChat, own_ids: bool
) -> None:
    chat.door.own_ids = own_ids
    for text in ("same", "same", "other"):
        write(page, text)
    answered(page, 3)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    expect(in_thread(page, "Hi, it's Sam")).to_be_visible()

    assert lines(page) == ["same", REPLY, "same", REPLY, "other", REPLY, "Hi, it's Sam"]


def test_what_was_said_while_away_is_there_within_two_seconds(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    with no_signal(phone):
        for text in ("one", "two", "three"):
            chat.run(chat.door.staff_says("token-1", text))
    expect(in_thread(page, "three")).to_be_visible(timeout=2000)

    assert lines(page)[-3:] == ["one", "two", "three"]


def test_a_tab_that_was_frozen_has_everything_in_order_two_seconds_after_waking(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    browser_itself = phone.new_cdp_session(page)
    other = phone.new_page()
    with frozen(browser_itself):
        for text in ("one", "two", "three"):
            chat.run(chat.door.staff_says("token-1", text))
        # Another tab of the same browser lives on, so this is the tab and no network.
        other.goto(f"{chat.url}/c/demo")
        expect(in_thread(other, "three")).to_be_visible()
        other.close()
    expect(in_thread(page, "three")).to_be_visible(timeout=2000)

    assert lines(page)[-3:] == ["one", "two", "three"]
    write(page, "i am back")
    expect(page.get_by_text("Sending")).to_have_count(0)

    assert chat.door.heard == ["hello", "i am back"]


@contextmanager
def frozen(browser_itself: CDPSession) -> Iterator[None]:
    """Freeze a tab as a phone does with one that is out of sight, then wake it."""
    browser_itself.send("Page.setWebLifecycleState", {"state": "frozen"})
    yield
    browser_itself.send("Page.setWebLifecycleState", {"state": "active"})


def test_a_server_that_stops_and_starts_costs_nothing(
    page: Page, chat: ServedChat
) -> None:
    write(page, "before")
    answered(page, 1)
    chat.stop()
    write(page, "meanwhile")
    expect(page.get_by_text("Sending")).to_be_visible()
    chat.start()
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    expect(in_thread(page, "Hi, it's Sam")).to_be_visible(timeout=2000)
    expect(page.get_by_text("Sending")).to_have_count(0)

    assert chat.door.heard == ["before", "meanwhile"]


def test_a_reload_brings_everything_back(page: Page, chat: ServedChat) -> None:
    write(page, "hello")
    answered(page, 1)
    before = lines(page)
    page.reload()

    assert lines(page) == before
    write(page, "still here")
    answered(page, 2)
    assert len(chat.door.conversations) == 1


def test_a_week_later_the_link_finds_the_same_conversation(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    page.close()
    chat.run(chat.door.bot_says("token-1", "How was your week?"))
    later = phone.new_page()
    later.goto(f"{chat.url}/c/youth-club")

    assert lines(later) == ["hello", REPLY, "How was your week?"]


def test_an_answer_that_comes_both_ways_stands_there_once(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    held: list[tuple[Route, APIResponse]] = []
    page.route(
        "**/api/chat/messages", lambda route: held.append((route, route.fetch()))
    )
    write(page, "again")
    answered(page, 2)
    while not held:  # the answer may stand there before its own request has ended
        page.wait_for_timeout(20)
    route, answer = held[0]
    with page.expect_response("**/api/chat/messages"):
        route.fulfill(response=answer)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    expect(in_thread(page, "Hi, it's Sam")).to_be_visible()

    assert lines(page) == ["hello", REPLY, "again", REPLY, "Hi, it's Sam"]


def test_two_tabs_show_one_conversation(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    write(page, "from the first")
    answered(page, 1)
    second = phone.new_page()
    second.goto(f"{chat.url}/c/demo")
    write(second, "from the second")
    answered(second, 2)
    answered(page, 2)
    write(page, "and back")
    answered(page, 3)
    answered(second, 3)

    assert lines(page) == lines(second)
    assert chat.door.heard == ["from the first", "from the second", "and back"]


def test_two_tabs_that_begin_together_share_one_conversation(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    second = phone.new_page()
    second.goto(f"{chat.url}/c/demo")
    write(page, "first")
    answered(page, 1)
    write(second, "second")
    answered(second, 2)

    assert len(chat.door.conversations) == 1
    assert lines(second) == ["first", REPLY, "second", REPLY]


def test_news_in_the_wrong_order_are_put_right(page: Page, chat: ServedChat) -> None:
    write(page, "hello")
    answered(page, 1)
    held: list[Route] = []
    page.route(
        "**/api/chat/messages?*",
        lambda route: held.append(route) if not held else route.continue_(),
    )
    chat.run(chat.door.bot_says("token-1", "One"))
    expect(in_thread(page, "One")).to_be_visible()
    chat.run(chat.door.bot_says("token-1", "Two"))
    write(page, "again")
    answered(page, 2)
    held[0].continue_()
    expect(in_thread(page, "Two")).to_be_visible()

    assert lines(page) == ["hello", REPLY, "One", "Two", "again", REPLY]


def test_after_five_seconds_without_an_answer_the_numbers_are_shown(
    phone: BrowserContext, chat: ServedChat
) -> None:
    page = phone.new_page()
    page.clock.install(time=TODAY)
    page.goto(f"{chat.url}/c/demo")
    expect(page.locator("#look-again")).to_be_hidden()
    page.clock.pause_at(TODAY + timedelta(hours=1))
    with no_signal(phone):
        write(page, "hello")
        page.clock.run_for(4800)
        expect(page.locator("#late")).to_be_hidden()
        page.clock.run_for(400)
        expect(page.locator("#late")).to_be_visible()
        expect(page.locator("#late").get_by_role("link", name="999")).to_be_visible()
    page.clock.run_for(5000)
    answered(page, 1)
    expect(page.locator("#late")).to_be_hidden()


def test_on_a_line_that_is_slow_and_drops_words_still_go_once_and_in_order(
    page: Page, phone: BrowserContext, chat: ServedChat
) -> None:
    wire = phone.new_cdp_session(page)
    wire.send("Network.enable")
    slow = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
    wire.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    for times, text in enumerate(("one", "two", "three"), 1):
        write(page, text)
        if times == 2:
            with no_signal(phone):
                expect(page.locator("#network")).to_be_visible()
            wire.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    answered(page, 3)

    assert chat.door.heard == ["one", "two", "three"]
    assert [line for line in lines(page) if line != REPLY] == ["one", "two", "three"]
