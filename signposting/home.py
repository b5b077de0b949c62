"""What an organisation sets for the people who come through its links.

One YAML file for each organisation, named by its id: `areas` is where its people
mostly are, used until someone says another place; `first` are services it wants to be
named before others that fit as well. Neither rules anything out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from foundations.content import read_yaml
from signposting.directory import Directory
from signposting.places import Places
from signposting.records import AreaId, ServiceId
from signposting.wishes import Wishes

HOMES = Path(__file__).with_name("homes")


@dataclass(frozen=True)
class Home:
    """The default area and order of one organisation."""

    areas: frozenset[AreaId] = frozenset()
    first: tuple[ServiceId, ...] = ()

    def around(self, wishes: Wishes) -> Wishes:
        """Fill in what someone left open; what they said stays as it is."""
        return replace(wishes, areas=wishes.areas or self.areas, first=self.first)

    def of_link(self, area: str | None, places: Places) -> "Home":
        """Take the area of one link, where it has one that we know, for our own."""
        found = places.find(area).areas if area else frozenset()
        return replace(self, areas=found or self.areas)


NO_HOME = Home()


def load_homes(directory: Directory, folder: Path = HOMES) -> Mapping[str, Home]:
    """Read every file; ValueError names the file and what it names in vain."""
    return {
        path.stem: _home(path, directory.places, directory)
        for path in sorted(folder.glob("*.yml"))
    }


def _home(path: Path, places: Places, directory: Directory) -> Home:
    written = read_yaml(path)
    areas, first = written.get("areas") or [], written.get("first") or []
    unknown = [
        *(area for area in areas if area not in places.areas),
        *(service for service in first if service not in directory.services),
    ]
    if unknown:
        raise ValueError(f"{path.name}: not known: {', '.join(map(str, unknown))}")
    return Home(frozenset(map(AreaId, areas)), tuple(map(ServiceId, first)))
