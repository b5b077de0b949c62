"""What is kept of one search for help: for now, or for as long as someone wishes.

Nothing that was typed is in it. An age is kept as a band, a place as an area.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final

from signposting.bands import band_of
from signposting.records import AgeRange, AreaId, ServiceId, Way
from signposting.wishes import Wishes

SHORT_MEMORY: Final = timedelta(hours=4)
"""A quiet time after which wishes that nobody asked us to remember are gone."""
MOST_KEPT: Final = 200
NO_WISHES: Final = Wishes()


class AskedOf(str, Enum):
    """What we asked and wait for; everything may be left unanswered."""

    PLACE = "place"
    AGE = "age"
    WHAT_WENT_WRONG = "what went wrong"


@dataclass(frozen=True)
class Search:
    """One person's search: wishes, what was shown, and what we last talked about.

    `refused` are services they said are not for them; `last` those of the latest
    answer; `about` the one looked at, and `told` the facts of it that were said.
    `opens_next` was named as the next of the kind to open.
    `reported` maps a service to the number of the report they made, so that one person
    counts once.
    """

    wishes: Wishes = NO_WISHES
    remembered: bool = False
    shown: tuple[ServiceId, ...] = ()
    refused: tuple[ServiceId, ...] = ()
    last: tuple[ServiceId, ...] = ()
    about: ServiceId | None = None
    told: tuple[str, ...] = ()
    opens_next: ServiceId | None = None
    asked: AskedOf | None = None
    reported: tuple[tuple[ServiceId, int], ...] = ()
    at: datetime | None = None

    @property
    def is_on(self) -> bool:
        """Tell whether there is something that "more" or "that one" could mean."""
        return bool(self.last or self.about)

    def as_of(self, now: datetime) -> "Search":
        """Give what is left of it at an aware moment."""
        if self.at is not None and now - self.at < SHORT_MEMORY:
            return self
        wishes = self.wishes if self.remembered else NO_WISHES
        return Search(
            wishes=wishes,
            remembered=self.remembered,
            refused=self.refused if self.remembered else (),
            reported=self.reported,
        )

    def forgotten(self) -> "Search":
        """Forget every wish; reports stay, so that nobody counts twice."""
        return Search(reported=self.reported)

    def wishing(self, wishes: Wishes) -> "Search":
        """Change the wishes; another search begins, and everyone may be shown again."""
        if wishes == self.wishes:
            return self
        return replace(self, wishes=wishes, shown=())

    def afresh(self) -> "Search":
        """Begin anew: what one search was about does not bind the next.

        Age, place, and what they cannot do are as true as before, and so is all that
        they asked to be remembered. Everyone may be shown again.
        """
        if self.remembered:
            return replace(self, shown=())
        old = self.wishes
        wishes = Wishes(
            ages=old.ages,
            areas=old.areas,
            not_ways=old.not_ways,
            cannot_be_overheard=old.cannot_be_overheard,
            no_credit=old.no_credit,
            no_data=old.no_data,
        )
        return replace(self, wishes=wishes, shown=())

    def showing(
        self, services: Iterable[ServiceId], opens_next: ServiceId | None = None
    ) -> "Search":
        """Note what an answer showed."""
        last = tuple(services)
        shown = tuple(dict.fromkeys((*self.shown, *last)))[-MOST_KEPT:]
        return replace(
            self, shown=shown, last=last, about=None, told=(), opens_next=opens_next
        )

    def looking_at(self, service: ServiceId, told: tuple[str, ...] = ()) -> "Search":
        """Note which one is talked about, and what was said of it."""
        if service == self.about and not told:
            return self
        return replace(self, about=service, told=told)

    def to_json(self, now: datetime) -> str:
        """Write it down; an age becomes its band."""
        wishes = self.wishes
        band = wishes.ages and band_of(wishes.ages)
        ages = band.ages if band else wishes.ages
        return json.dumps(
            {
                "ages": [ages.lowest, ages.highest] if ages else None,
                **{name: sorted(getattr(wishes, name)) for name in _SETS},
                **{name: getattr(wishes, name) for name in _TRUTHS},
                "remembered": self.remembered,
                "shown": self.shown,
                "refused": self.refused,
                "last": self.last,
                "about": self.about,
                "told": self.told,
                "opens_next": self.opens_next,
                "asked": self.asked.value if self.asked else None,
                "reported": self.reported,
                "at": now.isoformat(),
            }
        )

    @classmethod
    def from_json(cls, text: str | None) -> "Search":
        """Read what `to_json` wrote; a fresh search when there is nothing to read."""
        if not text:
            return cls()
        kept: dict[str, Any] = json.loads(text)
        if "at" not in kept:
            return cls()
        asked = kept["asked"]
        return cls(
            wishes=_wishes(kept),
            remembered=kept["remembered"],
            shown=_services(kept["shown"]),
            refused=_services(kept["refused"]),
            last=_services(kept["last"]),
            about=ServiceId(kept["about"]) if kept["about"] else None,
            told=tuple(kept.get("told", ())),
            opens_next=kept.get("opens_next"),
            asked=AskedOf(asked) if asked else None,
            reported=tuple((ServiceId(who), int(n)) for who, n in kept["reported"]),
            at=datetime.fromisoformat(kept["at"]),
        )


_SETS: Final = (
    *("areas", "ways", "not_ways", "audiences"),
    *("formats", "access", "topics"),
)
_TRUTHS: Final = ("cannot_be_overheard", "no_credit", "no_data", "at_any_hour")


def _wishes(kept: dict[str, Any]) -> Wishes:
    ages = kept["ages"]
    return Wishes(
        ages=AgeRange(*ages) if ages else None,
        areas=frozenset(map(AreaId, kept["areas"])),
        ways=frozenset(map(Way, kept["ways"])),
        not_ways=frozenset(map(Way, kept["not_ways"])),
        audiences=frozenset(kept["audiences"]),
        formats=frozenset(kept["formats"]),
        access=frozenset(kept["access"]),
        topics=frozenset(kept["topics"]),
        # A search that was kept before there was such a wish has none.
        **{name: kept.get(name, False) for name in _TRUTHS},
    )


def _services(kept: list[str]) -> tuple[ServiceId, ...]:
    return tuple(map(ServiceId, kept))
