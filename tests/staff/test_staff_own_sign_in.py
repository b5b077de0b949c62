"""Signing in with an organisation's own accounts, at a real provider of the tests'."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import yaml
from joserfc.jwk import RSAKey

from channels.sign_in.providers import read_providers
from storage.staff.records import StaffRole
from tests.alerts.staff_ends import closed
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.loop_thread import LoopThread
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.conftest import two_organisations
from tests.staff.oidc_provider import OUR_ID, OUR_SECRET, IdentityProvider
from tests.staff.people import StaffBrowser, invited, joined
from tests.storage.keeping import Watch

AWAY = "/staff/sign-in/with/harbour"
KIM = {"sub": "kim-1", "email": "Kim@Example.org"}


@dataclass(frozen=True)
class Desk:
    handrail: Handrail
    provider: IdentityProvider

    def browser(self) -> StaffBrowser:
        return StaffBrowser(self.handrail)

    def goes(self, browser: StaffBrowser, away: str = AWAY) -> httpx.Response:
        """Go to the provider and come back, as a browser does."""
        return browser.http.get(self.comes_to(browser, away))

    def comes_to(self, browser: StaffBrowser, away: str = AWAY) -> str:
        """Go to the provider, and give the address that it sends the browser to."""
        sent = browser.http.get(away)
        assert sent.status_code == 303, sent.text
        there = httpx.get(sent.headers["location"], trust_env=False)
        return str(there.headers["location"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    thread, provider = LoopThread(), IdentityProvider(person=dict(KIM))
    server = thread.do(provider.start())
    file = tmp_path / "providers.yml"
    file.write_text(yaml.safe_dump({"harbour": described(provider.address)}))
    handrail = start(
        tmp_path,
        ReadableDialogue(),
        organisations=two_organisations(),
        clock=Watch(),
        sign_in_providers=file,
    )
    yield Desk(handrail, provider)
    stop(handrail)
    thread.do(closed(server))
    thread.close()


def described(issuer: str) -> dict[str, object]:
    return {
        "name": "Harbour accounts",
        "issuer": issuer,
        "client_id": OUR_ID,
        "client_secret": OUR_SECRET,
        "second_factor": "said",
    }


def invite_kim(desk: Desk, organisation: str = "harbour") -> None:
    invited(
        desk.handrail,
        role=StaffRole.LEAD,
        organisation=organisation,
        name="Kim Example",
        email="kim@example.org",
    )


def test_somebody_who_is_invited_comes_in_with_their_own_account_again_and_again(
    desk: Desk,
) -> None:
    invite_kim(desk)
    assert "Sign in with Harbour accounts" in desk.browser().http.get("/staff").text
    kim = desk.browser()
    page = desk.goes(kim)
    members = desk.handrail.record(lambda unit: unit.staff.of_organisation("harbour"))

    assert page.status_code == 200
    assert "Kim Example" in kim.http.get("/staff/account").text
    assert [one.role for one in members] == [StaffRole.LEAD]
    # From now on the provider's own id counts, whatever the address is.
    desk.provider.person["email"] = "kim.married@example.org"
    again = desk.browser()
    desk.goes(again)
    assert "Kim Example" in again.http.get("/staff/account").text


def test_somebody_who_has_a_password_here_is_the_same_person(desk: Desk) -> None:
    first = joined(desk.handrail, StaffRole.WORKER, "harbour", "Kim Example")
    kim = desk.browser()
    desk.goes(kim)
    members = desk.handrail.record(lambda unit: unit.staff.of_organisation("harbour"))

    assert first.is_in()
    assert kim.is_in()
    assert len(members) == 1


def test_nobody_comes_in_who_was_not_invited_there(desk: Desk) -> None:
    joined(desk.handrail, StaffRole.LEAD, "demo", "Kim Example")
    invite_kim(desk, "demo")
    stranger = desk.browser()
    page = desk.goes(stranger)

    assert page.status_code == 403
    assert "not signed in" in page.text
    assert not stranger.is_in()


def test_somebody_who_is_shut_out_stays_out(desk: Desk) -> None:
    invite_kim(desk)
    desk.goes(desk.browser())
    (kim,) = desk.handrail.record(lambda unit: unit.staff.of_organisation("harbour"))
    database = desk.handrail.house.database
    desk.handrail.thread.do(
        database.write(lambda unit: unit.staff.set_active(kim.id, False))
    )

    assert desk.goes(desk.browser()).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://elsewhere.example.org"},
        {"aud": "another-client"},
        {"aud": [OUR_ID, "another-client"]},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"sub": None},
        {"email": None},
        {"email_verified": False},
        {"email_verified": None},
        {"amr": ["pwd"]},
        {"amr": None},
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    desk: Desk, wrong: dict[str, object]
) -> None:
    invite_kim(desk)
    desk.provider.wrong = wrong
    kim = desk.browser()

    assert desk.goes(kim).status_code == 403
    assert not kim.is_in()
    desk.provider.wrong = {}
    assert desk.goes(kim).status_code == 200


def test_a_token_signed_by_somebody_else_lets_nobody_in(desk: Desk) -> None:
    invite_kim(desk)
    desk.provider.signs_with = RSAKey.generate_key(2048, {"kid": "first"})

    assert desk.goes(desk.browser()).status_code == 403


def test_a_provider_that_changed_its_key_is_asked_once_more(desk: Desk) -> None:
    invite_kim(desk)
    desk.goes(desk.browser())
    desk.provider.new_key()

    assert desk.goes(desk.browser()).status_code == 200


def test_a_sign_in_belongs_to_the_browser_that_began_it_and_works_once(
    desk: Desk,
) -> None:
    invite_kim(desk)
    kim, other = desk.browser(), desk.browser()
    back = desk.comes_to(kim)

    assert other.http.get(back).status_code == 403, "no note"
    desk.comes_to(other)
    assert other.http.get(back).status_code == 403, "another state"
    assert kim.http.get(back).status_code == 200
    assert desk.browser().http.get(back).status_code == 403
    assert kim.http.get(back).status_code == 403, "a code works once"


def test_what_matters_asks_for_a_fresh_sign_in_there(desk: Desk) -> None:
    invited(
        desk.handrail,
        role=StaffRole.ADMINISTRATOR,
        organisation="harbour",
        name="Kim Example",
        email="kim@example.org",
    )
    kim = desk.browser()
    desk.goes(kim)
    desk.handrail.clock.move(minutes=11)
    asked = kim.http.get("/staff/people")
    proving = kim.http.get(asked.headers["location"])
    again = f"{AWAY}?again=yes&next=/staff/people"

    assert asked.status_code == 303
    assert "Sign in again with Harbour accounts" in proving.text
    desk.provider.wrong = {"auth_time": 1_000_000_000}
    assert desk.goes(kim, again).status_code == 403
    desk.provider.wrong = {}
    page = desk.goes(kim, again)
    assert (desk.provider.asked["prompt"], desk.provider.asked["max_age"]) == (
        "login",
        "0",
    )
    assert "/staff/people" in page.text
    assert kim.http.get("/staff/people").status_code == 200


def test_the_way_back_leads_only_to_our_own_pages(desk: Desk) -> None:
    invite_kim(desk)
    page = desk.goes(desk.browser(), f"{AWAY}?next=https://elsewhere.example.org")

    assert "elsewhere" not in page.text


def test_a_provider_that_is_away_is_said_and_others_sign_in_as_ever(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "away.yml"
    file.write_text(yaml.safe_dump({"harbour": described("http://127.0.0.1:9")}))
    handrail = start(
        tmp_path / "other",
        ReadableDialogue(),
        organisations=two_organisations(),
        sign_in_providers=file,
    )
    page = StaffBrowser(handrail).http.get(AWAY)
    worker = joined(handrail)
    stop(handrail)

    assert page.status_code == 403
    assert worker.secret


def test_the_request_goes_with_pkce_and_nothing_but_what_is_needed(desk: Desk) -> None:
    sent = desk.browser().http.get(AWAY).headers["location"]
    asked = parse_qs(urlsplit(sent).query)

    assert asked["scope"] == ["openid email profile"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert "client_secret" not in asked


@pytest.mark.parametrize(
    "change",
    [{"issuer": "http://harbour.example.org"}, {"second_factor": "none"}, {"name": 0}],
)
def test_a_mistake_in_the_providers_file_is_named(
    tmp_path: Path, change: dict[str, object]
) -> None:
    fields = {**described("https://harbour.example.org"), **change}
    if change == {"name": 0}:
        del fields["name"]
    file = tmp_path / "providers.yml"
    file.write_text(yaml.safe_dump({"harbour": fields}))

    with pytest.raises(ValueError, match=r"providers\.yml"):
        read_providers(file, allow_http=False)


def test_a_code_of_one_provider_is_never_brought_to_another(desk: Desk) -> None:
    """RFC 9207: who answers may say who they are; then they are whom we asked."""
    invite_kim(desk)
    browser = desk.browser()
    back = desk.comes_to(browser)
    before = len(desk.provider.codes)
    mixed_up = browser.http.get(f"{back}&iss=https://evil.example.org")

    assert mixed_up.status_code == 403
    assert len(desk.provider.codes) == before, "the code was shown to nobody"
    again = desk.comes_to(browser)
    assert browser.http.get(f"{again}&iss={desk.provider.address}").status_code == 200
