"""The last few texts of each sender, in memory only, for a sentence sent in parts."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from escalation import Recent
from gateway.inbound import Inbound, Sender
from storage.messages import RECENT_AT_MOST

REMEMBERED_FOR = timedelta(minutes=10)
TEXTS_EACH = RECENT_AT_MOST
"""As many as the records give: with the same before it, a text is not read again."""
MOST_SENDERS = 10_000
MOST_CHARACTERS = 10_000_000

Dated = tuple[datetime, str, tuple[str, ...] | None]
"""When a text came, what it said, and what was found in it, if that is remembered."""


class Lately:
    """A small memory that needs no database, so that parts are found even without one.

    Senders are forgotten after `REMEMBERED_FOR`, the quietest ones first.
    """

    def __init__(self, is_command: Callable[[str], bool]) -> None:
        self._is_command = is_command
        self._texts: OrderedDict[Sender, deque[Dated]] = OrderedDict()
        self._characters = 0

    def before(self, inbound: Inbound) -> tuple[Recent, ...]:
        """Give the sender's earlier texts with their ages, oldest first."""
        texts = self._texts.get(inbound.sender, ())
        return recent_of(texts, inbound.received_at, self._is_command)

    def remember(self, inbound: Inbound, reasons: tuple[str, ...]) -> None:
        """Keep this text, and what was found in it, for the next one's sake."""
        kept = self._texts.setdefault(inbound.sender, deque())
        kept.append((inbound.received_at, inbound.text, reasons))
        self._characters += len(inbound.text)
        if len(kept) > TEXTS_EACH:
            self._characters -= len(kept.popleft()[1])
        self._texts.move_to_end(inbound.sender)
        self._let_go(inbound.received_at)

    def _let_go(self, now: datetime) -> None:
        """Forget whoever was quiet for long, and the quietest beyond the limit."""
        while self._texts:
            quietest = next(iter(self._texts.values()))
            is_old = now - quietest[-1][0] > REMEMBERED_FOR
            is_full = (
                len(self._texts) > MOST_SENDERS or self._characters > MOST_CHARACTERS
            )
            if not is_old and not is_full:
                return
            _, gone = self._texts.popitem(last=False)
            self._characters -= sum(len(text) for _, text, _ in gone)


def recent_of(
    texts: Iterable[Dated],
    now: datetime,
    is_command: Callable[[str], bool],
) -> tuple[Recent, ...]:
    """Turn dated texts into the screen's form, leaving out what is too old.

    A command word was answered by itself: SHARE, and then "delete everything", are
    two wishes and no sentence.
    """
    return tuple(
        Recent(text, (now - said_at).total_seconds(), reasons)
        for said_at, text, reasons in texts
        if timedelta(0) <= now - said_at <= REMEMBERED_FOR
        and not (" " not in text.strip() and is_command(text))
    )
