"""Turns clock times on a wall in London into moments, across both clock changes."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from foundations.clock import LONDON, in_london

GOING_BACK_REPEATS_FROM = 60  # minutes after midnight; 01:00 to 02:00 happens twice
GOING_FORWARD_LANDS_ON = 120  # 01:00 to 02:00 does not happen at all


# The same few moments are asked about for thousands of services in a row.
@lru_cache(maxsize=4096)
def on_the_wall(moment: datetime) -> datetime:
    """Show an aware moment as the wall clock shows it, with no zone."""
    return in_london(moment).replace(tzinfo=None, fold=0)


@lru_cache(maxsize=65536)
def moments_of(day: datetime, minutes: int) -> tuple[datetime, ...]:
    """Give the UTC moments at which the wall shows midnight of `day` plus minutes.

    Two in the hour that the clocks repeat. A time that the clocks skip is reached
    when they land, at 02:00.
    """
    wall = day + timedelta(minutes=minutes)
    first = wall.replace(tzinfo=LONDON).astimezone(UTC)
    second = wall.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    if first == second:
        return (first,)
    if first < second:
        return (first, second)
    midnight = wall.replace(hour=0, minute=0)
    return moments_of(midnight, GOING_FORWARD_LANDS_ON)


@lru_cache(maxsize=4096)
def repeated_hour(day: datetime) -> tuple[datetime, ...]:
    """Give the moment the clocks go back to, on the day they do."""
    return moments_of(day, GOING_BACK_REPEATS_FROM)[1:]
