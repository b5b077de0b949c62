"""What somebody writes is text wherever it is shown, in a real browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from safety_plans.plan import SectionId
from storage.staff.records import StaffRole
from tests.browser import chromium
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.plan_pages.young_person import Robin
from tests.staff.conftest import two_organisations
from tests.staff.people import StaffBrowser, joined
from tests.trust.hostile_texts import CORPUS, RUNS, in_messages

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PHONE = "900077"
WATCHES = """
window.blocked = [];
addEventListener("securitypolicyviolation",
    (one) => window.blocked.push(one.violatedDirective + " " + one.sample));
"""
# 77 * 77, which a template would work out; the digits may stand inside a random id.
WORKED_OUT = re.compile(r"(?<![0-9a-f])(?:5929)+(?![0-9a-f])")
MADE_OF_TEXT = """() => {
  const handlers = [...document.querySelectorAll("*")].filter((one) =>
    [...one.attributes].some((a) => a.name.startsWith("on")
      || /^\\s*javascript:/i.test(a.value) && a.name !== "value"
      || a.name === "srcdoc"));
  const strange = document.querySelectorAll(
    "iframe, object, embed, base, math, marquee, video, k55, script:not([src]),"
    + "[src*=k55], [href*='k55.example'], template template");
  return [...handlers, ...strange].map((one) => one.outerHTML.slice(0, 120));
}"""


@dataclass
class Looker:
    """A browser that notes whatever a page does that text cannot do."""

    page: Page
    dialogs: list[str] = field(default_factory=list)
    asked_elsewhere: list[str] = field(default_factory=list)

    def looks(self, address: str, shows: str) -> None:
        """Open a page: the corpus is on it as text, and nothing came of it."""
        self.page.goto(address)
        self.is_sound(shows)

    def is_sound(self, shows: str) -> None:
        """Check the page as it is."""
        self.page.get_by_text(shows).first.wait_for(state="attached")

        assert self.page.evaluate(MADE_OF_TEXT) == []
        assert self.page.evaluate("window.blocked") == []
        assert WORKED_OUT.search(self.page.inner_text("body")) is None
        assert (self.dialogs, self.asked_elsewhere) == ([], [])


def looker(context: BrowserContext, home: str) -> Looker:
    context.add_init_script(WATCHES)
    looking = Looker(context.new_page())

    def asked(request) -> None:  # type: ignore[no-untyped-def]
        if not request.url.startswith((home, "data:", "blob:")):
            looking.asked_elsewhere.append(request.url)

    def said(dialog) -> None:  # type: ignore[no-untyped-def]
        looking.dialogs.append(dialog.message)
        dialog.dismiss()

    looking.page.on("request", asked)
    looking.page.on("dialog", said)
    return looking


@dataclass(frozen=True)
class Written:
    """A Handrail in which the corpus was written wherever somebody can write."""

    handrail: Handrail
    web: WebChat
    sms: Sms
    lead: StaffBrowser
    case: str
    robin: Robin

    def open(self, browser: Browser, cookies: dict[str, str | None]) -> Looker:
        """Give a browser window with some cookies."""
        context = browser.new_context()
        home = self.handrail.address
        context.add_cookies(
            [{"name": n, "value": v or "", "url": home} for n, v in cookies.items()]
        )
        return looker(context, home)


def cookies_of(client) -> dict[str, str | None]:  # type: ignore[no-untyped-def]
    return {one.name: one.value for one in client.cookies.jar}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    handrail = start(
        tmp_path_factory.mktemp("hostile"),
        ReadableDialogue(),
        organisations=two_organisations(),
    )
    lead = joined(handrail, StaffRole.LEAD, name="<svg/onload=alert(55)> k55")
    web, sms = handrail.web_chat(), handrail.sms("+447700" + PHONE)
    web.asks_for_a_person()
    (case,) = (one.id for one in handrail.record(lambda unit: unit.handovers.waiting()))
    lead.posts(f"/staff/cases/{case}/claim")
    for text in in_messages():
        web.young_person_says(text)
        handrail.thread.do(sms.phone.sends(text))
        lead.posts(f"/staff/cases/{case}/note", note=text)
        lead.posts(f"/staff/cases/{case}/say", text=text)
    handrail.settled()
    robin = Robin(handrail)
    lines = [run[:120] for run in RUNS]
    robin.wrote({SectionId.LIFT_OR_CALM: lines, SectionId.SIGNS: lines[:5]})
    yield Written(handrail, web, sms, lead, str(case), robin)
    stop(handrail)


def test_the_corpus_is_as_large_as_it_is_said_to_be() -> None:
    assert len(set(CORPUS)) >= 300


def test_in_the_chat_and_in_the_copy_of_ones_own_data(
    written: Written, browser: Browser
) -> None:
    looking = written.open(browser, {"chat": written.web.token})
    home = written.handrail.address

    looking.looks(f"{home}/c/demo", "alert(55)")
    looking.looks(f"{home}/c/demo/my-data", "alert(55)")


def test_on_the_desk_in_the_inbox_a_case_its_notes_and_practice(
    written: Written, browser: Browser
) -> None:
    looking = written.open(browser, cookies_of(written.lead.http))
    home = written.handrail.address

    looking.looks(f"{home}/staff/cases/{written.case}", "alert(55)")
    for page in ("inbox", "team", "account"):
        looking.looks(f"{home}/staff/{page}", "k55")
    looking.page.goto(f"{home}/staff/practice")
    looking.page.get_by_role("main").get_by_role("button").first.click()
    looking.page.get_by_role("button", name="Claim").click()
    looking.page.locator("textarea").first.fill(RUNS[0] + RUNS[2])
    with looking.page.expect_navigation():
        looking.page.get_by_role("button", name="Send").first.click()
    looking.is_sound("alert(55)")


def test_on_the_plan_page_on_paper_in_a_preview_and_on_a_shared_page(
    written: Written, browser: Browser
) -> None:
    robin, home = written.robin.opens_a_link(), written.handrail.address
    looking = written.open(browser, cookies_of(robin.client))
    looking.looks(f"{home}/my/plan", "alert(55)")
    looking.page.emulate_media(media="print")
    looking.is_sound("alert(55)")
    looking.page.emulate_media(media="screen")
    preview = robin.presses(
        "/my/share/preview", recipient=RUNS[0], days="", lift_or_calm="on"
    )
    looking.page.goto(f"{home}/my/share")
    share = re.search(r'name="share" value="([0-9a-f]{32})"', preview)
    assert share is not None
    agreed = robin.presses("/my/share/agree", share=share[1])
    link = re.search(rf"{home}/s/[A-Za-z0-9_-]+", agreed)
    assert link is not None
    looking.looks(f"{home}/my/share", "onerror")
    looking.page.goto(link[0])
    looking.page.get_by_role("main").get_by_role("button").first.click()
    looking.is_sound("alert(55)")


def test_in_the_simulator(written: Written, browser: Browser) -> None:
    stand_in = written.handrail.house.settings.twilio_api
    context = browser.new_context()
    looking = looker(context, stand_in)

    looking.looks(f"{stand_in}/simulator/{PHONE}", "alert(55)")
