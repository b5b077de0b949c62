"""The table of the security standard leaves no item of its first two steps out."""

import re
from collections.abc import Iterator
from pathlib import Path

from foundations.content import read_yaml

TABLE = Path("docs/security/asvs.md")
ITEMS: dict[str, list[int]] = read_yaml(Path(__file__).with_name("asvs_items.yml"))


def named(cell: str) -> Iterator[str]:
    """Give the items of a first cell: one, a range, or a section as a whole."""
    for part in cell.split(", "):
        if part in ITEMS:
            yield from (f"{part}.{last}" for last in ITEMS[part])
            continue
        first, _, end = part.partition("-")
        yield from between(place(first), place(end or first))


def place(item: str) -> tuple[int, ...]:
    """Read 6.2.10 as numbers, so that it comes after 6.2.9."""
    return tuple(map(int, item.split(".")))


def between(first: tuple[int, ...], end: tuple[int, ...]) -> Iterator[str]:
    """Give the items from one to another."""
    for section, numbers in ITEMS.items():
        for last in numbers:
            if first <= (*place(section), last) <= end:
                yield f"{section}.{last}"


def test_no_item_of_the_standard_is_left_out() -> None:
    rows = re.findall(r"^\| ([\d., -]+?) \|", TABLE.read_text("utf-8"), re.MULTILINE)
    found = {item for row in rows for item in named(row)}
    wanted = {f"{section}.{last}" for section in ITEMS for last in ITEMS[section]}

    assert len(wanted) == 253
    assert wanted - found == set()
