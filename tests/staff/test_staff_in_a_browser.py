"""The desk in a real browser: for everyone, alive, and without scripts."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.axe import violations
from tests.browser import chromium
from tests.staff.furnished_desk import Desk, furnished
from tests.staff.people import asks, claims, invited, joined

pytestmark = pytest.mark.slow

SMALL = """() => [...document.querySelectorAll(
        "a, button, summary, textarea, input, select")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(".tick, .skip") && one.type !== "hidden")
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 24 || box.width < 24)
    .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.height}`)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with furnished(tmp_path_factory.mktemp("desk")) as desk:
        yield desk


def problems_of(page: Page, address: str, where: str) -> list[tuple[str, str, str]]:
    page.goto(address + where)
    page.evaluate(
        "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
    )
    found = violations(page)
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
    for who, pages in desk.pages:
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
    # The menu and the list never say different numbers.
    counted = page.locator("[data-count]").inner_text()
    context.close()

    assert counted.strip() == str(before + 1)


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
    page.get_by_text("Hand back to the bot").first.click()
    page.get_by_role("button", name="Hand back to the bot").click()
    expect(page.get_by_text("You handed this conversation back")).to_be_visible()
    context.close()

    assert refreshes == 1
    assert "Hello from a page without scripts" in [m["text"] for m in web.missed()]


def test_what_is_taken_back_goes_from_a_page_that_is_open(
    browser: Browser, desk: Desk
) -> None:
    web = desk.handrail.web_chat()
    case = desk.asks_and_is_claimed(web)
    web.young_person_says("a kazoo")
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    expect(page.get_by_text("a kazoo")).to_be_visible()
    web.young_person_says("UNSHARE")
    # A minute is what is promised; this is how long one look waits for news, and more.
    expect(page.get_by_text("was taken back")).to_be_visible(timeout=30_000)
    shown = page.content()
    page.goto(f"{desk.handrail.address}/staff/inbox")
    page.go_back()
    expect(page.get_by_text("was taken back")).to_be_visible()
    again = page.content()
    context.close()

    assert "kazoo" not in shown
    assert "How to reach" not in shown
    assert "kazoo" not in again


def test_what_is_deleted_goes_from_a_page_that_is_open(
    browser: Browser, desk: Desk
) -> None:
    web = desk.handrail.web_chat()
    case = desk.asks_and_is_claimed(web)
    web.young_person_says("a kazoo")
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    expect(page.get_by_text("a kazoo")).to_be_visible()
    page.get_by_label("Your message").fill("half a sentence")
    web.young_person_says("DELETE EVERYTHING")
    expect(page.get_by_text("or the young person deleted everything")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_text("safeguarding lead")).to_be_visible()
    shown = page.content()
    context.close()

    assert "kazoo" not in shown
    assert "How to reach" not in shown
    assert "half a sentence" not in shown


def test_who_waits_comes_though_the_keyboard_is_in_the_list_and_stays_there(
    browser: Browser, desk: Desk
) -> None:
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/inbox")
    waiting = page.get_by_role("button", name="Claim")
    before = waiting.count()
    waiting.first.focus()
    desk.handrail.web_chat().asks_for_a_person()
    expect(waiting).to_have_count(before + 1, timeout=20_000)
    expect(waiting.first).to_be_focused()
    expect(page).to_have_title(f"({before + 1}) Inbox", timeout=30_000)
    expect(page.get_by_role("link", name=f"Inbox {before + 1}")).to_be_visible()
    context.close()


def test_a_list_that_may_be_old_says_so(browser: Browser, desk: Desk) -> None:
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/inbox")
    expect(page.get_by_text("No connection just now")).to_be_hidden()
    context.set_offline(True)
    expect(page.get_by_text("No connection just now")).to_be_visible(timeout=20_000)
    context.set_offline(False)
    expect(page.get_by_text("No connection just now")).to_be_hidden(timeout=20_000)
    context.close()


def test_what_was_being_written_is_not_lost_when_they_ask_for_someone_else(
    browser: Browser, desk: Desk
) -> None:
    web = desk.handrail.web_chat()
    case = desk.asks_and_is_claimed(web)
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    page.get_by_label("Your message").fill("half a sentence")
    web.young_person_says("someone else")
    expect(page.get_by_text("They asked for someone else.")).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_text("half a sentence")).to_be_visible()
    expect(page.get_by_role("heading", name="Not sent")).to_be_visible()
    context.close()


def test_crisis_words_are_seen_above_the_thread_as_they_go_out(
    browser: Browser, desk: Desk
) -> None:
    web = desk.handrail.web_chat()
    case = desk.asks_and_is_claimed(web)
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    banner = page.get_by_text("Handrail sent its crisis message at")
    expect(banner).to_be_hidden()
    web.young_person_says("i want to die")
    expect(banner).to_be_visible(timeout=20_000)
    assert ":" in page.locator(".banner.crisis [data-at]").inner_text()
    context.close()


@pytest.mark.parametrize(
    ("where", "button", "typed", "wrong"),
    [
        ("/staff/cover", "Put on call", {"name": "Night worker"}, "way_sms"),
        ("/staff/cover", "Save these times", {"second": "1"}, "second"),
        ("/staff/links", "Make the link", {}, "place"),
        ("/staff/cases/{held}", "Hand on", {}, "colleague"),
        ("/staff/cases/{held}", "Hand back and close", {}, "outcome"),
    ],
)
def test_the_field_that_is_wrong_has_the_focus_and_is_in_sight(
    browser: Browser,
    desk: Desk,
    where: str,
    button: str,
    typed: dict[str, str],
    wrong: str,
) -> None:
    small = {"viewport": {"width": 360, "height": 640}}
    context = desk.context(browser, desk.lead, **small)
    page = context.new_page()
    page.goto(desk.handrail.address + where.format(held=desk.held))
    page.evaluate(
        "() => { for (const one of document.querySelectorAll('details'))"
        " one.open = true; for (const one of document.forms) one.noValidate = true }"
    )
    for name, value in typed.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    field = page.locator(f"#{wrong}")
    expect(field).to_be_focused()
    expect(page.locator(f"#{wrong}-problem")).to_be_in_viewport()
    for name, value in typed.items():
        expect(page.locator(f"#{name}")).to_have_value(value)
    found = violations(page)
    context.close()

    assert found == []


def test_what_a_lead_opened_stays_open_while_the_list_is_kept_fresh(
    browser: Browser, desk: Desk
) -> None:
    robin = joined(desk.handrail, name="Kit Example")
    case = asks(desk.handrail, desk.handrail.web_chat())
    claims(robin, case)
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/team")
    asked = page.locator(f"[data-kept='{case}'] summary")
    asked.click()
    with page.expect_response(re.compile("fragment=1")):
        pass
    expect(page.get_by_text("from Kit Example in the middle of it")).to_be_visible()
    expect(asked).to_be_focused()
    context.close()


def test_after_a_hand_on_the_inbox_comes_and_stays(
    browser: Browser, desk: Desk
) -> None:
    case = desk.asks_and_is_claimed(desk.handrail.web_chat())
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    page.get_by_text("Hand on to a colleague").click()
    page.get_by_label("Colleague", exact=True).select_option(index=1)
    page.route("**/hand-on", _slowly)
    page.get_by_role("button", name="Hand on").click()
    expect(page).to_have_url(f"{desk.handrail.address}/staff/inbox", timeout=20_000)
    expect(page.get_by_role("heading", name="Inbox")).to_be_visible()
    context.close()


def _slowly(route: Route) -> None:
    """Answer late, so that the thread hears first that the case is not mine."""
    answer = route.fetch(max_redirects=0)
    time.sleep(2)
    route.fulfill(response=answer)


def test_a_second_stop_closes_an_open_page_to_writing_and_a_start_opens_it(
    browser: Browser, desk: Desk
) -> None:
    sms = desk.handrail.sms()
    case = desk.asks_and_is_claimed(sms)
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    page.get_by_label("Your message").fill("half a sentence")
    sms.young_person_says("STOP")
    sms.young_person_says("STOP")
    expect(page.get_by_text("This phone has texted STOP")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Your message")).to_have_count(0)
    expect(page.get_by_text("half a sentence")).to_be_visible()
    sms.young_person_says("START")
    expect(page.get_by_label("Your message")).to_have_value(
        "half a sentence", timeout=30_000
    )
    expect(page.get_by_text("This phone has texted STOP")).to_have_count(0)
    sms.young_person_says("hi again")
    expect(page.get_by_text("hi again")).to_be_visible(timeout=30_000)
    context.close()


def test_a_text_that_is_tried_again_is_marked_on_a_page_that_is_open(
    browser: Browser, desk: Desk
) -> None:
    sms = desk.handrail.sms("+447700900111")
    case = desk.asks_and_is_claimed(sms)
    context = desk.context(browser, desk.lead)
    page = context.new_page()
    desk.handrail.stand_in.behaviour.undelivered[sms.number] = "30003"
    page.goto(f"{desk.handrail.address}/staff/cases/{case}")
    page.get_by_label("Your message").fill("Are you still there?")
    page.get_by_role("button", name="Send").click()
    page.get_by_label("Your message").fill("half a sentence")
    expect(page.locator("#latest")).to_contain_text(
        "Not delivered yet, trying again", timeout=30_000
    )
    expect(page.get_by_text("A text has not arrived yet")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("half a sentence")
    desk.handrail.stand_in.behaviour.undelivered.clear()
    context.close()
