"""Staff in tests: they join by their link, keep their codes, and use the pages."""

import re
from dataclasses import dataclass, field

import httpx
import pyotp
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from foundations.ids import OrganisationId
from foundations.plain_http import TRUSTS_NOBODY
from gateway.desk import passwords
from gateway.desk.people import invite_first
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail, Sms, WebChat

PASSWORD = "purple kettle under tuesday"
OTHER_PASSWORD = "seven lanterns by the canal"

HASHER_IN_USE = passwords.HASHER
# A third of a second of work for every sign-in in every test would be for nothing.
passwords.HASHER = PasswordHasher.from_parameters(CHEAPEST)


@dataclass
class StaffBrowser:
    """A browser at the desk; cookies are its own."""

    handrail: Handrail
    secret: str = ""
    recovery_codes: list[str] = field(default_factory=list)
    email: str = ""

    def __post_init__(self) -> None:
        self.http = httpx.Client(
            base_url=self.handrail.address,
            timeout=30,
            trust_env=False,
            verify=TRUSTS_NOBODY,
            headers={"Origin": self.handrail.address},
        )

    def joins(self, link: str, password: str = PASSWORD) -> httpx.Response:
        """Use an invitation's link."""
        page = self.http.get(link).text
        self.secret = key_on(page) or self.secret
        self.email = re.search(r'value="([^"]+@[^"]+)"', page)[1]  # type: ignore[index]
        answer = self.http.post(link, data=self.joining(password))
        self.recovery_codes = re.findall(r"<code>([a-z0-9-]{11})</code>", answer.text)
        return answer

    def joining(self, password: str) -> dict[str, str]:
        """Fill in the joining form, with the code of the step before."""
        return {"password": password, "again": password, "code": self.code(-1)}

    def code(self, steps: int = 0) -> str:
        """Give the app's code of so many steps from now."""
        app = pyotp.TOTP(self.secret)
        return app.at(self.handrail.house.clock(), counter_offset=steps)

    def signs_in(self, password: str = PASSWORD, code: str = "") -> httpx.Response:
        """Fill in the sign-in form; without a code, a recovery code is used."""
        return self.http.post(
            "/staff/sign-in",
            data={
                "email": self.email,
                "password": password,
                "code": code or self.recovery_codes.pop(),
            },
        )

    def form_token(self) -> str:
        """Read the token that this session's forms hold."""
        page = self.http.get("/staff/account").text
        found = re.search(r'name="form_token" value="([0-9a-f]+)"', page)
        return found[1] if found else ""

    def posts(self, path: str, **fields: str) -> httpx.Response:
        """Send a form as its page would."""
        return self.http.post(path, data={"form_token": self.form_token(), **fields})

    def is_in(self) -> bool:
        """Say whether this browser is signed in."""
        return self.http.get("/staff/account").status_code == 200


def key_on(page: str) -> str:
    """Read the key for an app from a joining page, where it stands in fours."""
    found = re.search(r'class="key">(.*?)</code>', page)
    return re.sub("<[^>]*>", "", found[1]) if found else ""


def invited(
    handrail: Handrail,
    *,
    role: StaffRole = StaffRole.WORKER,
    organisation: str = "demo",
    name: str = "Robin Example",
    email: str = "robin@example.org",
) -> str:
    """Make an invitation as the command line does, and give its link."""
    token = handrail.thread.do(
        invite_first(
            handrail.house.database,
            organisation=OrganisationId(organisation),
            name=name,
            email=email,
            role=role,
        )
    )
    return f"/staff/join/{token}"


def joined(
    handrail: Handrail,
    role: StaffRole = StaffRole.WORKER,
    organisation: str = "demo",
    name: str = "Robin Example",
) -> StaffBrowser:
    """Give somebody who has joined and is signed in."""
    browser = StaffBrowser(handrail)
    email = f"{name.split()[0].lower()}@example.org"
    link = invited(
        handrail, role=role, organisation=organisation, name=name, email=email
    )
    browser.joins(link).raise_for_status()
    return browser


def waiting(handrail: Handrail) -> str:
    """Give the case that has waited the least."""
    return str(handrail.record(lambda unit: unit.handovers.waiting())[-1].id)


def asks(handrail: Handrail, young_person: Sms | WebChat) -> str:
    """Have somebody ask for a person, and give the case."""
    young_person.asks_for_a_person()
    return waiting(handrail)


def claims(worker: StaffBrowser, case: str) -> httpx.Response:
    """Claim a case."""
    return worker.posts(f"/staff/cases/{case}/claim")


def reads(worker: StaffBrowser, case: str) -> str:
    """Read the page of a case."""
    return worker.http.get(f"/staff/cases/{case}").text
