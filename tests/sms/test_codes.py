"""The table of failure codes, held against the cases that were thought through."""

import pytest

from channels.sms.codes import (
    RULES,
    CrisisStaff,
    NumberState,
    RetryAdvice,
    rule_for,
)


@pytest.mark.parametrize(
    ("code", "advice", "number"),
    [
        ("20429", RetryAdvice.RETRY_SAFE, NumberState.USABLE),
        ("21610", RetryAdvice.PERMANENT, NumberState.OPTED_OUT),
        ("21612", RetryAdvice.PERMANENT, NumberState.UNREACHABLE),
        ("30003", RetryAdvice.RETRY_SAFE, NumberState.USABLE),
        ("30004", RetryAdvice.PERMANENT, NumberState.UNREACHABLE),
        ("30005", RetryAdvice.PERMANENT, NumberState.UNREACHABLE),
        ("30006", RetryAdvice.PERMANENT, NumberState.UNREACHABLE),
        ("30007", RetryAdvice.PERMANENT, NumberState.USABLE),
        ("30008", RetryAdvice.RETRY_SAFE, NumberState.USABLE),
        ("30036", RetryAdvice.RETRY_SAFE, NumberState.USABLE),
        ("no_answer", RetryAdvice.AMBIGUOUS, NumberState.USABLE),
        ("99999", RetryAdvice.PERMANENT, NumberState.USABLE),
    ],
)
def test_each_code_says_what_next(code, advice, number):
    rule = rule_for(code)

    assert (rule.advice, rule.number) == (advice, number)


def test_a_phone_without_signal_is_tried_after_5_30_and_120_minutes():
    assert rule_for("30003").retry_after_s == (300, 1800, 7200)


def test_a_crisis_text_that_cannot_be_sent_is_told_to_staff_at_once():
    for code in ("21610", "21612", "30003", "30004", "30005", "30006", "30007"):
        assert rule_for(code).crisis_staff is CrisisStaff.AT_ONCE


def test_a_code_nobody_knows_reaches_whoever_runs_handrail():
    assert rule_for("12345").tell_operator


def test_only_what_may_be_sent_again_has_times_for_it():
    for rule in RULES.values():
        assert bool(rule.retry_after_s) is (rule.advice is not RetryAdvice.PERMANENT)
        assert list(rule.retry_after_s) == sorted(rule.retry_after_s)
