"""What someone picked on a help page, read from an address or a form.

Every value is one of a list that we made: nothing typed is read, so nothing typed can
be in an address. What is not on the lists is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from signposting.bands import AgeBand
from signposting.places import Places
from signposting.records import AreaId, Way
from signposting.wishes import Wishes

MOST_FIELDS = 60
WAYS = {
    "text": frozenset({Way.SMS, Way.WHATSAPP}),
    "call": frozenset({Way.PHONE}),
    "chat": frozenset({Way.WEBCHAT, Way.APP}),
    "place": frozenset({Way.IN_PERSON}),
}
NEEDS = ("no-calls", "quiet", "no-credit", "no-data")
KINDS = ("one-to-one", "group", "peer")
ACCESS = ("drop-in", "booking", "no-referral")
AUDIENCES = (
    *("lgbtq", "trans", "care-experienced", "neurodivergent", "ethnic-minority"),
    *("muslim", "young-carers", "students", "farming", "women-girls", "deaf"),
    *("worried-about-someone", "parents-carers"),
)
TOPICS = (
    *("suicidal-thoughts", "self-harm", "bereavement", "eating", "drugs-alcohol"),
    *("abuse", "sexual-violence", "housing", "running-away"),
)
OPEN_CHOICES = ("age", "area", "way", "need", "kind", "access")
"""The fields that may stand in an address: not who someone is or what it is about."""


@dataclass(frozen=True)
class Filters:
    """What was picked: field -> values, in the order of our own lists."""

    link: str = ""
    picked: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, name: str, value: str) -> bool:
        """Tell whether a value was picked."""
        return value in self.picked.get(name, ())

    @property
    def any_private(self) -> bool:
        """Tell whether something was picked that no address may hold."""
        return any(name not in OPEN_CHOICES for name in self.picked)

    @property
    def each(self) -> tuple[tuple[str, str], ...]:
        """Give every field and value that was picked."""
        return tuple(
            (name, value) for name, values in self.picked.items() for value in values
        )

    @property
    def in_address(self) -> tuple[tuple[str, str], ...]:
        """Give what may stand in an address."""
        link = (("link", self.link),) if self.link else ()
        return (
            *link,
            *(
                (name, value)
                for name in OPEN_CHOICES
                for value in self.picked.get(name, ())
            ),
        )

    def wishes(self) -> Wishes:
        """Give the wishes that were picked."""
        band = self.picked.get("age", ())
        ways = (WAYS[way] for way in self.picked.get("way", ()))
        return Wishes(
            ages=AgeBand(band[0]).ages if band else None,
            areas=frozenset(map(AreaId, self.picked.get("area", ()))),
            ways=frozenset().union(*ways),
            not_ways=frozenset({Way.PHONE} if self.has("need", "no-calls") else ()),
            audiences=frozenset(self.picked.get("for", ())),
            formats=frozenset(self.picked.get("kind", ())),
            access=frozenset(self.picked.get("access", ())),
            topics=frozenset(self.picked.get("about", ())),
            cannot_be_overheard=self.has("need", "quiet"),
            no_credit=self.has("need", "no-credit"),
            no_data=self.has("need", "no-data"),
        )


def read_filters(pairs: Iterable[tuple[str, str]], places: Places) -> Filters:
    """Read what a form sent; unknown fields and values are left out."""
    lists = {
        "age": tuple(band.value for band in AgeBand),
        "area": areas_to_pick(places),
        "way": tuple(WAYS),
        "need": NEEDS,
        "kind": KINDS,
        "access": ACCESS,
        "for": AUDIENCES,
        "about": TOPICS,
    }
    sent = list(pairs)[:MOST_FIELDS]
    picked = {
        name: found
        for name, known in lists.items()
        if (found := tuple(each for each in known if (name, each) in sent))
    }
    if "age" in picked:
        picked["age"] = picked["age"][:1]
    link = next((value for name, value in sent if name == "link"), "")
    return Filters(link if _could_be_link(link) else "", picked)


def areas_to_pick(places: Places) -> tuple[AreaId, ...]:
    """Give the areas that someone may pick, by name."""
    by_name = sorted(places.areas.values(), key=lambda area: area.name)
    return tuple(area.id for area in by_name)


def _could_be_link(text: str) -> bool:
    return 0 < len(text) <= 64 and all(c.isalnum() or c == "-" for c in text)
