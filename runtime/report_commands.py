"""The command line for service reports: which records a person has to look at."""

from argparse import ArgumentParser

from runtime.staff_commands import with_house
from storage import UnitOfWork


def service_reports(given: list[str]) -> None:
    """List the services that two or more people say did not work, or clear one."""
    parser = ArgumentParser(prog="python -m runtime service-reports")
    parser.add_argument("--looked-at", metavar="SERVICE", help="its record was checked")
    service: str | None = parser.parse_args(given).looked_at
    if service is not None:
        cleared = with_house(
            lambda house: house.database.write(
                lambda unit: unit.service_reports.looked_at(service)
            )
        )
        print(f"{cleared} reports cleared")
        return
    lines = with_house(lambda house: house.database.read(_flagged))
    print("\n".join(lines) or "nothing to look at")


def _flagged(unit: UnitOfWork) -> list[str]:
    return [
        f"{each.service}: reported {each.times} times ({', '.join(each.reasons)}),"
        f" last on {each.last_on.isoformat()}"
        for each in unit.service_reports.flagged()
    ]
