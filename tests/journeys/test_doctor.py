"""The doctor looks at a running Handrail from outside, and says what to mend."""

from math import inf

import httpx
import pytest
from sqlalchemy import func, select

from runtime import doctor
from runtime.doctor import Finding, look_over
from runtime.settings import Settings
from storage import UnitOfWork
from storage.tables.core import metadata
from tests.journeys.handrail import OUR_NUMBER, Handrail


def findings(handrail: Handrail, **changed: object) -> dict[str, Finding]:
    known = handrail.stand_in.settings
    settings = handrail.house.settings.model_copy(
        update={
            "twilio_account_sid": known.account_sid,
            "twilio_auth_token": Settings.model_fields["twilio_auth_token"].annotation(
                known.auth_token
            ),
            "twilio_numbers": OUR_NUMBER,
            **changed,
        }
    )
    found = [*look_over(settings)]
    return {finding.what.split(" came in ")[0]: finding for finding in found}


def test_what_works_from_outside_is_well_and_what_is_for_a_local_run_is_named(
    handrail: Handrail,
) -> None:
    found = findings(handrail)

    assert found["crisis words"].is_well
    assert found["Twilio's signature is checked over the public address"].is_well
    assert found["the inside is not reachable from outside"].is_well
    assert found["pages come with strict headers"].is_well
    assert found["keys can be read, and only by us"].is_well
    assert not found["settings are fit for real use"].is_well
    # No Rasa runs in this test, and the doctor sees that.
    assert "dialogue is" in found["every part runs"].mend


def test_a_public_address_that_is_not_the_one_twilio_calls_is_found(
    handrail: Handrail,
) -> None:
    port = handrail.house.settings.port
    found = findings(handrail, public_url=f"http://localhost:{port}")

    looked = found["Twilio's signature is checked over the public address"]
    assert not looked.is_well
    assert "403" in looked.mend


def test_a_server_that_does_not_answer_is_a_finding_and_no_crash(
    handrail: Handrail, unused_tcp_port: int
) -> None:
    found = findings(handrail, public_url=f"http://127.0.0.1:{unused_tcp_port}")

    assert not found["crisis words come"].is_well
    assert "gave no answer" in found["crisis words come"].mend


@pytest.mark.parametrize(("proxies", "is_well"), [(0, False), (1, True)])
def test_an_encrypted_address_has_a_proxy_in_front_that_must_be_counted(
    handrail: Handrail, proxies: int, is_well: bool, unused_tcp_port: int
) -> None:
    address = f"https://127.0.0.1:{unused_tcp_port}"
    found = findings(handrail, public_url=address, proxies=proxies)

    assert found["callers are told apart by their addresses"].is_well is is_well


@pytest.mark.parametrize(("off_s", "is_well"), [(0.2, True), (16.0, False)])
def test_a_clock_that_nobody_keeps_is_found_where_there_is_no_timedatectl(
    handrail: Handrail, monkeypatch: pytest.MonkeyPatch, off_s: float, is_well: bool
) -> None:
    monkeypatch.setenv("PATH", "")
    assert 0 <= doctor.furthest_off_s() < inf
    monkeypatch.setattr(doctor, "furthest_off_s", lambda: off_s)

    assert findings(handrail)["the machine keeps its time"].is_well is is_well


@pytest.mark.parametrize(("oldest_s", "is_well"), [(3, True), (300, False)])
def test_texts_that_do_not_leave_are_found(oldest_s: int, is_well: bool) -> None:
    how = {"outbox": {"waiting": 2, "oldest_s": oldest_s}}
    answers = httpx.MockTransport(lambda _: httpx.Response(200, json=how))
    with httpx.Client(transport=answers, base_url="http://handrail.test") as web:
        found = doctor._texts_leave(Settings(), web)

    assert found.is_well is is_well
    assert "outbox_old.md" in found.mend


def test_looking_keeps_nothing(handrail: Handrail) -> None:
    def rows(unit: UnitOfWork) -> dict[str, int | None]:
        return {
            table.name: unit.connection.scalar(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
        }

    before = handrail.record(rows)
    findings(handrail)

    assert handrail.record(rows) == before


@pytest.fixture
def unused_tcp_port() -> int:
    from runtime.supervisor import free_port

    return free_port()
