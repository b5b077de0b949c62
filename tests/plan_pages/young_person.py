"""Robin, who has a plan and looks at it in a browser of their own, over HTTP."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

import httpx

from foundations.ids import YoungPersonId
from foundations.plain_http import TRUSTS_NOBODY
from foundations.saying import Channel
from safety_plans import editing
from safety_plans.plan import SafetyPlan, SectionId
from storage import UnitOfWork
from tests.journeys.handrail import Handrail

FULL = {
    SectionId.GETTING_THROUGH: [
        "Wait ten minutes, then look again",
        "Headphones on, lights low, no talking",
        "Sit with Biscuit until my breathing slows",
    ],
    SectionId.MAKING_SAFER: ["Go downstairs and sit near someone"],
    SectionId.LIFT_OR_CALM: [
        "Kae Tempest, the second album, loud",
        "Hot chocolate in the blue mug",
        "Draw the view from the bus stop",
    ],
    SectionId.DISTRACTIONS: ["Skate park on Saturday", "The baking videos"],
    SectionId.PEOPLE_TO_SUPPORT: ["Ash, for company", "Nan, for tea"],
    SectionId.PEOPLE_TO_TALK_TO: ["Miss Ali at school, room 12", "My uncle Joe"],
    SectionId.EMERGENCY_SUPPORT: ["Text SHOUT to 85258", "Call 999"],
    SectionId.SIGNS: ["I stop answering messages"],
    SectionId.WHAT_MATTERS: ["Seeing Biscuit get old"],
}
"""A plan as someone might have it after a good week."""


@dataclass
class Robin:
    """A young person with a browser; `page` is the page looked at last."""

    handrail: Handrail
    person: YoungPersonId | None = None
    client: httpx.Client = field(init=False)
    page: httpx.Response = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.a_browser()
        if self.person is None:
            self.person = self.in_records(lambda unit: unit.people.create())

    def a_browser(self) -> httpx.Client:
        """Give a browser that nobody has used."""
        return httpx.Client(
            base_url=self.handrail.address,
            trust_env=False,
            verify=TRUSTS_NOBODY,
            follow_redirects=True,
        )

    def in_records(self, work):  # type: ignore[no-untyped-def]
        """Do something to the records."""
        return self.handrail.thread.do(self.handrail.house.database.write(work))

    def wrote(self, plan: Mapping[SectionId, Sequence[str]] = FULL) -> "Robin":
        """Have a plan, written some other time."""

        def write(unit: UnitOfWork) -> None:
            for section, lines in plan.items():
                now = self.handrail.house.clock()
                editing.add_lines(unit.plans, self.person, section, lines, now=now)

        self.in_records(write)
        return self

    def link(self) -> str:
        """Give a private link's token, as a text would bring it."""
        made = self.in_records(
            lambda unit: unit.plan_links.make(self.person, Channel.SMS)
        )
        return str(made)

    def opens_a_link(self, pin: str = "") -> "Robin":
        """Press the button behind a new link."""
        self.page = self.client.post(f"/my/o/{self.link()}", data={"pin": pin})
        return self

    def looks(self, path: str = "/my/plan") -> str:
        """Look at a page and give its words."""
        self.page = self.client.get(path)
        return self.page.text

    def presses(self, path: str, **fields: str) -> str:
        """Send a form and give the words of the page that follows."""
        self.page = self.client.post(path, data=fields)
        return self.page.text

    @property
    def lines(self) -> list[str]:
        """The lines that the page shows, in order."""
        shown = re.findall(r'class="own-words"[^>]*>(.*?)</span>', self.page.text, re.S)
        return [unescape(words) for words in shown]

    @property
    def plan(self) -> SafetyPlan:
        """The plan as it is kept."""
        found: SafetyPlan = self.handrail.record(
            lambda unit: editing.plan_of(unit.plans, self.person)
        )
        return found

    def id_of(self, words: str) -> str:
        """Give the id of the line with these words."""
        return next(line.id for line in self.plan.all_lines if line.words == words)

    def does(self, act: str, words_of: str = "", **fields: str) -> str:
        """Do something on the page, to the line with these words if any."""
        line = {"line": self.id_of(words_of)} if words_of else {}
        return self.presses("/my/do", do=act, **line, **fields)
