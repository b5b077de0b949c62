"""Texts change to the second provider after real trouble, and do not go to and fro."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.sms.codes import rule_for
from channels.sms.outgoing import NotSent, SendResult, Sent
from gateway.texting.which_provider import Provider, SwitchRules, WhichProvider

FIRST, SECOND = Provider.FIRST, Provider.SECOND
RULES = SwitchRules(failures=5, within=timedelta(seconds=60))
WELL = Sent("SM1", 1)


class Night:
    """A clock that is moved by hand, and whoever carries texts in it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 25, 2, tzinfo=UTC)
        self.changes: list[Provider] = []
        self.which = WhichProvider(lambda: self.now, RULES, self.changes.append)

    def passes(self, **by: float) -> None:
        self.now += timedelta(**by)

    def fails(self, times: int, code: str = "no_answer") -> None:
        """So many texts in a row go wrong at whoever is in use."""
        for _ in range(times):
            self.becomes(NotSent(code, rule_for(code).advice))

    def becomes(self, result: SendResult) -> None:
        self.which.became(self.which.now(), result)


@pytest.fixture
def night() -> Night:
    return Night()


@pytest.mark.parametrize("code", ["unreachable", "no_answer", "20429", "20003"])
def test_five_failures_in_a_minute_move_texts_to_the_second(
    night: Night, code: str
) -> None:
    night.fails(4, code)
    assert night.which.now() is FIRST

    night.fails(1, code)

    assert night.which.now() is SECOND
    assert night.changes == [SECOND]


def test_failures_far_apart_move_nothing(night: Night) -> None:
    for _ in range(20):
        night.fails(1)
        night.passes(seconds=16)

    assert night.changes == []


@pytest.mark.parametrize("code", ["21610", "30005", "not_a_mobile", "unknown"])
def test_what_is_wrong_with_one_text_says_nothing_of_a_provider(
    night: Night, code: str
) -> None:
    night.fails(50, code)

    assert night.changes == []


def test_the_first_is_tried_again_after_ten_quiet_minutes(night: Night) -> None:
    night.fails(5)
    night.passes(minutes=9, seconds=59)
    assert night.which.now() is SECOND

    night.passes(seconds=1)

    assert night.which.now() is FIRST


def test_a_clock_that_is_set_back_does_not_keep_the_first_away(night: Night) -> None:
    night.fails(5)
    night.passes(days=-1)

    assert night.which.now() is FIRST


def test_a_first_that_stays_ill_is_tried_less_and_less_often(night: Night) -> None:
    until = night.now + timedelta(hours=12)
    while night.now < until:
        if night.which.now() is FIRST:
            night.fails(1)
        else:
            night.becomes(WELL)
        night.passes(seconds=5)

    # 10, 20, 40, 80 and then every 120 minutes: 9 tries in twelve hours, not 70.
    assert night.changes.count(SECOND) <= 9


def test_a_first_that_holds_for_a_quiet_time_is_trusted_as_before(night: Night) -> None:
    night.fails(5)
    night.passes(minutes=10)
    night.becomes(WELL)
    night.passes(minutes=10)
    night.becomes(WELL)
    night.fails(5)
    assert night.which.now() is SECOND

    night.passes(minutes=10)

    assert night.which.now() is FIRST


def test_when_the_second_fails_too_it_takes_as_much_to_go_back(night: Night) -> None:
    night.fails(5)
    night.fails(4)
    assert night.which.now() is SECOND

    night.fails(1)

    assert night.which.now() is FIRST


def test_a_late_failure_of_the_one_that_was_left_changes_nothing(night: Night) -> None:
    night.fails(5)

    for _ in range(20):
        night.which.became(FIRST, NotSent("no_answer", rule_for("no_answer").advice))

    assert night.which.now() is SECOND
