"""Words that were written without spaces, cut apart again."""

import re

from escalation.letters import LETTERS

LONGEST_RUN = 160
_LONGEST_WORD = 12
_UNKNOWN = 2.0
"""What a letter costs that belongs to no known word; a known word costs one."""
_MOST_UNKNOWN = 0.25
_CAPITALS = re.compile(r"(?:[A-Z][a-z]*){3,}")
_CAPITAL = re.compile(r"[A-Z][a-z]*")

Place = tuple[float, int, bool]
"""What the best way here costs, where its last step began, and if that is a word."""


def cut_into(run: str, known: frozenset[str]) -> list[str]:
    """Cut a run of letters into the fewest known words; [] if it is not only them."""
    return _steps(run, _best(run, known, unknown=None))


def cut_apart(run: str) -> list[str]:
    """Cut a long run into common words, with few letters that belong to none; or []."""
    best = _best(run, LETTERS.many_words, unknown=_UNKNOWN)
    parts = _steps(run, best)
    known = sum(len(part) for part in parts if part in LETTERS.many_words)
    return parts if known >= len(run) * (1 - _MOST_UNKNOWN) else []


def cut_at_capitals(piece: str) -> list[str]:
    """Cut WordsLikeThese, if most of them are common words; or []."""
    if piece.isupper() or not _CAPITALS.fullmatch(piece):
        return []
    parts = [part.casefold() for part in _CAPITAL.findall(piece)]
    known = sum(part in LETTERS.many_words for part in parts)
    return parts if known * 2 > len(parts) else []


def _best(
    run: str, known: frozenset[str], *, unknown: float | None
) -> list[Place | None]:
    """Find for each place the cheapest way there, from the start."""
    best: list[Place | None] = [(0.0, 0, True)] + [None] * len(run)
    for start in range(len(run)):
        here = best[start]
        # Few places are reached: mostly nothing but the start, which costs little.
        if here is None:
            continue
        if unknown is not None:
            _reach(best, start + 1, (here[0] + unknown, start, False))
        for end in range(start + 1, min(start + _LONGEST_WORD, len(run)) + 1):
            if run[start:end] in known:
                _reach(best, end, (here[0] + 1, start, True))
    return best


def _reach(best: list[Place | None], place: int, way: Place) -> None:
    known = best[place]
    if known is None or way[0] < known[0]:
        best[place] = way


def _steps(run: str, best: list[Place | None]) -> list[str]:
    """Follow the best way back; letters of no word stand together as one piece."""
    parts: list[str] = []
    end, is_open = len(run), False
    while end and (way := best[end]) is not None:
        _, start, is_word = way
        if not is_word and is_open:
            parts[-1] = run[start:end] + parts[-1]
        else:
            parts.append(run[start:end])
        end, is_open = start, not is_word
    return parts[::-1] if not end else []
