"""What a young person asked for: every part is optional, and nothing is stored here."""

from dataclasses import dataclass
from functools import cached_property

from signposting.records import (
    NEEDS_DATA,
    SPOKEN_ALOUD,
    AgeRange,
    AreaId,
    ServiceId,
    Way,
)


@dataclass(frozen=True)
class Wishes:
    """Who someone is looking for; an empty part means that they did not say.

    `ages` is one age or a band. `audiences`, `formats`, `access` and `topics` use the
    words of the records. `without` are services they have seen or do not want. `first`
    are those that the organisation behind a link wants named before others. `reported`
    are those that did not work for two people, until a person has looked. `at_any_hour`
    asks about another time than now ("at 3am"): who is always there is there then.
    """

    ages: AgeRange | None = None
    areas: frozenset[AreaId] = frozenset()
    ways: frozenset[Way] = frozenset()
    not_ways: frozenset[Way] = frozenset()
    audiences: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    access: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    cannot_be_overheard: bool = False
    no_credit: bool = False
    no_data: bool = False
    at_any_hour: bool = False
    without: frozenset[ServiceId] = frozenset()
    first: tuple[ServiceId, ...] = ()
    reported: frozenset[ServiceId] = frozenset()

    @cached_property
    def refused(self) -> frozenset[Way]:
        """Give the ways that are out of the question."""
        spoken = SPOKEN_ALOUD if self.cannot_be_overheard else frozenset[Way]()
        online = NEEDS_DATA if self.no_data else frozenset[Way]()
        return self.not_ways | spoken | online


def aged(age: int) -> AgeRange:
    """Make the band of one age in whole years."""
    return AgeRange(age, age)
