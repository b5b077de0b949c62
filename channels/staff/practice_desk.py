"""What the practice pages ask of the gateway. There is no young person behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from channels.staff.signed_in import SignedIn


class Stage(str, Enum):
    """How far a rehearsal has come."""

    WAITING = "waiting"
    TALKING = "talking"
    TAKEN_BACK = "taken_back"
    OVER = "over"


@dataclass(frozen=True)
class ScriptLine:
    """One rehearsal to choose."""

    id: str
    title: str
    about: str


@dataclass(frozen=True)
class SaidLine:
    """One line of a rehearsal; `is_crisis` marks where crisis words would go out."""

    by_worker: bool
    text: str
    is_crisis: bool = False


@dataclass(frozen=True)
class Room:
    """A rehearsal as it stands. Nothing of it is kept when it ends.

    `has_said_all`: the young person of the script has nothing more to say.
    """

    script: ScriptLine
    stage: Stage
    shared: str
    said: Sequence[SaidLine]
    hint: str
    has_said_all: bool
    reflect: Sequence[str]


class PracticeDesk(Protocol):
    """Rehearsals: one at a time for each member of staff, in memory only."""

    def scripts(self) -> Sequence[ScriptLine]:
        """List what can be rehearsed."""

    def room(self, me: SignedIn) -> Room | None:
        """Show my rehearsal."""

    def begin(self, me: SignedIn, script: str) -> None:
        """Begin a rehearsal. ValueError for an unknown one."""

    def claim(self, me: SignedIn) -> None:
        """Claim the scripted case."""

    def say(self, me: SignedIn, text: str) -> None:
        """Say something; the script answers."""

    def finish(self, me: SignedIn) -> None:
        """Hand back, or close: what there is to think about is shown."""

    def leave(self, me: SignedIn) -> None:
        """End the rehearsal, and forget it."""
