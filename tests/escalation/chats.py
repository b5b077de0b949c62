"""A young person in the day after a crisis reply, one message after another."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from escalation import screen
from escalation.aftercare import follow
from escalation.day_after import Aftercare, Turn

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TOP = "escalation.top_999"


@dataclass
class Chat:
    """A young person writing, one message after another."""

    now: datetime = START
    care: Aftercare | None = None
    turns: list[Turn] = field(default_factory=list)

    def says(self, text: str, after: timedelta = timedelta(minutes=1), **how) -> Turn:
        self.now += after
        turn = follow(text, screen(text), self.care, self.now, **how)
        self.care = turn.aftercare
        self.turns.append(turn)
        return turn

    def keys(self, *texts: str) -> list[tuple[str, ...]]:
        return [(turn := self.says(text)).before + turn.after for text in texts]
