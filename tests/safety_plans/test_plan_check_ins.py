"""Check-ins are read from a person's words, on London's clock, and never at night."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundations.clock import in_london
from safety_plans.check_ins import CheckIn, asked_for, is_quiet

WEDNESDAY = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "first", "rule"),
    [
        ("check in every sunday at 5pm", "2026-11-29 17:00", "FREQ=WEEKLY"),
        ("check in tomorrow at 5pm", "2026-11-26 17:00", None),
        ("check in once a month at 5pm", "2026-12-25 17:00", "FREQ=MONTHLY"),
        ("remind me on friday after school", "2026-11-27 16:00", None),
        ("text me next week", "2026-12-02 17:00", None),
        ("check in on mondays at 8.30am", "2026-11-30 08:30", "FREQ=WEEKLY"),
        ("every day at 16:45 pls", "2026-11-26 16:45", "FREQ=DAILY"),
        ("check in every 2 weeks", "2026-12-02 17:00", "FREQ=WEEKLY;INTERVAL=2"),
        ("in three days at 4", "2026-11-28 16:00", None),
        ("check in at 1pm", "2026-11-26 13:00", None),
        ("at the weekend in the morning", "2026-11-28 10:00", None),
    ],
)
def test_a_time_is_read_as_people_say_it(
    text: str, first: str, rule: str | None
) -> None:
    wanted = asked_for(text, WEDNESDAY)

    assert wanted is not None
    assert f"{wanted.local:%Y-%m-%d %H:%M}" == first
    assert wanted.rule == rule


@pytest.mark.parametrize("text", ["check in", "remind me", "", "🐶", "check in at 99"])
def test_no_time_is_made_up(text: str) -> None:
    assert asked_for(text, WEDNESDAY) is None


def test_five_o_clock_stays_five_o_clock_when_the_clocks_change() -> None:
    check_in = asked_for("every sunday at 5pm", datetime(2026, 3, 18, 9, 0, tzinfo=UTC))
    moments = []
    while check_in and len(moments) < 3:
        moments.append(check_in.at)
        check_in = check_in.following(check_in.at)

    assert [f"{in_london(at):%d %H:%M}" for at in moments] == [
        "22 17:00",
        "29 17:00",
        "05 17:00",
    ]
    assert [f"{at:%H}" for at in moments] == ["17", "16", "16"]


def test_a_month_that_is_too_short_is_not_left_out() -> None:
    check_in = asked_for("monthly", datetime(2027, 12, 31, 9, 0, tzinfo=UTC))
    days = []
    while check_in and len(days) < 3:
        days.append(check_in.local.day)
        check_in = check_in.following(check_in.at)

    assert days == [31, 29, 31]


@pytest.mark.parametrize(
    ("hour", "quiet"), [(7, True), (8, False), (20, False), (21, True), (2, True)]
)
def test_from_nine_to_eight_it_is_quiet(hour: int, quiet: bool) -> None:
    assert is_quiet(datetime(2026, 11, 25, hour, 0, tzinfo=UTC)) is quiet


def test_it_is_kept_as_it_was_promised() -> None:
    check_in = CheckIn(WEDNESDAY, "FREQ=WEEKLY")

    assert CheckIn.from_json(check_in.to_json()) == check_in


@given(st.text(max_size=80), st.integers(0, 4 * 365 * 24 * 60))
def test_whatever_is_written_what_is_promised_is_to_come(
    text: str, minutes: int
) -> None:
    moment = WEDNESDAY + timedelta(minutes=minutes)
    wanted = asked_for(f"check in {text}", moment)

    assert wanted is None or wanted.at > moment


@given(
    st.times(time(8), time(20, 59)),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY"]),
    st.integers(0, 400),
)
def test_every_following_one_is_at_the_same_time_of_day(
    clock: time, rule: str, days: int
) -> None:
    local = datetime.combine(WEDNESDAY.date() + timedelta(days=days), clock)
    first = asked_for(f"tomorrow at {local:%H:%M}", WEDNESDAY)
    assert first is not None
    following = CheckIn(first.at, rule).following(first.at)

    assert following is not None
    assert following.at > first.at
    assert following.local.time() == first.local.time()
