"""Every service, at random moments over five years, against a second evaluator.

The second one shares no code with the first: it reads the JSON itself, lays each
opening out as a span of wall-clock minutes, and looks ahead by walking through time.
"""

import json
import os
import random
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from signposting import OpenState, aged, open_now

LONDON = ZoneInfo("Europe/London")
ROOT = Path(__file__).parents[2] / "signposting"
MOMENTS = 10_000 if os.environ.get("HANDRAIL_LONG") else 400
WALKS = 400 if os.environ.get("HANDRAIL_LONG") else 40
START = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = (datetime(2031, 1, 1, tzinfo=UTC) - START) // timedelta(minutes=1)
STEP = timedelta(minutes=30)  # every time in the records is on a half hour
DAYS_WALKED = 5

HOLIDAYS = {
    date.fromisoformat(event["date"])
    for event in json.loads((ROOT / "bank_holidays.json").read_text())[
        "england-and-wales"
    ]["events"]
}
LAST_LISTED_DAY = date(max(HOLIDAYS).year, 12, 31)
RECORDS = {
    record["x_slug"]: record
    for path in (ROOT / "services").glob("*.json")
    for record in json.loads(path.read_text())
}
STRENGTH = ["closed", "unknown", "holiday", "probably", "open"]
STATES = {
    "open": OpenState.OPEN,
    "probably": OpenState.PROBABLY_OPEN,
    "holiday": OpenState.BANK_HOLIDAY_HOURS_NOT_KNOWN,
    "unknown": OpenState.HOURS_NOT_KNOWN,
    "closed": OpenState.CLOSED_UNTIL,
}


@cache
def every_day_of(freq, interval, byday, dtstart):
    rule = rrulestr(
        f"FREQ={freq};INTERVAL={interval};BYDAY={byday}",
        dtstart=datetime.fromisoformat(dtstart),
    )
    every = rule.between(datetime(2025, 12, 1), datetime(2031, 2, 1), inc=True)  # noqa: DTZ001 - a wall clock
    return {moment.date() for moment in every}


def days_it_fires(row, days):
    fires = every_day_of(row["freq"], row["interval"], row["byday"], row["dtstart"])
    for day in days:
        if day in fires:
            yield day, False
        elif row.get("x_also_on_bank_holidays") and day in HOLIDAYS:
            yield day, True


def span(row, day):
    opens = datetime.combine(day, time.fromisoformat(row["opens_at"]))
    closes = datetime.combine(day, time.fromisoformat(row["closes_at"]))
    if row.get("x_always_open"):
        return opens, opens + timedelta(days=1)
    return opens, closes if closes > opens else closes + timedelta(days=1)


def word_for(row, day, forced, age):
    if row.get("x_term_time_only"):
        return "unknown"
    word = "open"
    policy = row["x_bank_holidays"]
    if day in HOLIDAYS and not forced and not row.get("x_also_on_bank_holidays"):
        word = {"open": "open", "unknown": "holiday"}.get(policy, "closed")
    elif day > LAST_LISTED_DAY and policy != "open":
        word = "probably"
    if word == "open" and age is None and "x_min_age" in row:
        word = "probably"
    if word == "open" and not row.get("x_sure", True):
        word = "probably"
    return word


def brute_force(record, wall, age=None):
    if record["x_hours_status"] in ("unknown", "varies", "n/a"):
        return "unknown"
    rows = [row for row in record.get("schedules", []) if row["x_human_available"]]
    best, in_period = "closed", False
    for row in rows:
        first = date.fromisoformat(row.get("valid_from", "2000-01-01"))
        in_period = in_period or wall.date() >= first
        if age and not row.get("x_min_age", 0) <= age <= row.get("x_max_age", 200):
            continue
        yesterday, today = wall.date() - timedelta(days=1), wall.date()
        for day, forced in days_it_fires(row, (yesterday, today)):
            opens, closes = span(row, day)
            if day >= first and opens <= wall < closes:
                best = max(best, word_for(row, day, forced, age), key=STRENGTH.index)
    if best == "closed" and (not in_period or record["x_hours_status"] == "partial"):
        return "unknown"
    sure = record["x_hours_status"] == "sourced"
    return "probably" if best == "open" and not sure else best


def wall_of(moment):
    return moment.astimezone(LONDON).replace(tzinfo=None, fold=0)


def random_moments(dice, how_many):
    """Half anywhere, half close to a clock change, a bank holiday or New Year."""
    special = [datetime(y, 3, 25, tzinfo=UTC) for y in range(2026, 2031)]
    special += [datetime(y, 10, 25, tzinfo=UTC) for y in range(2026, 2031)]
    special += [datetime.combine(day, time(), UTC) for day in sorted(HOLIDAYS)]
    special += [datetime(2029, 1, 1, tzinfo=UTC)]
    for number in range(how_many):
        if number % 2:
            yield START + timedelta(minutes=dice.randrange(MINUTES))
        else:
            near = timedelta(minutes=dice.randrange(-1440, 7 * 1440))
            yield dice.choice(special) + near


@pytest.mark.timeout(1200)
def test_every_service_agrees_at_random_moments_of_five_years(directory):
    dice = random.Random(2026)
    differ = []
    for at in random_moments(dice, MOMENTS):
        age = dice.choice([None, None, 12, 16, 17, 18, 21, 25])
        for name, record in RECORDS.items():
            said = open_now(
                directory.services[name],
                at,
                holidays=directory.holidays,
                ages=None if age is None else aged(age),
                look_ahead=False,
            ).state
            if said is not STATES[brute_force(record, wall_of(at), age)]:
                differ.append((name, at.isoformat(), age, said))

    assert differ == []


@pytest.mark.timeout(1200)
def test_openings_and_closings_agree_with_walking_through_time(directory):
    dice = random.Random(2030)
    names = sorted(RECORDS)
    differ = []
    for at in random_moments(dice, WALKS):
        name = dice.choice(names)
        answer = open_now(directory.services[name], at, holidays=directory.holidays)
        edge = answer.closes_at if answer.may_be_reached else answer.opens_at
        walked = walk(RECORDS[name], at, answer.may_be_reached)
        days = 1 if answer.may_be_reached else DAYS_WALKED
        if edge and edge > at + timedelta(days=days):
            edge = None
        if edge != walked:
            differ.append((name, at.isoformat(), edge, walked))

    assert differ == []


def walk(record, at, is_open):
    """Go forward half hour by half hour to the first change of may-be-reached."""
    if brute_force(record, wall_of(at)) == "unknown" and not any(
        row["x_human_available"] for row in record.get("schedules", [])
    ):
        return None
    moment = at.replace(minute=at.minute // 30 * 30, second=0)
    end = at + timedelta(days=1 if is_open else DAYS_WALKED)
    while (moment := moment + STEP) <= end:
        reached = brute_force(record, wall_of(moment)) in ("open", "probably")
        if reached is not is_open:
            return moment
    return None
