"""Whoever keeps watch sees counts and times, and nothing of anybody."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

TOKEN = "a token for the watch, long enough to be one"
CANARY = "marmalade-lighthouse"


@pytest.fixture
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    running = start(
        tmp_path_factory.mktemp("metrics"), ReadableDialogue(), metrics_token=TOKEN
    )
    yield running
    stop(running)


def seen(handrail: Handrail, token: str = TOKEN) -> httpx.Response:
    return httpx.get(
        f"{handrail.address}/metrics",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    )


def value(page: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    assert found, f"{name} is not on the page"
    return float(found[1])


def test_messages_and_crisis_words_are_counted_and_timed(
    handrail: Handrail, sms: Sms, web: WebChat
) -> None:
    sms.young_person_says(CANARY)
    web.young_person_says("i want to die")
    page = seen(handrail).text

    received = "handrail_messages_received_total"
    assert value(page, received + '{channel="sms",crisis_words="no"}') == 1
    assert value(page, received + '{channel="web",crisis_words="yes"}') == 1
    assert value(page, "handrail_crisis_words_seconds_count") == 1
    assert value(page, "handrail_database_up") == 1
    assert value(page, "handrail_outbox_waiting") == 0


def test_nothing_of_anybody_is_on_the_page(handrail: Handrail, sms: Sms) -> None:
    sms.young_person_says(CANARY)
    page = seen(handrail).text

    assert CANARY not in page
    assert sms.number not in page
    labels = set(re.findall(r'(\w+)="', page))
    assert labels == {"channel", "crisis_words", "le"}


@pytest.mark.parametrize("token", ["x", "wrong", TOKEN[:-1]])
def test_without_the_token_nothing_is_shown(handrail: Handrail, token: str) -> None:
    answer = seen(handrail, token)

    assert (answer.status_code, answer.content) == (401, b"")
