"""A long outage fills no memory: what is beyond a bound waits on disk alone."""

import asyncio
from pathlib import Path

import pytest

from gateway import without_records
from gateway.inbound import Inbound
from gateway.without_records import StillBehind, WithoutRecords
from storage import Spool
from tests.journeys.handrail import Handrail
from tests.journeys.test_crisis_floor import ABOUT_A_PLAN, ABOUT_DYING, database_full
from tests.journeys.test_what_waited_in_the_spool import (
    KEY,
    ONE,
    OTHER,
    caught_up,
    put_aside,
    said_by_the_young_person,
    text,
)
from tests.journeys.test_what_waited_in_the_spool import (
    without_records as gateways,
)

__all__ = ["gateways"]


@pytest.fixture(autouse=True)
def bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(without_records, "MOST_IN_MEMORY", 2)


@pytest.fixture
def gateway(gateways) -> WithoutRecords:  # type: ignore[no-untyped-def]
    made: WithoutRecords = gateways()
    return made


def replayed(gateway: WithoutRecords, *texts: Inbound) -> None:
    for one in texts:
        gateway.is_behind_no_more(one)


def test_whoever_has_more_on_disk_is_behind_until_it_was_replayed(
    gateway: WithoutRecords,
) -> None:
    said = [text(ONE, 1), text(OTHER, 2), text(ONE, 3), text(ONE, 4)]
    put_aside(gateway, *said)

    assert caught_up(gateway, OTHER) == ["SM2"]
    for _ in range(2):
        with pytest.raises(StillBehind):
            caught_up(gateway, ONE)
        gateway.is_behind_no_more(said.pop())
    assert caught_up(gateway, ONE) == ["SM1"]


def test_a_gateway_that_starts_again_keeps_to_the_same_bound(
    gateway: WithoutRecords,
    gateways,  # type: ignore[no-untyped-def]
) -> None:
    put_aside(gateway, *(text(ONE, number) for number in range(5)))

    with pytest.raises(StillBehind):
        caught_up(gateways(), ONE)


def test_what_another_gateway_replayed_holds_up_nobody(
    gateway: WithoutRecords, tmp_path: Path
) -> None:
    put_aside(gateway, *(text(ONE, number) for number in range(5)))

    async def takes(_record: object) -> None:
        """Take it."""

    asyncio.run(Spool(tmp_path / "spool", KEY).drain(takes))

    assert caught_up(gateway, ONE) == ["SM0", "SM1"]


def test_a_text_after_a_long_outage_comes_after_what_waits_on_disk(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    waited = [f"{ABOUT_A_PLAN} {number}" for number in range(4)]
    with database_full(handrail):
        for said in waited:
            handrail.thread.do(sms.phone.sends(said))

    handrail.thread.do(sms.phone.sends("WHO"))
    for _ in range(2):
        handrail.thread.do(handrail.house.sweeper.sweep())
    handrail.settled()

    heard = said_by_the_young_person(handrail, sms.conversation())
    assert heard == ["hello", *waited, "WHO"]
    assert handrail.house.spool.waiting() == 0


def test_crisis_words_after_a_long_outage_are_written_down_at_once(
    handrail: Handrail,
) -> None:
    sms = handrail.sms()
    sms.young_person_says("hello")
    with database_full(handrail):
        for number in range(4):
            handrail.thread.do(sms.phone.sends(f"{ABOUT_A_PLAN} {number}"))

    handrail.thread.do(sms.phone.sends(ABOUT_DYING))

    assert said_by_the_young_person(handrail, sms.conversation())[-1] == ABOUT_DYING
    assert handrail.house.spool.waiting() == 4


def test_what_was_replayed_is_no_longer_in_memory(handrail: Handrail) -> None:
    web, sms = handrail.web_chat(), handrail.sms()
    with database_full(handrail):
        web.post(ABOUT_A_PLAN)
        handrail.thread.do(sms.phone.sends(ABOUT_A_PLAN))
        handrail.thread.do(sms.phone.sends(ABOUT_DYING))

    handrail.thread.do(handrail.house.sweeper.sweep())

    kept = handrail.house.pipeline._without_records
    assert (kept._behind, kept._in_memory, kept._beyond) == ({}, 0, {})
