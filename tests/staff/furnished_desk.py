"""A desk with something on every page, and windows that somebody is signed in to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import HARBOUR, agreed, two_organisations
from tests.staff.people import StaffBrowser, asks, claims, invited, joined
from tests.storage.keeping import Watch

FOR_THE_LEAD = (
    "/staff/inbox",
    "/staff/team",
    "/staff/done",
    "/staff/cover",
    "/staff/figures",
    "/staff/links",
    "/staff/links/demo/poster",
    "/staff/links/demo/card",
    "/staff/audit",
    "/staff/account",
    "/staff/practice",
    "/staff/prove",
    "/staff/cases/0123456789abcdef0123456789abcdef",
)
FOR_THE_ADMINISTRATOR = (
    "/staff/inbox",
    "/staff/people",
    "/staff/agreements",
    "/staff/cover",
)


@dataclass(frozen=True)
class Desk:
    """A desk with something on every page."""

    handrail: Handrail
    lead: StaffBrowser
    administrator: StaffBrowser
    web: WebChat
    held: str
    waiting: str

    @property
    def pages(self) -> tuple[tuple[StaffBrowser, tuple[str, ...]], ...]:
        """Give every page by who sees it, one that is not there among them."""
        cases = (f"/staff/cases/{self.held}", f"/staff/cases/{self.waiting}")
        return (
            (self.lead, (*FOR_THE_LEAD, *cases)),
            (self.administrator, FOR_THE_ADMINISTRATOR),
        )

    def asks_and_is_claimed(self, young_person: Sms | WebChat) -> str:
        """Let somebody ask for a person, and the lead claim it; give the case."""
        case = asks(self.handrail, young_person)
        claims(self.lead, case)
        return case

    def context(
        self, browser: Browser, who: StaffBrowser, **how: object
    ) -> BrowserContext:
        """Give a browser window that somebody is signed in with."""
        context = browser.new_context(**how)  # type: ignore[arg-type]
        context.add_cookies(
            [
                {
                    "name": each.name,
                    "value": each.value or "",
                    "url": self.handrail.address,
                }
                for each in who.http.cookies.jar
            ]
        )
        return context


@contextmanager
def furnished(home: Path) -> Iterator[Desk]:
    """Start a Handrail and let things have happened at its desk."""
    handrail = start(
        home,
        ReadableDialogue(),
        organisations=two_organisations(),
        clock=Watch(),
    )
    agreed(handrail, HARBOUR)
    lead = joined(handrail, StaffRole.LEAD, name="Sam Example")
    joined(handrail, name="Robin Example")
    administrator = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    invited(handrail, name="Kim", email="kim@example.org")
    first, second = handrail.web_chat(), handrail.web_chat()
    for young_person in (first, second):
        young_person.asks_for_a_person()
    held, waits = (c.id for c in handrail.record(lambda unit: unit.handovers.waiting()))
    lead.posts("/staff/shift/on")
    lead.posts(f"/staff/cases/{held}/claim")
    lead.posts(f"/staff/cases/{held}/say", text="Hello, I'm Sam.")
    lead.posts(f"/staff/cases/{held}/note", note="Prefers short messages.")
    first.young_person_says("i want to die")
    yield Desk(handrail, lead, administrator, first, held, waits)
    stop(handrail)
