"""What the page shows and says aloud while two people talk."""

import pytest
from playwright.sync_api import (
    BrowserContext,
    Page,
    Route,
    expect,
)

from foundations.saying import Choice
from tests.web_chat.served import ServedChat
from tests.web_chat.talk import REPLY, answered, in_thread, lines, write

pytestmark = pytest.mark.slow


def test_the_page_says_that_the_bot_is_replying_only_while_it_is(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    slow = chat.hold_replies()
    write(page, "and now")
    expect(page.locator("#status")).to_contain_text("The bot is replying")
    expect(page.locator("#status")).to_be_in_viewport(ratio=0.99)
    slow()
    answered(page, 2)

    expect(page.locator("#status")).to_be_hidden()


def test_what_is_written_next_goes_while_the_bot_still_replies(
    page: Page, chat: ServedChat
) -> None:
    slow = chat.hold_replies()
    write(page, "one")
    write(page, "two")
    expect(page.get_by_text("Sending")).to_have_count(0)

    assert chat.door.heard == ["one", "two"]
    expect(page.locator("#status")).to_contain_text("The bot is replying")
    slow()
    answered(page, 2)
    assert lines(page)[:2] == ["one", "two"]


def test_a_person_is_never_said_to_be_typing(page: Page, chat: ServedChat) -> None:
    write(page, "hello")
    answered(page, 1)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    expect(in_thread(page, "Hi, it's Sam")).to_be_visible()
    slow = chat.hold_replies()
    write(page, "thank you")
    expect(page.locator("#status")).to_contain_text("A person reads these")
    slow()
    chat.run(chat.door.staff_says("token-1", "I am here"))
    expect(page.locator("#status")).to_be_hidden()


def test_a_person_who_answered_first_is_not_said_to_be_waited_for(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    expect(in_thread(page, "Hi, it's Sam")).to_be_visible()
    slow = chat.hold_replies()
    with page.expect_response("**/api/chat/messages") as arrived:
        write(page, "thank you")
        chat.run(chat.door.staff_says("token-1", "I am here"))
        expect(in_thread(page, "I am here")).to_be_visible()
        slow()
    arrived.value.finished()
    expect(page.get_by_text("Sending")).to_have_count(0)
    expect(page.locator("#status")).to_be_hidden()


def test_a_message_that_is_refused_can_be_changed(page: Page, chat: ServedChat) -> None:
    write(page, "x" * 70_000)
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Write a message").fill("shorter")
    page.keyboard.press("Enter")
    answered(page, 1)

    assert chat.door.heard == ["shorter"]
    assert lines(page) == ["shorter", REPLY]


def test_a_conversation_that_is_gone_is_begun_anew_with_the_same_words(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    chat.door.conversations.clear()
    write(page, "are you there")
    expect(in_thread(page, "hello")).to_have_count(0)
    answered(page, 1)
    assert lines(page) == ["are you there", REPLY]

    assert chat.door.heard == ["hello", "are you there"]


def test_a_message_under_way_when_news_comes_that_the_chat_is_gone_arrives(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    under_way: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if route.request.method == "POST" and not under_way:
            under_way.append(route)
        else:
            route.fallback()

    page.route("**/api/chat/messages*", hold_the_first)
    with page.expect_request(lambda request: request.method == "POST"):
        write(page, "are you there")
    with page.expect_response(lambda response: response.status == 401):
        chat.run(chat.door.forget("token-1"))
    under_way[0].continue_()
    expect(in_thread(page, "hello")).to_have_count(0)
    answered(page, 1)
    assert lines(page) == ["are you there", REPLY]

    assert chat.door.heard == ["hello", "are you there"]


def test_a_first_message_waits_while_no_conversation_can_be_opened(
    page: Page, chat: ServedChat
) -> None:
    chat.door.broken = RuntimeError("away")
    with page.expect_response(lambda response: response.status == 503):
        write(page, "hello")
    with page.expect_response(lambda response: response.status == 503):
        pass
    expect(page.get_by_text("Sending")).to_have_count(1)
    chat.door.broken = None
    answered(page, 1)

    assert lines(page) == ["hello", REPLY]


def test_someone_reading_further_up_is_not_pulled_away(
    page: Page, chat: ServedChat
) -> None:
    for _ in range(8):
        write(page, "a long night")
    answered(page, 8)
    page.locator("#main").evaluate("main => { main.scrollTop = 0 }")
    chat.run(chat.door.bot_says("token-1", "How are you now?"))
    button = page.get_by_role("button", name="New message below")
    expect(button).to_be_visible()

    assert page.locator("#main").evaluate("main => main.scrollTop") == 0
    button.click()
    expect(in_thread(page, "How are you now?")).to_be_in_viewport()
    expect(button).to_be_hidden()


def test_an_answer_is_in_view_whole_with_its_choices(
    page: Page, chat: ServedChat
) -> None:
    for _ in range(3):
        write(page, "a long night")
    answered(page, 3)
    choices = [Choice("I'm safe now", "safe"), Choice("Someone is with me", "with")]
    words = "I'm really glad you told me. You can call 999 now. " * 5
    chat.run(chat.door.bot_says("token-1", words, choices, key="escalation.now"))
    button = page.get_by_role("button", name="Someone is with me")

    expect(button).to_be_in_viewport(ratio=1)
    expect(page.locator(".fixed-words .text")).to_be_in_viewport(ratio=1)
    page.reload()
    expect(page.locator(".fixed-words")).to_have_count(1)


def test_after_everything_was_wiped_only_the_last_words_stay(
    page: Page, chat: ServedChat
) -> None:
    write(page, "something private")
    answered(page, 1)
    wiped = {
        "id": "last",
        "from": "bot",
        "key": "forgetting.done",
        "text": "It's done.",
        "choices": [],
    }
    page.route(
        "**/api/chat/messages", lambda route: route.fulfill(json={"messages": [wiped]})
    )
    chat.door.conversations.clear()
    write(page, "delete everything")
    expect(in_thread(page, "It's done.")).to_be_visible()

    assert page.locator(".said .text").all_inner_texts() == ["It's done."]
    page.unroute("**/api/chat/messages")
    write(page, "hello again")
    answered(page, 1)
    expect(in_thread(page, REPLY)).to_be_in_viewport(ratio=1)


def test_a_long_answer_is_read_from_its_first_line(
    page: Page, chat: ServedChat
) -> None:
    write(page, "hello")
    answered(page, 1)
    chat.run(chat.door.bot_says("token-1", "A first line.\n" + "And more.\n" * 60))
    expect(page.locator(".from-bot").last).to_contain_text("A first line")

    top = page.locator(".from-bot .text").last.bounding_box()
    assert top is not None
    assert 40 < top["y"] < 200


def test_what_others_write_is_shown_as_text(page: Page, chat: ServedChat) -> None:
    evil = '<img src=x onerror="document.title=1"><b>bold</b> {who}'
    write(page, evil)
    answered(page, 1)
    choice = Choice(evil, evil)
    chat.run(chat.door.bot_says("token-1", evil, [choice]))
    expect(page.get_by_role("button", name=evil)).to_be_visible()

    assert lines(page) == [evil, REPLY, evil]
    assert page.title() == "Chat"


def test_a_number_from_the_card_can_be_pressed_where_it_is_written(
    page: Page,
) -> None:
    write(page, "i am in danger now, call 999")
    reply = page.locator(".from-system")
    expect(reply.get_by_role("link")).to_have_count(2)

    assert reply.get_by_role("link").first.get_attribute("href") == "tel:999"
    expect(page.locator(".from-young_person a")).to_have_count(0)
    page.reload()
    expect(page.locator(".from-system").get_by_role("link")).to_have_count(2)


def test_new_messages_are_announced_once(page: Page, chat: ServedChat) -> None:
    page.evaluate(
        """() => {
        window.heard = [];
        new MutationObserver((all) => all.forEach((one) =>
          one.addedNodes.forEach((node) => heard.push(node.textContent))
        )).observe(document.getElementById("spoken"), { childList: true });
        }"""
    )
    write(page, "hello")
    answered(page, 1)
    chat.run(chat.door.staff_says("token-1", "Hi, it's Sam"))
    expect(in_thread(page, "Hi, it's Sam")).to_be_visible()

    assert page.evaluate("heard") == [
        f"Bot says: {REPLY}",
        "A person says: Hi, it's Sam",
    ]


def test_new_messages_are_read_aloud_by_a_voice_of_this_device_only(
    phone: BrowserContext, chat: ServedChat
) -> None:
    page = phone.new_page()
    page.add_init_script(
        """
        window.read = [];
        const voices = [
          { lang: "en-GB", localService: false, name: "far away" },
          { lang: "en-GB", localService: true, name: "near" },
        ];
        window.SpeechSynthesisUtterance = function (text) { this.text = text; };
        Object.defineProperty(window, "speechSynthesis", { value: {
          getVoices: () => voices, cancel() {}, addEventListener() {},
          speak: (words) => read.push([words.text, words.voice.name]),
        }});
        """
    )
    page.goto(f"{chat.url}/c/demo")
    write(page, "quietly")
    answered(page, 1)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Read new messages aloud").click()
    page.keyboard.press("Escape")
    write(page, "aloud")
    answered(page, 2)

    assert page.evaluate("read") == [[REPLY, "near"]]


def test_without_a_voice_on_the_device_reading_aloud_is_not_offered(
    page: Page,
) -> None:
    page.get_by_text("More", exact=True).click()

    expect(page.locator("#hide-offer")).to_be_visible()
    expect(page.locator("#aloud-offer")).to_be_hidden()
