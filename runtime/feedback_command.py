"""The command line of feedback: one month's digest."""

from argparse import ArgumentParser
from datetime import timedelta

from foundations.clock import in_london, utc_now
from gateway.feedback.digest import digest as written
from runtime.staff_commands import with_house


def digest(given: list[str]) -> None:
    """Print a month's digest; last month's when none is named."""
    parser = ArgumentParser(prog="python -m runtime digest")
    first = in_london(utc_now()).replace(day=1)
    last_month = f"{first - timedelta(days=1):%Y-%m}"
    parser.add_argument("month", nargs="?", default=last_month, help="as 2027-01")
    month = parser.parse_args(given).month
    said = with_house(
        lambda house: house.database.read(lambda unit: unit.feedback.of(month))
    )
    print(written(said))
