"""A passkey lets its owner in, here, once for each question, and no further."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from storage.staff.records import StaffRole
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.authenticator import Authenticator
from tests.staff.conftest import two_organisations
from tests.staff.people import PASSWORD, StaffBrowser, invited, joined
from tests.storage.keeping import Watch

ADD = "/staff/account/passkeys"
SIGN_IN = "/staff/sign-in/passkey"
PROVE = "/staff/prove/passkey"


@pytest.fixture
def handrail(tmp_path: Path, watch: Watch) -> Iterator[Handrail]:
    running = start(
        tmp_path,
        ReadableDialogue(),
        organisations=two_organisations(),
        clock=watch,
        host="localhost",
    )
    yield running
    stop(running)


def asked(browser: StaffBrowser, where: str) -> dict[str, object]:
    """Ask what a device is to sign, as the page's script does."""
    form = {"form_token": browser.form_token()} if browser.is_in() else {}
    answer = browser.http.post(f"{where}/begin", data=form)
    assert answer.status_code == 200, answer.status_code
    return json.loads(answer.text)  # type: ignore[no-any-return]


def with_a_passkey(browser: StaffBrowser, name: str = "Work phone") -> Authenticator:
    device = Authenticator(browser.handrail.address, used=1)
    added = browser.posts(ADD, name=name, answer=device.makes(asked(browser, ADD)))
    assert added.status_code == 303, added.text
    return device


def comes_in(browser: StaffBrowser, device: Authenticator) -> httpx.Response:
    return browser.http.post(
        SIGN_IN, data={"answer": device.shows(asked(browser, SIGN_IN))}
    )


def test_a_passkey_is_added_listed_signs_in_and_is_removed(handrail: Handrail) -> None:
    robin = joined(handrail)
    device = with_a_passkey(robin, "Robin's phone")
    page = robin.http.get("/staff/account").text
    another = StaffBrowser(handrail)
    came_in = comes_in(another, device)

    assert "Robin&#39;s phone" in page
    assert "not used yet" in page
    assert came_in.headers["location"] == "/staff"
    assert another.is_in()
    assert "last used under a minute ago" in robin.http.get("/staff/account").text
    (kept,) = handrail.record(lambda unit: unit.passkeys.of_member(_id(handrail)))
    robin.posts(f"{ADD}/{kept.id}/remove")
    assert comes_in(StaffBrowser(handrail), device).status_code == 403
    assert _did(handrail).count("passkey_added") == 1
    assert _did(handrail).count("passkey_removed") == 1


def test_no_question_is_answered_twice_nor_by_the_answer_to_another(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    device = with_a_passkey(robin)
    other = StaffBrowser(handrail)
    answer = device.shows(asked(other, SIGN_IN))

    assert other.http.post(SIGN_IN, data={"answer": answer}).status_code == 303
    assert other.http.post(SIGN_IN, data={"answer": answer}).status_code == 403
    # An answer for coming in proves nothing, and one for proving lets nobody in.
    proving = device.shows(asked(robin, PROVE))
    assert robin.http.post(SIGN_IN, data={"answer": proving}).status_code == 403
    coming = device.shows(asked(StaffBrowser(handrail), SIGN_IN))
    assert robin.posts(PROVE, answer=coming, next="/staff").status_code == 403


def test_a_question_lasts_five_minutes_and_belongs_to_one_browser(
    handrail: Handrail, watch: Watch
) -> None:
    device = with_a_passkey(joined(handrail))
    late, thief = StaffBrowser(handrail), StaffBrowser(handrail)
    answer = device.shows(asked(late, SIGN_IN))

    assert thief.http.post(SIGN_IN, data={"answer": answer}).status_code == 403
    watch.move(minutes=5)
    assert late.http.post(SIGN_IN, data={"answer": answer}).status_code == 403
    assert comes_in(late, device).status_code == 303


@pytest.mark.parametrize("wrong", ["origin", "lock", "owner", "count", "key", "id"])
def test_an_answer_that_does_not_hold_lets_nobody_in(
    handrail: Handrail, wrong: str
) -> None:
    device = with_a_passkey(joined(handrail))
    assert comes_in(StaffBrowser(handrail), device).status_code == 303
    match wrong:
        case "origin":
            device.origin = "https://handrail.example.com"
        case "lock":
            device.verifies = False
        case "owner":
            device.whose = b"0" * 32
        case "count":
            device.used = 0
        case "key":
            device.__post_init__()
        case "id":
            device.id = b"another" * 5
    stranger = StaffBrowser(handrail)

    assert comes_in(stranger, device).status_code == 403
    assert not stranger.is_in()


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "x" * 20_000, '{"id": 1}', "\x00", '"\ud800"']
)
def test_rubbish_is_refused_in_words_on_every_passkey_route(
    handrail: Handrail, answer: str
) -> None:
    robin = joined(handrail)
    with_a_passkey(robin)
    said = answer.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for where in (ADD, PROVE):
        asked(robin, where)
        assert robin.posts(where, answer=said, name="x").status_code == 403
    stranger = StaffBrowser(handrail)
    asked(stranger, SIGN_IN)
    refused = stranger.http.post(SIGN_IN, data={"answer": said})
    assert refused.status_code == 403
    assert "did not work here" in refused.text


def test_a_passkey_without_a_lock_is_not_kept(handrail: Handrail) -> None:
    robin = joined(handrail)
    device = Authenticator(handrail.address, verifies=False)
    added = robin.posts(ADD, name="Key", answer=device.makes(asked(robin, ADD)))

    assert added.status_code == 403
    assert "None yet" in robin.http.get("/staff/account").text


def test_adding_and_removing_ask_for_fresh_proof_and_a_passkey_gives_it(
    handrail: Handrail, watch: Watch
) -> None:
    robin = joined(handrail)
    device = with_a_passkey(robin)
    watch.move(minutes=11)
    refused = robin.http.get(f"{ADD}/add")
    proved = robin.posts(
        PROVE, answer=device.shows(asked(robin, PROVE)), next=f"{ADD}/add"
    )

    assert refused.headers["location"].startswith("/staff/prove")
    assert proved.headers["location"] == f"{ADD}/add"
    assert robin.http.get(f"{ADD}/add").status_code == 200


def test_nobody_proves_themselves_with_a_colleagues_passkey_or_removes_it(
    handrail: Handrail,
) -> None:
    robin, kim = joined(handrail), joined(handrail, name="Kim Example")
    theirs = with_a_passkey(kim)
    with_a_passkey(robin)
    (kept,) = handrail.record(
        lambda unit: unit.passkeys.of_member(_id(handrail, "Kim Example"))
    )

    answer = theirs.shows(asked(robin, PROVE))
    assert robin.posts(PROVE, answer=answer, next="/staff").status_code == 403
    assert robin.posts(f"{ADD}/{kept.id}/remove").status_code == 404
    assert comes_in(StaffBrowser(handrail), theirs).status_code == 303


def test_whoever_is_shut_out_stays_out_with_a_passkey_too(handrail: Handrail) -> None:
    device = with_a_passkey(joined(handrail))
    alex = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    alex.posts(f"/staff/people/{_id(handrail)}/shut-out")

    assert comes_in(StaffBrowser(handrail), device).status_code == 403


def test_a_fresh_start_after_a_lost_phone_ends_the_passkeys_on_it(
    handrail: Handrail,
) -> None:
    robin = joined(handrail)
    device = with_a_passkey(robin)
    alex = joined(handrail, StaffRole.ADMINISTRATOR, name="Alex Example")
    page = alex.posts(f"/staff/people/{_id(handrail)}/fresh-start", lost_phone="on")
    link = page.text.partition("/staff/join/")[2].partition("<")[0]
    again = StaffBrowser(handrail)
    again.joins(f"/staff/join/{link}", PASSWORD).raise_for_status()

    assert again.is_in()
    assert comes_in(StaffBrowser(handrail), device).status_code == 403


def test_the_question_to_a_stranger_says_nothing_about_anybody(
    handrail: Handrail,
) -> None:
    before = asked(StaffBrowser(handrail), SIGN_IN)
    with_a_passkey(joined(handrail))
    after = asked(StaffBrowser(handrail), SIGN_IN)

    assert before.pop("challenge") != after.pop("challenge")
    assert before == after
    assert before["allowCredentials"] == []
    assert before["userVerification"] == "required"


def test_another_site_begins_nothing(handrail: Handrail) -> None:
    browser = StaffBrowser(handrail)
    elsewhere = {"Origin": "https://elsewhere.example.org"}
    for where in (SIGN_IN, f"{SIGN_IN}/begin"):
        answer = browser.http.post(where, headers=elsewhere)
        assert (answer.status_code, answer.text) == (403, "")


def test_ten_passkeys_are_the_most(handrail: Handrail) -> None:
    robin = joined(handrail)
    for number in range(10):
        with_a_passkey(robin, f"Phone {number}")

    assert robin.http.get(f"{ADD}/add").status_code == 409
    form = {"form_token": robin.form_token()}
    assert robin.http.post(f"{ADD}/begin", data=form).status_code == 404


def test_an_address_without_a_name_offers_none(tmp_path: Path) -> None:
    plain = start(tmp_path, ReadableDialogue())
    link = invited(plain)
    robin = StaffBrowser(plain)
    robin.joins(link)
    page = robin.http.get("/staff/account").text
    begun = robin.http.post(f"{SIGN_IN}/begin")
    stop(plain)

    assert "passkey" not in page.casefold()
    assert begun.status_code == 404


def _id(handrail: Handrail, name: str = "Robin Example") -> str:
    members = handrail.record(lambda unit: unit.staff.of_organisation("demo"))
    return next(one.id for one in members if one.name == name)


def _did(handrail: Handrail) -> list[str]:
    return [row.action for row in handrail.record(lambda unit: unit.audit.rows())]
