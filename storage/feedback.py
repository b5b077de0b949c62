"""What people say about Handrail itself: by month, and by nobody.

There is no person, conversation, channel or time in a row, and ids are random: a row
cannot be led back to whoever gave it. Words are sealed under the service's key.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from foundations.clock import LONDON, Clock
from foundations.ids import timeless_id
from storage.encryption import SERVICE, Sealer
from storage.tables.feedback import feedback

LONGEST_WORDS: Final = 1_000


class Helped(str, Enum):
    """The answer to the one question."""

    YES = "yes"
    A_BIT = "a_bit"
    NO = "no"


@dataclass(frozen=True)
class Month:
    """Everything that was said in one month, in no order."""

    month: str
    helped: tuple[Helped, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Feedback:
    """Answers and lines, kept for a year; `month` is London's, as 2027-01."""

    connection: Connection
    sealer: Sealer
    clock: Clock

    def answer(self, helped: Helped) -> None:
        """Keep an answer to the question."""
        self._keep(helped=helped.value)

    def say(self, words: str) -> None:
        """Keep what should be different, cut at `LONGEST_WORDS` characters."""
        self._keep(words=words[:LONGEST_WORDS])

    def of(self, month: str) -> Month:
        """Give a month's feedback; ids are random, so their order tells nothing."""
        found = self.connection.execute(
            select(feedback).where(feedback.c.month == month).order_by(feedback.c.id)
        ).all()
        column, opened = feedback.c.words, self.sealer.open_text
        return Month(
            month=month,
            helped=tuple(Helped(row.helped) for row in found if row.helped),
            words=tuple(
                opened(column, row.id, SERVICE, row.words)
                for row in found
                if row.words is not None
            ),
        )

    def _keep(self, helped: str | None = None, words: str | None = None) -> None:
        now = self.clock().astimezone(LONDON)
        id, column = timeless_id(), feedback.c.words
        sealed = words and self.sealer.seal_text(column, id, SERVICE, words)
        month = f"{now:%Y-%m}"
        self.connection.execute(
            insert(feedback),
            {"id": id, "month": month, "helped": helped, "words": sealed or None},
        )
        oldest = f"{now.year - 1}-{now.month:02}"
        self.connection.execute(delete(feedback).where(feedback.c.month < oldest))
