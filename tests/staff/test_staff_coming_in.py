"""Staff come in by an invitation, a password and a code, and by nothing less."""

import asyncio
import re
import uuid
from pathlib import Path

import httpx
import pyotp
import pytest
from argon2 import extract_parameters
from argon2.exceptions import VerifyMismatchError

from foundations.ids import OrganisationId
from gateway.desk.known_browsers import MOST_WRONG
from gateway.desk.passwords import PasswordProblem, hash_of_nobody, problem_with
from gateway.desk.people import invite_first
from gateway.desk.second_factor import as_recovery_code
from runtime.wiring.house import application, build
from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail
from tests.runtime.production import production
from tests.staff.people import (
    HASHER_IN_USE,
    OTHER_PASSWORD,
    PASSWORD,
    StaffBrowser,
    invited,
    joined,
    key_on,
)
from tests.storage.keeping import Watch
from twilio_stand_in.serving import loopback_socket, serving


def test_an_invitation_is_used_once_and_ends_at_the_desk(handrail: Handrail) -> None:
    link = invited(handrail)
    robin = StaffBrowser(handrail)
    page = robin.joins(link)

    assert page.status_code == 200
    assert len(robin.recovery_codes) == 10
    assert robin.is_in()
    assert robin.http.get("/staff").headers["location"] == "/staff/inbox"
    late = StaffBrowser(handrail)
    assert late.http.get(link).status_code == 403
    assert late.http.post(link, data=robin.joining(PASSWORD)).status_code == 403


def test_joining_asks_for_a_good_password_and_a_working_code(
    handrail: Handrail,
) -> None:
    link = invited(handrail)
    robin = StaffBrowser(handrail)
    refused = robin.joins(link, "short")
    easy = robin.joins(link, "password123456")
    no_code = {**robin.joining(PASSWORD), "code": "000000"}
    different = {**robin.joining(PASSWORD), "again": OTHER_PASSWORD}

    assert "too short" in refused.text
    assert "easy to guess" in easy.text
    assert "did not match" in robin.http.post(link, data=no_code).text
    assert "not the same" in robin.http.post(link, data=different).text
    assert not robin.is_in()
    assert robin.joins(link).status_code == 200


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", PasswordProblem.SHORT),
        ("kettle tues", PasswordProblem.SHORT),
        ("a" * 201, PasswordProblem.LONG),
        ("password12345", PasswordProblem.EASY),
        ("qwertyuiopasd", PasswordProblem.EASY),
        ("Robin Example 1", PasswordProblem.EASY),
        ("handrailhandrail", PasswordProblem.EASY),
        (PASSWORD, None),
        ("correct-horse-battery", None),
        ("пять ламп у канала", None),
    ],
)
def test_a_password_is_long_and_hard_to_guess_and_nothing_else_is_asked(
    password: str, problem: PasswordProblem | None
) -> None:
    about = ("Robin Example", "robin@example.org", "handrail")

    assert problem_with(password, about) is problem


def test_passwords_are_kept_by_argon2id_as_rfc_9106_recommends() -> None:
    kept = HASHER_IN_USE.hash(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_password_of_nobody_is_checked_with_as_much_work_and_is_wrong() -> None:
    nobodys = hash_of_nobody(HASHER_IN_USE)

    assert extract_parameters(nobodys) == extract_parameters(
        HASHER_IN_USE.hash(PASSWORD)
    )
    with pytest.raises(VerifyMismatchError):
        HASHER_IN_USE.verify(nobodys, PASSWORD)


def test_all_three_must_be_right_and_the_page_does_not_say_which_was_not(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    robin.http.cookies.clear()
    recovery = robin.recovery_codes[0]
    answers = [
        robin.signs_in("not my password at all", robin.code()),
        robin.signs_in(PASSWORD, "000000"),
        robin.signs_in(PASSWORD, "aaaaa-aaaaa"),
        StaffBrowser(handrail, email="nobody@example.org").signs_in(PASSWORD, recovery),
    ]
    pages = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}

    assert [answer.status_code for answer in answers] == [403] * 4
    assert len(pages) == 1
    assert not robin.is_in()
    assert robin.signs_in(PASSWORD, robin.code()).status_code == 303
    assert robin.is_in()


def test_a_code_works_once_though_its_half_minute_is_not_over(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    robin.http.cookies.clear()
    code = robin.code()

    assert robin.signs_in(PASSWORD, code).status_code == 303
    assert robin.signs_in(PASSWORD, code).status_code == 403
    assert robin.signs_in(PASSWORD, robin.code(-1)).status_code == 403


def test_a_recovery_code_works_once_however_it_is_typed(handrail: Handrail) -> None:
    robin = joined(handrail)
    robin.http.cookies.clear()
    code = robin.recovery_codes.pop()
    typed = f" {code.upper().replace('-', ' ')} "

    assert as_recovery_code(typed) == code
    assert robin.signs_in(PASSWORD, typed).status_code == 303
    assert robin.signs_in(PASSWORD, code).status_code == 403


def test_guessing_is_stopped_and_a_browser_that_came_in_before_is_not(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    robin.posts("/staff/sign-out")
    stranger = StaffBrowser(handrail, email=robin.email)
    guesses = [
        stranger.signs_in("a guess of a stranger", "000000").status_code
        for _ in range(MOST_WRONG)
    ]
    stopped = stranger.signs_in(PASSWORD, robin.recovery_codes[0])

    assert guesses == [403] * MOST_WRONG
    assert stopped.status_code == 429
    assert "Wait 15 minutes" in stopped.text
    assert robin.signs_in().status_code == 303
    assert robin.is_in()


def test_guessing_at_one_account_does_not_stop_a_colleague(handrail: Handrail) -> None:
    robin = joined(handrail)
    alex = joined(handrail, name="Alex Example")
    alex.http.cookies.clear()
    stranger = StaffBrowser(handrail, email=robin.email)
    for _ in range(MOST_WRONG):
        stranger.signs_in("a guess of a stranger", "000000")

    assert alex.signs_in().status_code == 303


def test_sessions_are_listed_and_any_of_them_can_be_ended(handrail: Handrail) -> None:
    phone = joined(handrail)
    office = StaffBrowser(handrail, email=phone.email)
    office.http.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    code = phone.recovery_codes.pop()
    assert office.signs_in(PASSWORD, code).status_code == 303
    page = phone.http.get("/staff/account").text
    ending = re.findall(r"/staff/account/sessions/[0-9a-f]{32}/end", page)

    assert "Firefox on Windows" in page
    assert len(ending) == 1
    assert phone.posts(ending[0]).status_code == 303
    assert (office.is_in(), phone.is_in()) == (False, True)


def test_signing_out_everywhere_ends_every_session(handrail: Handrail) -> None:
    phone = joined(handrail)
    office = StaffBrowser(handrail, email=phone.email)
    office.signs_in(PASSWORD, phone.recovery_codes.pop())
    office.posts("/staff/account/sign-out-everywhere")

    assert (office.is_in(), phone.is_in()) == (False, False)


def test_a_new_password_ends_the_other_sessions_and_the_old_password(
    handrail: Handrail,
) -> None:
    phone = joined(handrail)
    office = StaffBrowser(handrail, email=phone.email)
    office.signs_in(PASSWORD, phone.recovery_codes.pop())
    wrong = phone.posts(
        "/staff/account/password",
        now="not my password",
        password=OTHER_PASSWORD,
        again=OTHER_PASSWORD,
    )
    changed = phone.posts(
        "/staff/account/password",
        now=PASSWORD,
        password=OTHER_PASSWORD,
        again=OTHER_PASSWORD,
    )

    assert (wrong.status_code, changed.status_code) == (403, 200)
    assert (office.is_in(), phone.is_in()) == (False, True)
    code = phone.recovery_codes.pop
    assert office.signs_in(PASSWORD, code()).status_code == 403
    assert office.signs_in(OTHER_PASSWORD, code()).status_code == 303


def test_a_form_needs_our_own_page_and_its_sessions_token(handrail: Handrail) -> None:
    robin, alex = joined(handrail), joined(handrail, name="Alex Example")
    where, token = "/staff/account/sign-out-everywhere", robin.form_token()

    def post(form_token: str, **headers: str) -> int:
        answer = robin.http.post(
            where, data={"form_token": form_token}, headers=headers
        )
        return answer.status_code

    assert post("") == 403
    assert post("0" * 64) == 403
    assert post(alex.form_token()) == 403
    assert post(token, Origin="https://elsewhere.example") == 403
    assert post(token, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert robin.is_in()
    assert post(token) == 200
    assert not robin.is_in()


def test_settings_ask_for_a_code_again_after_ten_minutes(
    handrail: Handrail, watch: Watch
) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    assert alex.http.get("/staff/people").status_code == 200
    watch.move(minutes=10)
    asked = alex.http.get("/staff/people")
    wrong = alex.posts("/staff/prove", code="000000", next="/staff/people")
    proved = alex.posts("/staff/prove", code=alex.code(), next="/staff/people")

    assert asked.headers["location"] == "/staff/prove?next=/staff/people"
    assert wrong.status_code == 403
    assert proved.headers["location"] == "/staff/people"
    assert alex.http.get("/staff/people").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example", "//elsewhere.example", "/staff\\@x", ""]
)
def test_a_sign_in_leads_to_no_other_site(handrail: Handrail, elsewhere: str) -> None:
    alex = joined(handrail)
    proved = alex.posts("/staff/prove", code=alex.code(), next=elsewhere)

    assert proved.headers["location"] == "/staff"


def test_a_page_left_open_signs_nobody_in_for_longer(
    handrail: Handrail, watch: Watch
) -> None:
    robin = joined(handrail)
    watch.move(minutes=8)
    assert robin.http.get("/staff/inbox?fragment=1").status_code == 200
    watch.move(minutes=8)
    assert robin.http.get("/staff/inbox?fragment=1").status_code == 401


def test_whoever_is_there_stays_signed_in(handrail: Handrail, watch: Watch) -> None:
    robin = joined(handrail)
    for _ in range(3):
        watch.move(minutes=8)
        kept = robin.http.get("/staff/inbox?fragment=1&here=1")
        assert kept.status_code == 200


def test_nothing_is_changed_by_looking(handrail: Handrail) -> None:
    robin = joined(handrail)
    for path in ("/staff/sign-out", "/staff/account/sign-out-everywhere"):
        assert robin.http.get(path).status_code == 405

    assert robin.is_in()


def test_an_administrator_invites_shuts_out_and_gives_fresh_starts(
    handrail: Handrail,
) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    page = alex.posts(
        "/staff/people/invite",
        name="Robin Example",
        email="robin@example.org",
        role="worker",
    ).text
    robin = StaffBrowser(handrail)
    robin.joins(re.search(r"/staff/join/[\w-]+", page)[0])  # type: ignore[index]
    people = alex.http.get("/staff/people").text
    member = re.search(r"/staff/people/([0-9a-f]{32})/shut-out", people)[1]  # type: ignore[index]

    assert robin.is_in()
    alex.posts(f"/staff/people/{member}/shut-out")
    assert not robin.is_in()
    assert robin.signs_in().status_code == 403
    alex.posts(f"/staff/people/{member}/let-in")
    fresh = alex.posts(f"/staff/people/{member}/fresh-start").text
    link = re.search(r"/staff/join/[\w-]+", fresh)[0]  # type: ignore[index]
    no_code = {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD, "code": "000000"}
    assert robin.http.post(link, data=no_code).status_code == 403
    own_code = {**no_code, "code": robin.code()}
    assert robin.http.post(link, data=own_code).status_code == 200
    assert robin.is_in()


def test_an_administrator_cannot_shut_themselves_out(handrail: Handrail) -> None:
    alex = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    me = handrail.record(lambda unit: unit.staff.of_organisation("demo")[0].id)

    assert alex.posts(f"/staff/people/{me}/shut-out").status_code == 403
    assert alex.posts(f"/staff/people/{me}/role", role="worker").status_code == 403
    assert alex.is_in()


def test_what_staff_did_is_in_the_audit_trail_and_the_trail_is_sound(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    robin.signs_in("not my password at all", "000000")
    robin.posts("/staff/sign-out")
    rows = handrail.record(lambda unit: unit.audit.rows())

    did = [row.action for row in rows]
    assert did == ["invited", "joined", "signed_in", "sign_in_refused", "signed_out"]
    assert handrail.record(lambda unit: unit.audit.verify()) is None


def test_cookies_of_an_https_desk_are_bound_to_its_host(tmp_path: Path) -> None:
    cookies, headers = asyncio.run(joins_in_production(tmp_path))

    assert len(cookies) == 2
    for cookie in cookies:
        assert re.match("__Host-handrail_(staff|browser)=", cookie)
        assert {"Path=/", "HttpOnly", "Secure"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains"
    )


async def joins_in_production(home: Path) -> tuple[list[str], httpx.Headers]:
    house = build(production(home))
    app = application(house, name=f"handrail_{uuid.uuid4().hex}")
    origin = {"Origin": "https://handrail.example.org"}
    async with (
        serving(app, loopback_socket()) as address,
        httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as browser,
    ):
        token = await invite_first(
            house.database,
            organisation=OrganisationId("demo"),
            name="Robin",
            email="robin@example.org",
            role=StaffRole.WORKER,
        )
        page = (await browser.get(f"/staff/join/{token}")).text
        code = pyotp.TOTP(key_on(page)).now()
        filled = {"password": PASSWORD, "again": PASSWORD, "code": code}
        answer = await browser.post(f"/staff/join/{token}", data=filled, headers=origin)
        assert (await browser.get("/staff/sign-in/any")).status_code == 401
    return answer.headers.get_list("set-cookie"), answer.headers
