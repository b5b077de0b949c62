"""The routes a message may take, and what a screening says."""

from dataclasses import dataclass, field
from enum import Enum


class Route(str, Enum):
    """What we do next; not an order of risk, and never stored as one."""

    EMERGENCY_NOW = "emergency_now"
    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    HARM_FROM_OTHERS = "harm_from_others"
    CONCERN_FOR_OTHER = "concern_for_other"
    NONE = "none"


# Which words to say first when several routes match: what cannot wait comes first.
SAY_FIRST = (
    Route.EMERGENCY_NOW,
    Route.SUICIDE,
    Route.HARM_FROM_OTHERS,
    Route.SELF_HARM,
    Route.CONCERN_FOR_OTHER,
)


@dataclass(frozen=True)
class Recent:
    """An earlier message of the same person, and how many seconds ago it came.

    `reasons` is what was found when it came; None when nobody remembers.
    """

    text: str
    age_s: float = 0.0
    reasons: tuple[str, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Screening:
    """Which route a message takes, and the ids of every phrase that matched.

    `happening_now` picks the emergency wording of `concern_for_other`; `names_another`,
    the wording of an emergency that may be somebody else's; `by_somebody` says that who
    comes near may be the one who hurts; `perhaps` picks words that say they may be
    wrong: no phrase matched, the dialogue raised it (`Raised`).
    """

    route: Route
    reasons: tuple[str, ...] = ()
    happening_now: bool = False
    names_another: bool = False
    by_somebody: bool = False
    perhaps: bool = False


class Raised(str, Enum):
    """What the dialogue may raise that no phrase found; it lowers nothing."""

    SUICIDE = "suicide"
    HARM_FROM_OTHERS = "harm_from_others"
    CONCERN_FOR_OTHER = "concern_for_other"

    @property
    def screening(self) -> Screening:
        """Give it as a screening whose only reason is that it was raised."""
        return Screening(Route(self.value), (f"raised.{self.value}",), perhaps=True)


NOTHING_FOUND = Screening(Route.NONE)
