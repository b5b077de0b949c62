"""Whoever finds a weakness is told where to say so."""

from datetime import datetime
from pathlib import Path

import httpx
import pytest

from runtime.settings import Settings
from tests.journeys.handrail import Handrail, start, stop

PATH = "/.well-known/security.txt"


def test_security_txt_says_where_to_write_and_until_when(tmp_path: Path) -> None:
    handrail = start(tmp_path, security_contact="mailto:security@example.org")
    answer = httpx.get(handrail.address + PATH, trust_env=False)
    now = handrail.house.clock()
    stop(handrail)
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())

    assert answer.headers["content-type"].startswith("text/plain")
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == handrail.address + PATH
    assert now < datetime.fromisoformat(fields["Expires"])


def test_without_a_contact_there_is_no_page(handrail: Handrail) -> None:
    assert httpx.get(handrail.address + PATH, trust_env=False).status_code == 404


@pytest.mark.parametrize(
    ("contact", "is_wrong"),
    [("somebody", True), ("mailto:a@example.org", False), ("", False)],
)
def test_a_contact_is_an_address(contact: str, is_wrong: bool) -> None:
    wrong = [name for name, _ in Settings(security_contact=contact)._shortfalls()]

    assert ("security_contact" in wrong) is is_wrong
