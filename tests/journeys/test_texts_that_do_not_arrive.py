"""What follows when the network says that a text did not arrive, by its code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from channels.sms.codes import RULES, RetryAdvice
from channels.sms.outgoing import VALIDITY_S, TextKind
from gateway.handing_over.alerting import HOLDER, LOST_IN_CASE, Alerting
from handover import HandoverCase
from storage.records import OutboundState
from storage.staff.accounts import Credentials
from tests.journeys.clocks import london
from tests.journeys.handrail import OUR_NUMBER, Handrail, Sms, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from twilio_stand_in.settings import Behaviour
from twilio_stand_in.texts import Text

PHONE = "+447700900101"
WORKER = "robin@example.org"
FIRST, LEAD = "+447700900951", "+447700900953"
FINAL = [
    code
    for code, rule in RULES.items()
    if rule.advice is RetryAdvice.PERMANENT and code.startswith("300")
]


@pytest.fixture
def handrail(tmp_path: Path) -> Iterator[Handrail]:
    running = start(tmp_path, ReadableDialogue(), clock=london(2026, 11, 25, 14))
    yield running
    stop(running)


@pytest.fixture
def sms(handrail: Handrail) -> Sms:
    """Somebody who has said hello."""
    phone = handrail.sms(PHONE)
    phone.young_person_says("hello")
    return phone


def lost(handrail: Handrail, code: str) -> None:
    """From now on nothing arrives on this phone."""
    handrail.stand_in.behave(Behaviour(undelivered={PHONE: code}))


def sent(handrail: Handrail, number: str = PHONE) -> list[Text]:
    """Every text that was handed to Twilio for a number, arrived or not."""
    texts = handrail.stand_in.texts.values()
    return [text for text in texts if text.recipient == number]


def wait(handrail: Handrail, **by: float) -> None:
    """Let time pass, and let whatever is due be sent and reported on."""
    handrail.later(**by)
    handrail.thread.do(handrail.house.outbox.do_round())
    handrail.settled()


def last_text(handrail: Handrail) -> tuple[OutboundState, str | None]:
    from storage.tables.core import outbox

    def look(unit: Any) -> Any:
        rows = outbox.select().order_by(outbox.c.position.desc()).limit(1)
        return unit.connection.execute(rows).one()

    row = handrail.record(look)
    return OutboundState(row.state), row.last_code


@pytest.mark.parametrize(
    ("code", "pauses"),
    [("30003", (5, 30, 120)), ("30036", (5, 30, 120)), ("30008", (5, 30))],
)
def test_a_phone_that_was_off_is_tried_again_at_the_tables_times(
    handrail: Handrail, sms: Sms, code: str, pauses: tuple[int, ...]
) -> None:
    lost(handrail, code)
    before = len(sent(handrail))
    sms.young_person_says("are you there")
    tries = [len(sent(handrail)) - before]
    for minutes in pauses:
        wait(handrail, minutes=minutes - 1)
        tries.append(len(sent(handrail)) - before)
        wait(handrail, minutes=1)
        tries.append(len(sent(handrail)) - before)
    wait(handrail, days=1)

    counted = [again for n in range(1, len(pauses) + 1) for again in (n, n + 1)]
    assert tries == [1, *counted]
    assert len(sent(handrail)) - before == 1 + len(pauses)
    assert last_text(handrail) == (OutboundState.UNDELIVERABLE, code)


def test_once_the_phone_is_on_the_text_arrives_once(
    handrail: Handrail, sms: Sms
) -> None:
    lost(handrail, "30003")
    sms.young_person_says("are you there")
    handrail.stand_in.behave(Behaviour())
    wait(handrail, minutes=5)
    wait(handrail, hours=3)

    assert last_text(handrail)[0] is OutboundState.DELIVERED
    assert [text.status for text in sent(handrail)][-2:] == ["undelivered", "delivered"]


@pytest.mark.parametrize("code", FINAL)
def test_what_cannot_arrive_is_not_sent_again(
    handrail: Handrail, sms: Sms, code: str
) -> None:
    lost(handrail, code)
    sms.young_person_says("are you there")
    before = len(sent(handrail))
    wait(handrail, days=1)

    assert len(sent(handrail)) == before
    assert last_text(handrail) == (OutboundState.UNDELIVERABLE, code)


def test_a_text_that_waits_for_its_phone_holds_up_no_other(
    handrail: Handrail, sms: Sms
) -> None:
    lost(handrail, "30003")
    sms.young_person_says("are you there")
    handrail.stand_in.behave(Behaviour())
    before = len(sent(handrail))
    sms.young_person_says("i am back")

    assert len(sent(handrail)) == before + 1


def test_a_lost_crisis_text_is_sent_again_and_the_lead_is_told_of_nobody(
    handrail: Handrail, sms: Sms
) -> None:
    lost(handrail, "30003")
    sms.young_person_says("i want to die")
    (told,) = [text.body for text in sent(handrail, LEAD)]
    before = len(sent(handrail))
    wait(handrail, minutes=5)

    assert "a text with crisis words did not arrive" in told
    assert PHONE not in told
    assert "die" not in told
    assert len(sent(handrail)) == before + 1
    assert sent(handrail)[-1].validity_period == VALIDITY_S[TextKind.CRISIS]
    wait(handrail, hours=3)
    assert len(sent(handrail, LEAD)) == 1


def held_by_a_worker(handrail: Handrail, sms: Sms) -> HandoverCase:
    """A case that a worker who signs in by their address has claimed."""
    sms.asks_for_a_person()
    (waits,) = handrail.record(lambda unit: unit.handovers.waiting())
    handrail.desk().claims(waits.id).raise_for_status()
    handrail.settled()
    case: HandoverCase = handrail.record(lambda unit: unit.handovers.get(waits.id))
    assert case.claimed_by is not None
    account = Credentials(case.claimed_by, WORKER, "a hash", "a secret", 7)
    handrail.thread.do(
        handrail.house.database.write(lambda unit: unit.accounts.put(account))
    )
    return case


def lost_in(handrail: Handrail, case: HandoverCase) -> list[tuple[str, str]]:
    """Who was alerted to lost crisis words in a case, and by which way."""
    alerts = handrail.record(lambda unit: unit.alerts.of_case(case.id))
    return [(one.contact, one.way) for one in alerts if one.step == LOST_IN_CASE]


def test_the_worker_of_a_case_is_told_which_one(handrail: Handrail, sms: Sms) -> None:
    case = held_by_a_worker(handrail, sms)
    lost(handrail, "30005")
    sms.young_person_says("i want to die")
    told = sent(handrail, FIRST)[-1].body

    assert lost_in(handrail, case)[0] == (HOLDER, "email")
    assert len(lost_in(handrail, case)) == 2
    assert "a text with crisis words did not arrive" in told
    assert case.id in told
    assert sent(handrail, LEAD) == []


def test_a_lost_crisis_text_in_a_case_is_told_once_and_never_to_nobody_without_a_word(
    handrail: Handrail,
    sms: Sms,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    case = held_by_a_worker(handrail, sms)
    monkeypatch.setattr(Alerting, "_contact", lambda *_: None)
    lost(handrail, "30003")
    sms.young_person_says("i want to die")
    wait(handrail, minutes=5)

    assert lost_in(handrail, case) == [(HOLDER, "email")]
    assert "nobody is on call for a lost crisis text" in caplog.text


def test_each_kind_of_text_waits_in_the_queue_for_its_own_time(
    handrail: Handrail, sms: Sms
) -> None:
    sms.asks_for_a_person()
    handrail.settled()
    kinds = {text.recipient: text.validity_period for text in sent(handrail, FIRST)}
    answers = {text.validity_period for text in sent(handrail)}

    assert kinds == {FIRST: VALIDITY_S[TextKind.STAFF_ALERT]}
    assert answers == {VALIDITY_S[TextKind.ORDINARY]}
    assert {text.sender for text in sent(handrail)} == {OUR_NUMBER}
