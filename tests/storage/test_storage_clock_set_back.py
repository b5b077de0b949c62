"""A clock that was set back keeps nobody waiting for the time it had told."""

from datetime import timedelta

import pytest

from channels.sms.codes import RULES
from foundations.clock import utc_now
from gateway.texting.outbox_worker import PAUSES_S
from storage.claiming import OUT_OF_HOURS, PUT_OFF_AT_MOST
from storage.due_work import NewDueWork
from storage.tables.core import outbox
from storage.tables.due import due_work
from tests.storage.keeping import Records, Someone, Watch, arrives, hears
from tests.storage.sending import claims, queues

A_NUMBER = "+447700900123"
LEASE_S = 30


@pytest.fixture
def someone(records: Records) -> Someone:
    return records.write(lambda unit: arrives(unit, A_NUMBER))


@pytest.mark.parametrize("hours", [1, 24, 24 * 365])
def test_a_text_made_before_it_was_set_back_leaves_at_once(
    records: Records, watch: Watch, someone: Someone, hours: int
) -> None:
    queues(records, someone, "made too late")
    watch.move(hours=-hours)

    assert claims(records) == ["made too late"]


def test_a_text_put_off_since_then_keeps_to_its_pause(
    records: Records, watch: Watch, someone: Someone
) -> None:
    id = queues(records, someone, "hello")
    watch.move(hours=-1)
    claims(records)
    later = watch.now + timedelta(minutes=2)
    assert records.write(lambda unit: unit.outbox.retry(id, later, "20429"))

    assert claims(records) == []
    watch.move(minutes=3)
    assert claims(records) == ["hello"]


def test_a_text_put_off_by_the_clock_that_was_wrong_leaves_too(
    records: Records, watch: Watch, someone: Someone
) -> None:
    id = queues(records, someone, "made in time")
    claims(records)
    watch.move(days=1)
    soon = watch.now + timedelta(minutes=2)
    records.write(lambda unit: unit.outbox.retry(id, soon, "20429"))
    watch.move(days=-1)

    assert claims(records) == ["made in time"]


def test_no_pause_before_another_try_is_taken_for_a_clock_that_was_set_back() -> None:
    pauses = {"ours": PAUSES_S} | {
        code: rule.retry_after_s for code, rule in RULES.items() if code[0] != "3"
    }
    longest = {code: max(some) for code, some in pauses.items() if some}
    # Spread by a fifth. Codes 3xxxx wait for a time of their own.
    assert 1.2 * max(longest.values()) < PUT_OFF_AT_MOST.total_seconds(), longest


def test_a_text_that_waits_for_its_persons_hours_goes_on_waiting(
    records: Records, watch: Watch, someone: Someone
) -> None:
    id = queues(records, someone, "good morning")
    morning = watch.now + timedelta(hours=9)
    claims(records)
    records.write(lambda unit: unit.outbox.retry(id, morning, OUT_OF_HOURS))
    watch.move(hours=-1)

    assert claims(records) == []


def test_clocks_that_differ_by_a_minute_send_nothing_early(
    records: Records, watch: Watch, someone: Someone
) -> None:
    queues(records, someone, "made by another gateway")
    watch.move(minutes=-1)

    assert claims(records) == []


def test_a_lease_from_before_it_was_set_back_is_over(
    records: Records, watch: Watch, someone: Someone
) -> None:
    queues(records, someone, "leased")
    work = NewDueWork(kind="a", dedup_key="leased", due_at=watch.now)
    records.write(lambda unit: unit.due_work.add(work))
    assert claims(records, lease_s=LEASE_S) == ["leased"]
    assert records.write(lambda unit: unit.due_work.claim(10, LEASE_S))
    assert claims(records, lease_s=LEASE_S) == []
    # The database's own clock cannot be set back here; what it wrote can be set on.
    ends = utc_now() + timedelta(hours=1)
    for table in (outbox, due_work):
        leased = table.update().values(lease_until=ends)
        records.write(lambda unit, leased=leased: unit.connection.execute(leased))

    (again,) = records.write(lambda unit: unit.outbox.claim(10, LEASE_S))
    assert again.uncertain, "it may have left: it is looked for before it is sent"
    assert records.write(lambda unit: unit.due_work.claim(10, LEASE_S))


def test_what_was_heard_before_it_was_set_back_is_answered_all_the_same(
    records: Records, watch: Watch, someone: Someone
) -> None:
    records.write(lambda unit: hears(unit, someone, "hello"))
    watch.move(days=-1)

    def unanswered() -> list[str]:
        by_then = watch.now - timedelta(seconds=15)
        found = records.read(lambda unit: unit.inbox.unanswered(10, by_then))
        return [message.text for message in found]

    assert unanswered() == ["hello"]
