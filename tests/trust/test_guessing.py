"""Ten thousand guesses, each from another address, open nothing (T36).

The long form (HANDRAIL_LONG=1) makes all of them; the short one a few hundred.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from itertools import count
from random import Random

import httpx
import pytest

from gateway.desk.known_browsers import MOST_WRONG
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.plan_pages.young_person import Robin
from tests.staff.people import PASSWORD, StaffBrowser, joined

LONG = os.environ.get("HANDRAIL_LONG") == "1"
GUESSES = 10_000 if LONG else 300
PIN = "7391"
FIRST_ADDRESS = int(ip_address("203.0.113.0"))
addresses = count(FIRST_ADDRESS)

pytestmark = pytest.mark.timeout(3600 if LONG else 300)


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    running = start(tmp_path_factory.mktemp("guessed"), ReadableDialogue(), proxies=1)
    yield running
    stop(running)


def elsewhere() -> Mapping[str, str]:
    """What a proxy adds for an address that was not here before."""
    return {"X-Forwarded-For": str(ip_address(next(addresses)))}


@pytest.fixture
def stranger(handrail: Handrail) -> Iterator[httpx.Client]:
    origin = {"Origin": handrail.address}
    with httpx.Client(
        base_url=handrail.address, headers=origin, trust_env=False
    ) as client:
        yield client


def opens_plan(client: httpx.Client, token: str) -> httpx.Response:
    return client.post(f"/my/o/{token}", data={"pin": ""}, headers=elsewhere())


def opens_share(client: httpx.Client, token: str) -> httpx.Response:
    return client.post(f"/s/{token}", headers=elsewhere())


def reads_chat(client: httpx.Client, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", **elsewhere()}
    return client.get("/api/chat/messages", headers=headers)


@pytest.mark.parametrize("tries", [opens_plan, opens_share, reads_chat])
def test_no_guessed_token_opens_anything_and_every_no_is_alike(
    handrail: Handrail,
    stranger: httpx.Client,
    tries: Callable[[httpx.Client, str], httpx.Response],
) -> None:
    Robin(handrail).wrote().link()
    answers = set()
    for _ in range(GUESSES):
        token = secrets.token_hex(16)
        answer = tries(stranger, token)
        answers.add((answer.status_code, answer.text.replace(token, "")))

    assert len(answers) == 1
    assert answers.pop()[0] in (401, 403, 404)


def test_every_pin_there_is_does_not_open_a_link(
    handrail: Handrail, stranger: httpx.Client
) -> None:
    robin = Robin(handrail).wrote()
    robin.in_records(lambda unit: unit.plan_links.set_pin(robin.person, PIN))
    token = robin.link()
    pins = [f"{number:04}" for number in range(10_000) if f"{number:04}" != PIN]
    Random(36).shuffle(pins)
    tried = [*pins[: GUESSES - 1], PIN]

    said = {
        stranger.post(
            f"/my/o/{token}", data={"pin": pin}, headers=elsewhere()
        ).status_code
        for pin in tried
    }

    assert said == {403}
    assert robin.opens_a_link(PIN).page.status_code == 200


def test_a_password_is_not_found_and_who_knows_it_still_comes_in(
    handrail: Handrail, stranger: httpx.Client
) -> None:
    robin = joined(handrail)
    robin.posts("/staff/sign-out")
    guesser = StaffBrowser(handrail, email=robin.email)
    said = []
    for number in range(GUESSES):
        guesser.http.headers.update(elsewhere())
        said.append(guesser.signs_in(f"a guess, number {number}", "000000").status_code)

    assert said[:MOST_WRONG] == [403] * MOST_WRONG
    assert set(said[MOST_WRONG:]) == {429}
    assert guesser.signs_in(PASSWORD, robin.recovery_codes[0]).status_code == 429
    assert robin.signs_in().status_code == 303
