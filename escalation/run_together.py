"""Words that were written without spaces, cut apart again."""

import re
from itertools import pairwise

from escalation.letters import LETTERS
from escalation.spelling import meant

LONGEST_RUN = 160
_LONGEST_WORD = 12
_UNKNOWN = 2.0
"""What a letter costs that belongs to no known word; a known word costs one."""
_MOST_UNKNOWN = 0.25
_CAPITALS = re.compile(r"(?:[A-Z][a-z]*){3,}")
_CAPITAL = re.compile(r"[A-Z][a-z]*")

_SHORTEST_RUN = 5
_LONG_RUN = 14
"""Letters: so many are hardly one word, and may be any words run together."""
_MANY_JOINED = 4
_LONG_WORD = 4
_OPENS = frozenset(
    [
        "i",
        "im",
        "ive",
        "id",
        "ill",
        "my",
        "the",
        "he",
        "she",
        "hes",
        "shes",
        "theyre",
        "took",
        "not",
        "to",
        "and",
    ]
)
_CLOSES = frozenset(
    ["me", "my", "it", "now", "tonight", "anymore", "rn", "the", "to", "so"]
)
_LONGEST_LITTLE = 7
_DONE = ("killing", "kill", "cutting", "cut", "hurting", "hurt", "harming", "harm")
_SINGLE = frozenset("ru")
"""Words, but more often what is left of another."""
_TELLING = LETTERS.crucial | {"here", "alive", "exist", "living", "life", "wake"}
_NEVER_APART = (
    LETTERS.crucial
    | LETTERS.real_words
    # "killin" is "killing", not "kill in".
    | {word[:-1] for word in LETTERS.crucial if word.endswith("ing")}
    | LETTERS.respelt.keys()
)
_MISSPELT = {
    short
    for short, meant in LETTERS.respelt.items()
    if short.isalpha()
    and len(short) >= _SHORTEST_RUN
    and meant[0] in LETTERS.crucial
    and short[0] == meant[0][0]
}
"""Crucial words as some spell them (killmyslef); of fewer letters, too much is made."""
_RUN_ON = LETTERS.many_words | _MISSPELT
_RUN_ON_SHORT = LETTERS.glue | _MISSPELT

Place = tuple[float, int, bool]
"""What the best way here costs, where its last step began, and if that is a word."""


def pulled_apart(run: str, letter_by_letter: bool) -> list[str]:
    """Cut words run together (killmyself) apart; [] unless they are words.

    A short run has to be known words and nothing else; of a long one, which is hardly
    a single word, a quarter may be anything.
    """
    if len(run) <= LONGEST_RUN:
        run = run.replace("2", "to")
    if not _SHORTEST_RUN <= len(run) <= LONGEST_RUN or not run.isalpha():
        return []
    if run in _NEVER_APART:
        return []
    if letter_by_letter:
        parts = cut_apart(run)
        return parts if len(parts) > 1 else []
    is_long = len(run) >= _LONG_RUN
    parts = cut_apart(run) if is_long else cut_into(run, _RUN_ON_SHORT)
    if len(parts) > 1 and _are_run_together(parts):
        return parts
    return _beside_a_little_word(run) or _beside_myself(run)


def _beside_a_little_word(run: str) -> list[str]:
    """Cut one common word from the little one before or behind it (ihate, helpme)."""
    if run in LETTERS.many_words:
        return []
    for at in range(1, min(_LONGEST_LITTLE, len(run) - _LONG_WORD) + 1):
        if run[:at] in _OPENS and run[at:] in LETTERS.many_words:
            return [run[:at], run[at:]]
        if run[-at:] in _CLOSES and run[:-at] in LETTERS.many_words:
            return [run[:-at], run[-at:]]
    return []


def _beside_myself(run: str) -> list[str]:
    """Cut a misspelt word from "myself", or a misspelt "myself" from what is done."""
    if run.startswith(_DONE):
        for done in _DONE:
            rest = run.removeprefix(done)
            if rest != run and _means(rest) == "myself":
                return [done, rest]
    done = run.removesuffix("myself")
    return [done, "myself"] if done != run and _means(done) in _DONE else []


def _means(word: str) -> str | None:
    return next(iter(LETTERS.respelt.get(word, ())), None) or meant(word)


def _are_run_together(parts: list[str]) -> bool:
    """Tell words that were run together from one that only falls apart into some.

    Of a single word (initiation, misunderstanding) mostly "at", "i" and "on" are left,
    or pieces that are no words.
    """
    if ("i", "on") in pairwise(parts):
        return False
    words = [part for part in parts if part in _RUN_ON and part not in _SINGLE]
    long = [word for word in words if len(word) > 2]
    longest = [word for word in long if len(word) >= _LONG_WORD]
    telling = [word for word in long if word in _TELLING or word in _MISSPELT]
    if len(words) < len(parts):
        some_left = len(longest) > 1 and len(long) > 2
        all_known = len(words) > 1 and set(parts) <= _RUN_ON
        return some_left or (all_known and not set(telling).isdisjoint(longest))
    return bool(telling) or (len(parts) >= _MANY_JOINED and bool(longest))


def cut_into(run: str, known: frozenset[str]) -> list[str]:
    """Cut a run of letters into the fewest known words; [] if it is not only them."""
    return _steps(run, _best(run, known, unknown=None))


def cut_apart(run: str) -> list[str]:
    """Cut a long run into common words, with few letters that belong to none; or []."""
    best = _best(run, _RUN_ON, unknown=_UNKNOWN)
    parts = _steps(run, best)
    known = sum(len(part) for part in parts if part in _RUN_ON)
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
