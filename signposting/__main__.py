"""The directory from a terminal: check it, ask it, and see which rule decided."""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from foundations.clock import LONDON, in_london, utc_now
from signposting.bench import measure
from signposting.checking import STOPS_A_BUILD, check, retired_in_content
from signposting.directory import SERVICES, Directory, load
from signposting.errors import DirectoryBroken
from signposting.fetching import FeedRefused, from_address, from_file
from signposting.importing import Imported, Outcome, take
from signposting.matching import choose
from signposting.merging import ids_of_others, merge, records_in, write
from signposting.places import load_places
from signposting.records import AreaId, Way
from signposting.retired import load_retired_numbers
from signposting.showing import answer_as_rows, explain
from signposting.wishes import Wishes, aged

ROOT = Path(__file__).parent.parent
SIZES = (86, 1_000, 5_000, 20_000)
SPOKEN_WAYS = {
    "text": Way.SMS,
    "call": Way.PHONE,
    "chat": Way.WEBCHAT,
    "in-person": Way.IN_PERSON,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 when a person has to act."""
    asked = _parser().parse_args(arguments)
    if asked.command == "bench":
        return _bench(asked)
    if asked.command == "import":
        return _import(asked)
    try:
        directory = load(sample=not asked.checked_only)
    except DirectoryBroken as broken:
        print(broken, file=sys.stderr)
        return 1
    match asked.command:
        case "check":
            return _check(directory, asked)
        case _ if asked.explain:
            return _explain(directory, asked)
        case _:
            return _now(directory, asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m signposting", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (
        ("check", "list what is due, expired, in conflict or retired"),
        ("now", "who can help at a moment, and why"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("--at", type=_moment, default=utc_now())
        command.add_argument("--checked-only", action="store_true", help="no drafts")
        if name != "check":
            command.add_argument("--age", type=int)
    now = commands.choices["now"]
    now.add_argument("--area", action="append", default=[])
    now.add_argument("--channel", action="append", type=_way, default=[])
    now.add_argument("--for", dest="audience", action="append", default=[])
    now.add_argument("--json", action="store_true")
    now.add_argument("--explain", metavar="SERVICE", help="the rule that decided")
    feed = commands.add_parser("import", help="try a feed; take it with --apply")
    feed.add_argument("source", help="a file, or the https address of an API")
    feed.add_argument("--apply", action="store_true", help="keep what is taken, held")
    feed.add_argument("--to", type=Path, help="the file to keep it in")
    bench = commands.add_parser("bench", help="print how it slows as it grows")
    bench.add_argument("--services", type=int, action="append")
    bench.add_argument("--queries", type=int, default=1_000)
    return parser


def _moment(text: str) -> datetime:
    """Read a moment; without a zone it is on the wall in London."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _way(text: str) -> Way:
    return SPOKEN_WAYS.get(text) or Way(text)


def _check(directory: Directory, asked: argparse.Namespace) -> int:
    found = [
        *check(directory, asked.at),
        *retired_in_content(ROOT, load_retired_numbers()),
    ]
    for each in found:
        print(each)
    print(f"{len(directory.services)} records, {len(directory.shown)} may be shown")
    return int(any(each.finding in STOPS_A_BUILD for each in found))


def _now(directory: Directory, asked: argparse.Namespace) -> int:
    areas: set[AreaId] = set()
    for text in asked.area:
        found = directory.places.find(text)
        if not found.areas:
            names = [directory.places.areas[each].name for each in found.candidates]
            print(f"which area is {text}: {', '.join(names) or 'not known'}")
            return 1
        areas |= found.areas
    wishes = Wishes(
        ages=None if asked.age is None else aged(asked.age),
        areas=frozenset(areas),
        ways=frozenset(asked.channel),
        audiences=frozenset(asked.audience),
    )
    rows = answer_as_rows(directory, choose(directory, wishes, asked.at))
    if asked.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    print(
        f"{rows['at']}: {'open' if rows['kind_is_open'] else 'none of this kind open'}"
    )
    for row in rows["choices"]:
        print(f"- {row['summary']}\n  {row['why']}")
    for row in rows["not_sure"]:
        print(f"? {row['summary']}\n  {row['why']}")
    if rows["opens_next"]:
        print(f"next: {rows['opens_next']['name']}, {rows['opens_next']['opens_at']}")
    return 0


def _explain(directory: Directory, asked: argparse.Namespace) -> int:
    service = directory.named(asked.explain)
    if service is None:
        print(f"no record is called {asked.explain}", file=sys.stderr)
        return 1
    ages = None if asked.age is None else aged(asked.age)
    print("\n".join(explain(directory, service, asked.at, ages)))
    return 0


def _import(asked: argparse.Namespace) -> int:
    """Report on every service of a feed; only --apply keeps anything."""
    kept = asked.to or SERVICES / f"from-{_name_of(asked.source)}.json"
    is_address = "://" in asked.source
    try:
        imported = merge(
            take(
                _counted(
                    from_address(asked.source)
                    if is_address
                    else from_file(Path(asked.source))
                ),
                source=asked.source,
                seen_on=in_london(utc_now()).date(),
                places=load_places(),
                retired=load_retired_numbers(),
                ours=ids_of_others(kept),
            ),
            records_in(kept),
        )
        for each in imported.report:
            print(each)
        print(_counts(imported))
        if asked.apply:
            write(imported, kept)
            print(f"kept in {kept}")
        else:
            print(f"nothing was kept: --apply would keep it in {kept}")
    except (FeedRefused, DirectoryBroken, OSError) as refused:
        print(f"refused: {asked.source}: {refused}", file=sys.stderr)
        return 1
    return 0


def _counts(imported: Imported) -> str:
    """Count the outcomes, as: 40 taken, 2 refused of 42."""
    counts = Counter(each.outcome for each in imported.report)
    told = ", ".join(f"{counts[each]} {each.value}" for each in Outcome if counts[each])
    return f"{told or 'nothing'} of {len(imported.report)}"


def _counted(services: Iterable[Any]) -> Iterator[Any]:
    """Show on a terminal how far a feed has come: nobody knows its length before."""
    for number, service in enumerate(services, start=1):
        if sys.stderr.isatty() and number % 100 == 0:
            print(f"\r{number} read", end="", file=sys.stderr, flush=True)
        yield service


def _name_of(source: str) -> str:
    """Make a file name of the host or the file that a feed came from."""
    where = urlsplit(source)
    name = where.hostname or Path(source).stem
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "feed"


def _bench(asked: argparse.Namespace) -> int:
    print(in_london(utc_now()).isoformat(timespec="minutes"))
    for services in asked.services or SIZES:
        print(measure(services, asked.queries, progress=_progress_bar))
    return 0


def _progress_bar(done: int, total: int) -> None:
    """Draw how far loading has come, on a terminal only."""
    if sys.stderr.isatty() and (done % 500 == 0 or done == total):
        bar = "#" * (40 * done // total)
        end = "\n" if done == total else ""
        print(f"\r[{bar:<40}] {done} of {total}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
