"""The command line of the yearly report: one page for each organisation."""

from argparse import ArgumentParser
from pathlib import Path

from foundations.clock import in_london, utc_now
from gateway.desk.yearly import NothingOverYet, read_year, written
from runtime.staff_commands import one_of_ours, with_house
from runtime.wiring.house import House


def yearly_report(given: list[str]) -> None:
    """Write a year's counts as a page with tables and pictures."""
    parser = ArgumentParser(prog="python -m runtime yearly-report")
    last = in_london(utc_now()).year - 1
    parser.add_argument("year", nargs="?", type=int, default=last)
    parser.add_argument("--organisation", required=True)
    parser.add_argument("--out", type=Path, required=True, help="the page's file")
    wanted = parser.parse_args(given)

    async def page(house: House) -> str:
        organisation = one_of_ours(house, wanted.organisation)
        counts = await house.database.read(
            lambda unit: read_year(unit, organisation.id, wanted.year)
        )
        return written(counts, organisation.name)

    try:
        wanted.out.write_text(with_house(page), encoding="utf-8")
    except NothingOverYet as refused:
        raise SystemExit(str(refused)) from None
    print(f"{wanted.out}: {wanted.year}, {wanted.organisation}")
