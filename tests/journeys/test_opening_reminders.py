"""A reminder when a place opens: promised, looked at again, said once or not at all."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gateway.finding_help.opening_reminders import KIND
from storage.records import Owner
from tests.journeys.handrail import Handrail, Sms, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue
from tests.storage.keeping import Watch


@pytest.fixture
def watch() -> Watch:
    """Two in the morning, on a Wednesday."""
    return Watch(datetime.fromisoformat("2026-11-25T02:00:00+00:00"))


@pytest.fixture
def handrail(
    tmp_path: Path, dialogue: ReadableDialogue, watch: Watch
) -> Iterator[Handrail]:
    running = start(tmp_path, dialogue, clock=watch)
    yield running
    stop(running)


def reminders(handrail: Handrail, sms: Sms) -> list:
    conversation = sms.conversation()
    return handrail.record(lambda unit: unit.due_work.to_do(conversation, KIND))


def it_becomes(handrail: Handrail, watch: Watch, moment: datetime) -> None:
    """Let time pass and whatever is due be done."""
    watch.now = moment
    handrail.thread.do(handrail.house.due.do_round())
    handrail.settled()


def test_a_reminder_is_said_when_it_opens_and_names_nobody(
    handrail: Handrail, sms: Sms, watch: Watch
) -> None:
    sms.young_person_says("remind me when switchboard opens")
    assert "when Switchboard opens, at 10am" in sms.was_sent("signposting.will_remind")
    sms.young_person_says("remind me when switchboard opens")
    (work,) = reminders(handrail, sms)
    before = len(sms.texts)
    it_becomes(handrail, watch, work.due_at)

    assert len(sms.texts) == before + 1
    assert sms.texts[-1] == (
        "You asked me to say when they open. They are open now.\n1 Who it is"
    )
    sms.young_person_says("1")
    assert "Switchboard" in sms.was_sent("signposting.what_to_expect")


def test_a_reminder_is_offered_for_one_that_is_shut_and_not_for_one_that_is_open(
    web: WebChat,
) -> None:
    def offered(name: str) -> list[str]:
        web.young_person_says(f"what to expect from {name}")
        return [choice["label"] for choice in web.messages[0]["choices"]]

    assert "Remind me when it opens" in offered("switchboard")
    assert "Remind me when it opens" not in offered("samaritans")
    web.young_person_says("remind me when samaritans opens")
    web.was_sent("signposting.one_open")
    web.young_person_says("remind me when alumina opens")
    web.was_sent("signposting.cannot_remind")


@pytest.mark.parametrize("pick", ["3", "remind me when it opens"])
def test_when_nothing_of_the_kind_is_open_the_next_to_open_may_be_waited_for(
    sms: Sms, web: WebChat, pick: str
) -> None:
    sms.young_person_says("hi")
    sms.young_person_says("who can i talk to thats lgbt")
    assert "3 Remind me when it opens" in sms.was_sent("signposting.nothing_open")
    sms.young_person_says(pick)
    assert "when Switchboard opens, at 10am" in sms.was_sent("signposting.will_remind")

    web.young_person_says("who can i talk to thats lgbt")
    assert web.messages[0]["choices"][0]["label"] == "Remind me when it opens"
    web.young_person_says(web.messages[0]["choices"][0]["value"])
    assert "Switchboard" in web.was_sent("signposting.will_remind")


def test_reminders_can_be_called_off(handrail: Handrail, sms: Sms) -> None:
    sms.young_person_says("remind me when kooth opens")
    sms.young_person_says("no reminders")
    sms.was_sent("signposting.no_reminders")

    assert reminders(handrail, sms) == []
    sms.young_person_says("no reminders")
    sms.was_sent("signposting.none_set")


def test_after_stop_a_reminder_stays_unsaid(
    handrail: Handrail, sms: Sms, watch: Watch
) -> None:
    sms.young_person_says("remind me when switchboard opens")
    sms.young_person_says("STOP")
    (work,) = reminders(handrail, sms)
    before = len(sms.texts)
    it_becomes(handrail, watch, work.due_at)

    assert len(sms.texts) == before
    assert reminders(handrail, sms) == []


def test_while_a_worker_talks_a_reminder_waits(
    handrail: Handrail, sms: Sms, watch: Watch
) -> None:
    sms.young_person_says("remind me when switchboard opens")
    conversation = sms.conversation()
    handrail.thread.do(
        handrail.house.database.write(
            lambda unit: unit.conversations.set_owner(conversation, Owner.STAFF)
        )
    )
    (work,) = reminders(handrail, sms)
    before = len(sms.texts)
    it_becomes(handrail, watch, work.due_at)
    (waits,) = reminders(handrail, sms)

    assert len(sms.texts) == before
    assert waits.due_at == work.due_at + timedelta(minutes=30)
