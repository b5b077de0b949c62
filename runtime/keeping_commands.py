"""The command line of keeping: what the night would remove, and holds."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from foundations.ids import HandoverCaseId
from runtime.settings import Settings
from runtime.wiring.house import House, build
from storage import NotFound, UnitOfWork
from storage.retention_rules import Kind

TRAIL: Final = Kind.AUDIT_TRAIL


def retention(given: list[str]) -> None:
    """Count what is older than its period, or remove it now; hold and release."""
    parser = ArgumentParser(prog="python -m runtime retention")
    what = parser.add_subparsers(required=True, dest="what")
    what.add_parser("count", help="what the next night would remove; nothing goes")
    what.add_parser("remove", help="do the night's work now")
    what.add_parser("trail", help="the audit trail alone, as the account that may")
    hold = what.add_parser("hold", help="leave the young person of a case alone")
    hold.add_argument("case")
    hold.add_argument("--reference", required=True, help="why; never a name")
    what.add_parser("release", help="end a hold").add_argument("case")
    asyncio.run(_run(parser.parse_args(given)))


async def _run(asked: Namespace) -> None:
    house = build(Settings())
    if asked.what != "trail":
        # The account that may remove rows of the trail may make no table.
        house.database.migrate()
    try:
        match asked.what:
            case "trail":
                _show({TRAIL: await house.retention.remove_kind(TRAIL)})
            case "count":
                _show(await house.retention.count_old())
            case "remove":
                _show(await house.retention.remove_old())
            case _:
                await _hold_or_release(house, asked)
    except NotFound:
        sys.exit(f"No case is called {asked.case}.")
    finally:
        await house.database.close()


async def _hold_or_release(house: House, asked: Namespace) -> None:
    def work(unit: UnitOfWork) -> bool:
        person = unit.handovers.young_person_of(HandoverCaseId(asked.case))
        if asked.what == "hold":
            return unit.retention.hold(person, asked.reference)
        return unit.retention.release(person)

    changed = await house.database.write(work)
    print("done" if changed else "it was so already")


def _show(counts: dict[Kind, int]) -> None:
    for kind, count in counts.items():
        print(f"{count:>8}  {kind.value}")
