"""Passkeys with a real browser and its own authenticator, on a phone, by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from storage.staff.records import StaffRole
from tests.axe import violations
from tests.browser import chromium
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import two_organisations
from tests.staff.people import StaffBrowser, joined
from tests.staff.test_staff_by_keyboard import tab_to
from tests.staff.test_staff_in_a_browser import SMALL
from tests.storage.keeping import Watch

pytestmark = pytest.mark.slow

PHONE = {"width": 320, "height": 640}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Phone:
    """A page on a phone that has a lock of its own."""

    page: Page
    device: CDPSession
    id: str
    address: str

    def goes(self, where: str) -> None:
        """Open a page of the desk."""
        self.page.goto(self.address + where)

    def lock_stays_shut(self) -> None:
        """From now on its owner does not open the lock."""
        self.device.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.id, "isUserVerified": False},
        )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    home: Path = tmp_path_factory.mktemp("passkeys")
    running = start(
        home,
        ReadableDialogue(),
        organisations=two_organisations(),
        clock=Watch(),
        host="localhost",
    )
    yield running
    stop(running)


@pytest.fixture
def phone(
    browser: Browser, handrail: Handrail, request: pytest.FixtureRequest
) -> Iterator[Phone]:
    robin = joined(handrail, StaffRole.LEAD, name=f"P{abs(hash(request.node.name))} E")
    context = signed_in(browser, robin)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    added = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield Phone(page, device, added["authenticatorId"], handrail.address)
    context.close()


def signed_in(browser: Browser, who: StaffBrowser, **how: object) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, **how)  # type: ignore[arg-type]
    context.add_cookies(
        [
            {"name": one.name, "value": one.value or "", "url": who.handrail.address}
            for one in who.http.cookies.jar
        ]
    )
    return context


def adds_one(phone: Phone, name: str = "My phone") -> None:
    phone.goes("/staff/account/passkeys/add")
    phone.page.get_by_label("What you call this device").fill(name)
    phone.page.get_by_role("button", name="Add a passkey").click()
    phone.page.wait_for_url("**/staff/account")
    expect(phone.page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def test_a_passkey_is_added_signs_in_proves_and_is_removed_by_keyboard_alone(
    phone: Phone, handrail: Handrail
) -> None:
    page = phone.page
    phone.goes("/staff/account")
    tab_to(page, "Add a passkey")
    page.keyboard.press("Enter")
    page.wait_for_url("**/passkeys/add")
    tab_to(page, "name")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("My phone")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/account")
    expect(page.get_by_text("My phone", exact=True).first).to_be_visible()

    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.get_by_text("signed out")).to_be_visible()
    phone.goes("/staff/sign-in")
    tab_to(page, "Sign in with a passkey")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/inbox")

    handrail.clock.move(minutes=11)
    phone.goes("/staff/figures/export.csv?days=7")
    tab_to(page, "Use a passkey")
    with page.expect_download():
        page.keyboard.press("Enter")
    phone.goes("/staff/account")
    tab_to(page, "Remove My phone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("None yet.")).to_be_visible()


def test_a_lock_that_stays_shut_and_a_second_one_are_said_in_words(
    phone: Phone,
) -> None:
    adds_one(phone)
    phone.goes("/staff/account/passkeys/add")
    phone.page.get_by_role("button", name="Add a passkey").click()
    expect(phone.page.get_by_text("holds a passkey of yours already")).to_be_visible()
    phone.page.context.clear_cookies()
    phone.lock_stays_shut()
    phone.goes("/staff/sign-in")
    phone.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.page.get_by_text("Your device showed no passkey")).to_be_visible()
    phone.page.context.set_offline(True)
    phone.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(phone.page.get_by_text("could not be reached")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_everything_can_be_touched(
    phone: Phone, theme: str
) -> None:
    page = phone.page
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    adds_one(phone)
    problems = []
    for where in (
        "/staff/account",
        "/staff/account/passkeys/add",
        "/staff/prove",
        "/staff/sign-in",
    ):
        phone.goes(where)
        page.evaluate(
            "document.querySelectorAll('[data-when]')"
            ".forEach((one) => { one.hidden = false; })"
        )
        found = violations(page)
        problems += [(where, one["id"]) for one in found]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        problems += [(where, "sideways")] if wide > 0 else []
        problems += [(where, one) for one in page.evaluate(SMALL)]

    assert problems == []


def test_without_scripts_the_pages_say_so_and_the_password_is_asked_for(
    browser: Browser, handrail: Handrail
) -> None:
    robin = joined(handrail, name="Noscript Example")
    context = signed_in(browser, robin, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{handrail.address}/staff/account/passkeys/add")
    assert "This needs scripts" in page.locator("main").inner_text()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
    page.goto(f"{handrail.address}/staff/sign-in")
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    context.close()
