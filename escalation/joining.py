"""Earlier messages laid beside the newest: a sentence may be split over several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from escalation.normalise import SENTENCE_EDGE, Word, across, words
from escalation.routes import Recent
from escalation.row import WALL

MOST_RECENT = 4
LONGEST_RECENT = 600
LONGEST_JOINED = 8
_JOINED_WITHIN_S = 600.0
_SHUFFLED_WITHIN_S = 10.0
_MOST_RECENT_WORDS = 60

Seam = tuple[int, int, int]
"""Which of the joined, and where its seam begins and ends."""


@dataclass(frozen=True)
class Joined:
    """A row of words from several messages; the newest's are since..until.

    Messages meet at `seam`: between two words, or in one that was cut and mended.
    """

    row: list[Word]
    since: int
    until: int
    seam: tuple[int, int]


def joined(
    newest: list[Word],
    recent: Sequence[Recent],
    *,
    shuffled: bool,
    has_said: Callable[[Recent], bool],
) -> list[Joined]:
    """Lay earlier messages beside the newest: before it, and after it if shuffled.

    One that `has_said` something by itself has had its answer: it was no half of a
    sentence, and is not laid after the newest.
    """
    near = [one for one in recent if one.age_s <= _JOINED_WITHIN_S][-MOST_RECENT:]
    read = [words(one.text[-LONGEST_RECENT:])[-_MOST_RECENT_WORDS:] for one in near]
    rows = []
    earlier: list[Word] = []
    for row in read:
        earlier, _ = _beside(earlier, row)
    if earlier:
        rows.append(_before(earlier, newest))
    for one, row in zip(near, read, strict=True) if shuffled else ():
        if one.age_s <= _SHUFFLED_WITHIN_S and not has_said(one):
            rows.append(_after(newest, row))
            if len(near) > 1:
                rows.append(_before(row, newest))
    return rows


def seams(together: Sequence[Joined]) -> tuple[list[Word], list[Seam]]:
    """Lay the words about every seam in one row, with a wall between them.

    For each place of the row, tell which of the joined it is from, and its seam there.
    """
    row: list[Word] = []
    places: list[Seam] = []
    for at, one in enumerate(together):
        before, after = one.seam
        first = max(0, before - LONGEST_JOINED)
        about = one.row[first : after + LONGEST_JOINED]
        moved = len(row) - first
        places += [(at, before + moved, after + moved)] * (len(about) + 1)
        row += [*about, WALL]
    return row, places


def _before(earlier: list[Word], newest: list[Word]) -> Joined:
    """Lay words before the start of the newest; only matches that touch it count."""
    head = newest[:_MOST_RECENT_WORDS]
    row, is_mended = _beside(earlier, head)
    since = len(row) - len(head) + 1
    return Joined(row, since, len(row), (since, since + is_mended))


def _after(newest: list[Word], later: list[Word]) -> Joined:
    """Lay words after the end of the newest."""
    tail = newest[-_MOST_RECENT_WORDS:]
    row, is_mended = _beside(tail, later)
    until = len(tail) - 1
    return Joined(row, 0, until, (until - is_mended, until))


def _beside(first: list[Word], then: list[Word]) -> tuple[list[Word], bool]:
    """Join two rows as one sentence, mending a word that was cut between them."""
    if not first:
        return then, False
    trimmed = first[:-1] if first[-1] is SENTENCE_EDGE else first
    rest = then[1:] if then[0] is SENTENCE_EDGE else then
    if trimmed and rest and (whole := across(trimmed[-1], rest[0])):
        return [*trimmed[:-1], whole, *rest[1:]], True
    return trimmed + rest, False
