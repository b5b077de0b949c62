"""A copy on the phone: there with no signal, unreadable without its PIN, removed."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.handrail import Handrail
from tests.plan_pages.pictures import opens
from tests.plan_pages.young_person import Robin

pytestmark = pytest.mark.slow

A_LINE = "Hot chocolate in the blue mug"

# Everything this origin keeps in the browser: every store, every cache, all of it.
EVERYTHING_KEPT = """async () => {
    const bytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder("latin1").decode(value) : value;
    const found = [JSON.stringify({ ...localStorage }), document.cookie];
    for (const { name } of await indexedDB.databases()) {
        const base = await new Promise((done) => {
            const asked = indexedDB.open(name);
            asked.onsuccess = () => done(asked.result);
        });
        for (const store of base.objectStoreNames) {
            const rows = await new Promise((done) => {
                const asked = base.transaction(store).objectStore(store).getAll();
                asked.onsuccess = () => done(asked.result);
            });
            found.push(JSON.stringify(rows, (_, value) => bytes(value)));
        }
        base.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            found.push(request.url + (await answer.text()));
        }
    }
    return found.join("\\n");
}"""


@pytest.fixture
def robin(handrail: Handrail) -> Robin:
    return Robin(handrail).wrote()


def keeps_a_copy(page: Page, robin: Robin, pin: str = "") -> None:
    opens(page, robin)
    page.get_by_label("PIN for this copy").fill(pin)
    page.get_by_role("button", name="Keep it on this phone").click()
    expect(page.get_by_text("This phone keeps a copy")).to_be_visible()


def test_with_no_signal_a_number_in_a_line_of_the_copy_can_be_pressed(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    phone.set_offline(True)
    page.goto(f"{robin.handrail.address}/my/kept")
    line = page.locator(".own-words", has_text="Text SHOUT to 85258")
    expect(line.get_by_role("link", name="85258")).to_have_attribute(
        "href", "sms:85258"
    )
    expect(page.locator(".own-words", has_text=A_LINE).locator("a")).to_have_count(0)


def test_with_no_signal_the_plan_is_still_there(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    phone.set_offline(True)
    page.reload()

    expect(page.get_by_text(A_LINE)).to_be_visible()
    page.get_by_text("Help now").click()
    expect(page.get_by_role("link", name="Samaritans")).to_be_visible()
    assert page.title() == "My page"


def test_the_copy_opens_from_the_home_screen_in_a_new_tab_without_signal(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    page.close()
    phone.set_offline(True)
    opened = phone.new_page()
    opened.goto(f"{robin.handrail.address}/my/kept")

    expect(opened.get_by_text(A_LINE)).to_be_visible()
    expect(opened.get_by_text("As it was on")).to_be_visible()


def test_with_a_pin_nothing_on_the_phone_can_be_read_without_it(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin, pin="246813")
    kept = page.evaluate(EVERYTHING_KEPT)
    assert "sealed" in kept
    assert "/my/kept" in kept
    for secret in (A_LINE, "blue mug", "Biscuit", "Ash", "246813", "lift_or_calm"):
        assert secret not in kept
    phone.set_offline(True)
    page.reload()
    expect(page.get_by_text("This copy is scrambled.")).to_be_visible()
    assert A_LINE not in page.content()
    page.get_by_label("PIN").fill("246814")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_text("That is not the PIN.")).to_be_visible()
    assert A_LINE not in page.content()
    page.get_by_label("PIN").fill("246813")
    page.get_by_role("button", name="Open", exact=True).click()

    expect(page.get_by_text(A_LINE)).to_be_visible()


def test_without_a_pin_the_same_look_finds_the_words(page: Page, robin: Robin) -> None:
    # Shows that the search above would have found them.
    keeps_a_copy(page, robin)

    assert A_LINE in page.evaluate(EVERYTHING_KEPT)


def test_the_service_keeps_no_plan_in_the_cache(page: Page, robin: Robin) -> None:
    keeps_a_copy(page, robin, pin="2468")
    kept = page.evaluate("async () => (await caches.keys()).join()")

    assert kept.startswith("/my-page/")
    assert "plan" not in page.evaluate(
        """async () => {
            const cache = await caches.open((await caches.keys())[0]);
            return (await cache.keys()).map((r) => new URL(r.url).pathname).join();
        }"""
    )


def test_a_copy_without_a_pin_follows_the_plan(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    page.get_by_text("Add a line").first.click()
    page.get_by_label("Your words").first.fill("A new one")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Added.")).to_be_visible()
    expect(page.get_by_text("This phone keeps a copy")).to_be_visible()
    phone.set_offline(True)
    page.reload()

    expect(page.get_by_text("A new one")).to_be_visible()


def test_a_copy_with_a_pin_says_when_it_is_older_than_the_plan(
    page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin, pin="2468")
    page.get_by_text("Add a line").first.click()
    page.get_by_label("Your words").first.fill("A new one")
    page.get_by_role("button", name="Save").first.click()

    expect(page.get_by_text("The copy on this phone is older")).to_be_visible()


def test_remove_from_this_phone_leaves_nothing(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    page.get_by_role("button", name="Remove from this phone").click()
    expect(page.get_by_text("Removed from this phone.")).to_be_visible()

    assert A_LINE not in page.evaluate(EVERYTHING_KEPT)
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    workers = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    assert page.evaluate(workers) == 0
    assert robin.handrail.record(lambda u: u.plan_visits.copies(robin.person)) == 0


def test_when_the_plan_was_deleted_the_copy_goes_at_the_next_look_online(
    page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    robin.in_records(lambda unit: unit.people.forget(robin.person))
    page.goto(f"{robin.handrail.address}/my/kept")
    expect(page.get_by_text("The plan was deleted")).to_be_visible()

    assert page.get_by_text(A_LINE).count() == 0
    assert A_LINE not in page.evaluate(EVERYTHING_KEPT)


def test_with_no_signal_a_deleted_plan_stays_until_the_phone_can_ask(
    phone: BrowserContext, page: Page, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    robin.in_records(lambda unit: unit.people.forget(robin.person))
    phone.set_offline(True)
    page.goto(f"{robin.handrail.address}/my/kept")

    expect(page.get_by_text(A_LINE)).to_be_visible()


def test_trouble_on_our_side_removes_no_copy(page: Page, robin: Robin) -> None:
    keeps_a_copy(page, robin)
    page.route("**/my/copy", lambda route: route.fulfill(status=503, body=""))
    with page.expect_response("**/my/copy"):
        page.goto(f"{robin.handrail.address}/my/kept")

    expect(page.get_by_text(A_LINE)).to_be_visible()
    assert A_LINE in page.evaluate(EVERYTHING_KEPT)


def test_a_copy_of_someone_elses_plan_is_not_written_over_by_looking(
    page: Page, handrail: Handrail, robin: Robin
) -> None:
    keeps_a_copy(page, robin)
    opens(page, Robin(handrail))
    expect(page.get_by_text("keeps a copy of another page")).to_be_visible()

    assert A_LINE in page.evaluate(EVERYTHING_KEPT)


@pytest.mark.parametrize("pin", ["12", "abcd", "12 45"])
def test_a_pin_that_is_none_keeps_nothing(page: Page, robin: Robin, pin: str) -> None:
    opens(page, robin)
    page.get_by_label("PIN for this copy").fill(pin)
    page.get_by_role("button", name="Keep it on this phone").click()
    expect(page.get_by_text("A PIN has 4 to 8 numbers.")).to_be_visible()

    assert A_LINE not in page.evaluate(EVERYTHING_KEPT)


def test_the_page_can_be_put_on_a_home_screen_under_a_dull_name(
    page: Page, robin: Robin
) -> None:
    opens(page, robin)
    address = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = page.request.get(f"{robin.handrail.address}{address}").json()
    icons = [
        page.request.get(f"{robin.handrail.address}{icon['src']}").ok
        for icon in manifest["icons"]
    ]

    assert manifest["name"] == manifest["short_name"] == "My page"
    assert manifest["start_url"] == "/my/kept"
    assert icons == [True, True]
