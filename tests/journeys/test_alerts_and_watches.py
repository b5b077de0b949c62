"""Alerts find somebody, by whichever way still works; and what the lead hears of."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from handover.on_call import Address, OnCall, OnCallContact, Place, Way
from storage.records import OutboundState
from tests.alerts.staff_ends import HookedSystem, MailServer, closed
from tests.journeys.charities import only, the_demo_charity
from tests.journeys.clocks import StillClock, london
from tests.journeys.handrail import Handrail, start, stop
from tests.journeys.loop_thread import LoopThread
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.staff.people import joined
from tests.storage.keeping import Watch
from twilio_stand_in.settings import Behaviour

FIRST, LEAD = "+447700900951", "+447700900953"
SECRET = "7c" * 16
LANDLINE_OR_UNREACHABLE = "30003"
UNREACHABLE = OutboundState.UNDELIVERABLE


class Ends:
    """A mail server and a webhook's receiver, really listening."""

    def __init__(self) -> None:
        self.thread = LoopThread()
        self.mail, self.hook = MailServer(), HookedSystem()
        self._open = [self.thread.do(each.start()) for each in (self.mail, self.hook)]

    def charity(self) -> Any:
        """The demo charity: its first contact has every way, its lead keeps e-mail."""
        first = OnCallContact(
            "worker on shift",
            (
                Address(Way.SMS, FIRST),
                Address(Way.EMAIL, "shift@example.org"),
                Address(Way.WEBHOOK, self.hook.address),
            ),
        )
        lead = OnCallContact(
            "lead", (Address(Way.SMS, LEAD), Address(Way.EMAIL, "lead@example.org"))
        )
        chain = {Place.FIRST: (first,), Place.SECOND: (), Place.LEAD: (lead,)}
        return the_demo_charity(on_call=OnCall(chain))

    def close(self) -> None:
        for each in self._open:
            self.thread.do(closed(each))
        self.thread.close()


@pytest.fixture
def ends() -> Iterator[Ends]:
    ends = Ends()
    yield ends
    ends.close()


@pytest.fixture
def clock() -> StillClock:
    return london(2026, 11, 25, 14)


@pytest.fixture
def handrail(tmp_path: Path, ends: Ends, clock: StillClock) -> Iterator[Handrail]:
    running = start(
        tmp_path,
        ReadableDialogue(),
        clock=clock,
        organisations=only(ends.charity()),
        smtp_host="127.0.0.1",
        smtp_port=ends.mail.port,
        smtp_security="none",
        alert_secret=SECRET,
    )
    yield running
    stop(running)


def raised(handrail: Handrail) -> list[tuple[str, OutboundState, str | None]]:
    """Every alert of the case that waits: its way, how far it got, and why not."""

    def read(unit: Any) -> Any:
        (case,) = unit.handovers.waiting()
        return [(one.way, one.state, one.code) for one in unit.alerts.of_case(case.id)]

    return list(handrail.record(read))


def test_an_alert_goes_from_text_to_email_to_webhook_within_half_a_minute_each(
    handrail: Handrail, ends: Ends
) -> None:
    handrail.stand_in.behave(Behaviour(undelivered={FIRST: LANDLINE_OR_UNREACHABLE}))
    ends.mail.refuses = True
    handrail.web_chat().asks_for_a_person()
    handrail.settled()
    assert [way for way, _, _ in raised(handrail)] == ["sms"]

    handrail.later(seconds=30)
    assert [way for way, _, _ in raised(handrail)][:2] == ["sms", "email"]
    handrail.later(seconds=30)
    ((headers, body),) = ends.hook.taken

    assert raised(handrail) == [
        ("sms", UNREACHABLE, LANDLINE_OR_UNREACHABLE),
        ("email", UNREACHABLE, "email_refused"),
        ("webhook", OutboundState.SENT, None),
    ]
    assert standard_webhooks_signature(headers, body) == headers["webhook-signature"]
    assert "is waiting for a person" in json.loads(body)["text"]


def standard_webhooks_signature(headers: dict[str, str], body: bytes) -> str:
    """What a receiver works out for itself, by the specification."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


def test_a_lead_who_cannot_be_texted_is_told_of_a_gap_by_email(
    handrail: Handrail, ends: Ends
) -> None:
    handrail.stand_in.behave(Behaviour(undelivered={LEAD: LANDLINE_OR_UNREACHABLE}))
    ends_on(handrail, date(2026, 11, 26))
    handrail.later(days=1)

    assert any("last day of the data agreement" in each for each in ends.mail.taken)


def ends_on(handrail: Handrail, last_day: date) -> None:
    handrail.thread.do(
        handrail.house.database.write(
            lambda unit: unit.agreements.record(
                organisation=unit.chat_links.get("demo").organisation,
                lawful_basis="legitimate_interests",
                reference="DSA 12",
                expires_on=last_day,
            )
        )
    )


def told(handrail: Handrail, part: str) -> list[str]:
    """The lead's texts that hold this."""
    texts = handrail.stand_in.phone(LEAD).texts
    return [one.body for one in texts if part in one.body]


def test_the_lead_hears_of_an_agreements_end_before_it_and_at_it(
    handrail: Handrail, clock: StillClock
) -> None:
    ends_on(handrail, (clock.now + timedelta(days=40)).date())
    counted = []
    for days in (9, 2, 22, 6, 1, 1, 20):
        handrail.later(days=days)
        counted.append(len(told(handrail, "data agreement")))

    assert counted == [0, 1, 2, 3, 4, 5, 5]
    assert "has ended" in told(handrail, "data agreement")[-1]


def test_somebody_who_cannot_share_because_it_ended_is_heard_of_at_once(
    handrail: Handrail, clock: StillClock
) -> None:
    ends_on(handrail, (clock.now - timedelta(days=1)).date())
    web = handrail.web_chat()
    for _ in range(3):
        web.young_person_says("PERSON")
    handrail.settled()

    assert "handover.sharing_is_off" in web.keys
    assert len(told(handrail, "has ended")) == 1


def test_the_audit_trails_head_is_kept_elsewhere_every_morning(
    handrail: Handrail, ends: Ends
) -> None:
    handrail.web_chat().asks_for_a_person()
    handrail.desk().board()
    handrail.later(days=2)
    heads = [line for each in ends.mail.taken for line in kept_lines(each)]
    number, link = heads[-1].split(":")

    assert len(heads) == 2
    assert handrail.record(lambda unit: unit.audit.link_of(int(number))) == link


def kept_lines(mail: str) -> list[str]:
    said = message_from_string(mail).get_payload(decode=True).decode()
    words = said.replace("\n", " ").split("Keep this line: ")
    return [words[1].split()[0]] if len(words) > 1 else []


@pytest.mark.parametrize("deed", ["changed", "cut off", "rebuilt from the end"])
def test_a_trail_that_was_tampered_with_is_told_to_the_lead_the_next_morning(
    handrail: Handrail, deed: str
) -> None:
    handrail.web_chat().asks_for_a_person()
    handrail.desk().board()
    handrail.later(days=1)

    def tampers(unit: Any) -> None:
        run = lambda words: unit.connection.execute(text(words))  # noqa: E731
        run("DROP TRIGGER audit_rows_stay_update")
        run("DROP TRIGGER audit_rows_stay_delete")
        if deed == "changed":
            run("UPDATE audit_rows SET actor = 'nobody' WHERE number = 1")
            return
        run(
            "DELETE FROM audit_rows WHERE number = (SELECT max(number) FROM audit_rows)"
        )
        if deed == "rebuilt from the end":
            now = unit.clock()
            unit.audit.append(actor="x", action="y", subject="z", at=now)

    handrail.thread.do(handrail.house.database.write(tampers))
    assert told(handrail, "not sound") == []
    handrail.later(days=1)

    assert len(told(handrail, "not sound")) == 1
    handrail.later(days=1)
    assert len(told(handrail, "not sound")) == 2, "it is said until it is mended"


def test_the_colleague_that_a_case_is_handed_to_is_alerted(
    tmp_path: Path, ends: Ends
) -> None:
    handrail = start(
        tmp_path,
        ReadableDialogue(),
        clock=Watch(),
        organisations=only(ends.charity()),
        smtp_host="127.0.0.1",
        smtp_port=ends.mail.port,
        smtp_security="none",
    )
    robin, kim = (joined(handrail, name=f"{each} Example") for each in ("Robin", "Kim"))
    handrail.web_chat().asks_for_a_person()
    (case,) = handrail.record(lambda unit: unit.handovers.waiting())
    members = handrail.record(lambda unit: unit.staff.of_organisation("demo"))
    (wanted,) = [one.id for one in members if one.name.startswith("Kim")]
    robin.posts(f"/staff/cases/{case.id}/claim")
    robin.posts(f"/staff/cases/{case.id}/hand-on", colleague=wanted)
    handrail.settled()
    (mail,) = ends.mail.taken
    stop(handrail)

    assert f"To: {kim.email}" in mail
    assert f"case {case.number} was handed to you" in " ".join(mail.split())
    assert f"/staff/cases/{case.id}" in mail.replace("=\r\n", "")
