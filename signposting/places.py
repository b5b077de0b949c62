"""From a place name or the first half of a postcode to areas, without the network."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from foundations.content import read_yaml
from signposting.records import AreaId

TABLE = Path(__file__).with_name("areas.yml")

_POSTCODE = re.compile(r"^([a-z]{1,2}\d{1,2})([a-z]?)(?:\s*\d[a-z]{2})?$")
_CODE_RANGE = re.compile(r"^([A-Z]{1,2})(\d{1,2})(?:-\1(\d{1,2}))?$")
_CLOSE_ENOUGH = 0.8
_WIDE = frozenset(map(AreaId, ("england", "wales", "scotland", "northern-ireland")))


@dataclass(frozen=True)
class Area:
    """One area, its name as people say it, and the areas it lies in."""

    id: AreaId
    name: str
    within: tuple[AreaId, ...]


@dataclass(frozen=True)
class PlaceAnswer:
    """Where a place is: sure areas, or candidates to ask about, or neither.

    At most one of the two is filled; both empty means that we do not know it.
    """

    areas: frozenset[AreaId] = frozenset()
    candidates: tuple[AreaId, ...] = ()


@dataclass(frozen=True)
class Places:
    """The table of areas, of the names in them, and of outward codes."""

    areas: Mapping[AreaId, Area]
    by_name: Mapping[str, tuple[AreaId, ...]]
    by_outward_code: Mapping[str, tuple[AreaId, ...]]

    def find(self, text: str) -> PlaceAnswer:
        """Say where a place is; an unsure answer gives candidates, never a guess.

        Of a full postcode only the first half is looked at.
        """
        plain = plain_name(text)
        postcode = _POSTCODE.match(plain)
        if postcode:
            return _one_or_ask(self.by_outward_code.get(postcode[1].upper(), ()))
        known = self.by_name.get(plain)
        if known:
            return _one_or_ask(known)
        near = get_close_matches(plain, self._local, n=3, cutoff=_CLOSE_ENOUGH)
        found = dict.fromkeys(area for name in near for area in self.by_name[name])
        return PlaceAnswer(candidates=tuple(found))

    @cached_property
    def _local(self) -> tuple[str, ...]:
        """Give the names that are near enough to ask about by the name of an area.

        "Did you mean England?" would help nobody who wrote the name of a town.
        """
        return tuple(
            name
            for name, areas in self.by_name.items()
            if plain_name(name) in _own_names(self, areas) or not _WIDE & set(areas)
        )

    def around(self, areas: frozenset[AreaId]) -> frozenset[AreaId]:
        """Add every area that the given ones lie in, up to the United Kingdom."""
        reached = set(areas)
        waiting = list(areas)
        while waiting:
            for outer in self.areas[waiting.pop()].within:
                if outer not in reached:
                    reached.add(outer)
                    waiting.append(outer)
        return frozenset(reached)

    def named(self, name: str) -> AreaId | None:
        """Give the one area whose full name, as records write it, is this."""
        found = self.by_name.get(plain_name(name), ())
        return found[0] if len(found) == 1 else None


def _own_names(places: Places, areas: tuple[AreaId, ...]) -> set[str]:
    return {plain_name(places.areas[area].name) for area in areas}


def plain_name(text: str) -> str:
    """Write a name in lower case without marks, so that spellings meet."""
    kept = re.sub(r"[^a-z0-9 ]", " ", text.lower().replace("'", ""))
    return " ".join(kept.split())


def _one_or_ask(found: tuple[AreaId, ...]) -> PlaceAnswer:
    if len(found) == 1:
        return PlaceAnswer(areas=frozenset(found))
    return PlaceAnswer(candidates=found)


@cache
def load_places(path: Path = TABLE) -> Places:
    """Read the table of areas."""
    table: dict[str, dict[str, Any]] = read_yaml(path)
    names: dict[str, tuple[AreaId, ...]] = {}
    codes: dict[str, tuple[AreaId, ...]] = {}
    for key, row in table.items():
        area = AreaId(key)
        said = [row["name"], key.replace("-", " "), *row.get("places", ())]
        for name in dict.fromkeys(plain_name(each) for each in said):
            names[name] = (*names.get(name, ()), area)
        for code in _codes(row.get("outward", "")):
            codes[code] = (*codes.get(code, ()), area)
    areas = {
        AreaId(key): Area(
            AreaId(key), row["name"], tuple(map(AreaId, row.get("within", ())))
        )
        for key, row in table.items()
    }
    return Places(areas, names, codes)


def _codes(ranges: str) -> Iterator[str]:
    """Write out 'PL1-PL3 PL9' as PL1, PL2, PL3, PL9."""
    for part in ranges.split():
        match = _CODE_RANGE.match(part)
        if not match:
            raise ValueError(f"{part} is not an outward code or a range of them")
        letters, first, last = match.groups()
        for number in range(int(first), int(last or first) + 1):
            yield f"{letters}{number}"
