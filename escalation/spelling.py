"""The ways one written word may be meant: leet, repeats, stars, slips of a finger."""

import re
from collections.abc import Iterable
from itertools import islice, product

from escalation.letters import LETTERS

_RUN = re.compile(r"([^\W\d_])\1+")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_STARRED = re.compile(r"[*#_~^%&?]+")
_MOST_READINGS = 8
_LONGEST = 40
_VOWELS = frozenset("aeiouy")
_SHORTEST_FUZZY = 6
_FEWEST_LETTERS = 2
_SHORTEST_MIXED = 4
_MOST_STARRED = 4
_LONGEST_INITIALS = 12
_SOUNDS_FROM = frozenset("sz")
"""What the words start with whose sounds are listed: few others are asked about."""


def ways(word: str) -> tuple[str, ...]:
    """List what a word may be meant as, itself first; at most about twenty."""
    if len(word) > _LONGEST:
        word = _LONG_RUN.sub(r"\1", word)[-_LONGEST:]
    found = _as_written(word)
    is_real = word in LETTERS.real_words
    for reading in list(found):
        for respelt in LETTERS.respelt.get(reading, ()):
            found[respelt] = None
        if not is_real and (slip := meant(reading)):
            found[slip] = None
    is_mixed = len(word) > _FEWEST_LETTERS and not word.isalpha()
    hidden = hidden_in(found) if is_mixed else []
    for usual in _usual(word):
        found[usual] = None
    return tuple(dict.fromkeys((*found, *hidden)))


def known_as(word: str) -> bool:
    """Tell whether a word, perhaps starred or misspelt, may be a common one."""
    return not LETTERS.many_words.isdisjoint(ways(word))


def hidden_in(found: Iterable[str]) -> list[str]:
    """Name what is hidden where signs, digits or gaps keep a word from being seen."""
    return [name for one in found if (name := LETTERS.hidden.get(one))]


def _as_written(word: str) -> dict[str, None]:
    """List a word with its signs read as letters, letters held down, and endings."""
    found = dict.fromkeys([word])
    if word.isdecimal():
        found["0#"] = None
    for reading in _readings(word):
        # "Sell" is a word of its own, and no "sel" held down.
        is_known = reading in LETTERS.many_words or reading in LETTERS.real_words
        for squeezed in [reading] if is_known else _squeezed(reading):
            found[squeezed] = None
            for ending in _endings(squeezed):
                found[ending] = None
    return found


def _usual(word: str) -> list[str]:
    """List the common words it may be: starred, without vowels, or mixed up."""
    found = _starred(word) if _STARRED.search(word) else []
    found += hidden_in(found)
    if word[0] == "i" and len(word) <= _LONGEST_INITIALS:
        found += (said for said, way in LETTERS.initials if way.fullmatch(word))
    if word in LETTERS.many_words or word in LETTERS.real_words or not word.isalpha():
        return found
    if _VOWELS.isdisjoint(word):
        found += _BARE.get(word, ())[:_MOST_STARRED]
    found += _MIXED.get((word[0], *sorted(word)), ())
    return found


def _readings(word: str) -> list[str]:
    """Read signs and digits as letters, when a word mixes them with letters."""
    if word.isalpha() or not any(sign.isalpha() for sign in word):
        return [word]
    spots = [LETTERS.leet.get(sign, (sign,)) for sign in word]
    return ["".join(one) for one in islice(product(*spots), _MOST_READINGS)]


def _squeezed(word: str) -> list[str]:
    """Shorten letters held down: to two, and to one."""
    if not _RUN.search(word):
        return [word]
    return [word, _LONG_RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)]


def _endings(word: str) -> list[str]:
    """Read a dropped g (killin) and a z for an s (hitz)."""
    if len(word) > 3 and word.endswith("z"):
        return [word[:-1] + "s"]
    return [word + "g"] if len(word) > 4 and word.endswith("in") else []


def _starred(word: str) -> list[str]:
    """Find the words that stars or gaps were put into: crucial ones, else common."""
    parts = _STARRED.split(word)
    if sum(map(len, parts)) < 2:
        return []
    stars = [len(run) for run in _STARRED.findall(word)]
    whole = parts[0] + "".join(
        "." * n + part for n, part in zip(stars, parts[1:], strict=True)
    )
    bare = "".join(parts)
    found = [bare] if bare in LETTERS.crucial else []
    if len(bare) * 2 >= len(whole):
        found += (one for one in _OF_LENGTH.get(len(whole), ()) if _fits(whole, one))
    return found or _with_vowels(whole)


def _with_vowels(shape: str) -> list[str]:
    """Find the common words whose vowels were starred out (w*nt, t*night)."""
    if len(shape) - shape.count(".") < _FEWEST_LETTERS:
        return []
    fits = (
        one
        for first in (sorted(_VOWELS) if shape[0] == "." else shape[0])
        for one in _USUAL.get((len(shape), first), ())
        if _vowels_fit(shape, one)
    )
    return list(islice(fits, _MOST_STARRED))


def _vowels_fit(shape: str, word: str) -> bool:
    return all(
        a == b or (a == "." and b in _VOWELS) for a, b in zip(shape, word, strict=True)
    )


def _fits(shape: str, word: str) -> bool:
    return all(a in (".", b) for a, b in zip(shape, word, strict=True))


def _without_vowels(word: str) -> set[str]:
    """List what is left when vowels after the first letter go (mslf, kllng, slf)."""
    spots = [(sign, "") if sign in _VOWELS else (sign,) for sign in word[1:]]
    left = {word[0] + "".join(rest) for rest in product(*spots)}
    bare = min(left, key=len)
    if len(word) < _SHORTEST_FUZZY:
        left = {bare}
    return {one for one in left if len(one) >= max(3, len(bare))} - {word}


def _shorter(word: str) -> list[str]:
    return [word[:n] + word[n + 1 :] for n in range(len(word))]


_OF_LENGTH: dict[int, list[str]] = {}
_USUAL: dict[tuple[int, str], list[str]] = {}
"""Common words by their length and first letter."""
for _word in sorted(LETTERS.many_words):
    _USUAL.setdefault((len(_word), _word[0]), []).append(_word)
_BARE: dict[str, tuple[str, ...]] = {}
"""Words by what is left of them without their vowels (jst, wnt, thnk)."""
for _word in sorted(LETTERS.many_words):
    _form = _word[0] + "".join(sign for sign in _word[1:] if sign not in _VOWELS)
    if len(_form) > _FEWEST_LETTERS and _form != _word and _word[0] not in _VOWELS:
        _BARE[_form] = (*_BARE.get(_form, ()), _word)
_MIXED: dict[tuple[str, ...], tuple[str, ...]] = {}
"""Words by their letters in any order behind the first (taht, wnat, myslef)."""
for _word in sorted(LETTERS.many_words):
    if len(_word) >= _SHORTEST_MIXED:
        _letters = (_word[0], *sorted(_word))
        _MIXED[_letters] = (*_MIXED.get(_letters, ()), _word)
_SLIPS: dict[str, list[str]] = {}
_VOWELLESS: dict[str, str] = {}
_JUMBLES: dict[tuple[str, ...], str] = {}
for _word in sorted(LETTERS.crucial):
    _OF_LENGTH.setdefault(len(_word), []).append(_word)
    for _form in _without_vowels(_word):
        _VOWELLESS.setdefault(_form, _word)
    for _form in {_word, _RUN.sub(r"\1", _word)} if len(_word) > 5 else ():
        _JUMBLES.setdefault((_form[0], *sorted(_form)), _word)
    if len(_word) >= _SHORTEST_FUZZY:
        for _form in {_word, *_shorter(_word)}:
            _SLIPS.setdefault(_form, []).append(_word)


def meant(word: str) -> str | None:
    """Name the crucial word that this is one slip away from, or None.

    A slip is one letter wrong, its vowels dropped, or its letters in another order.
    """
    known = word in LETTERS.real_words or word in LETTERS.crucial
    if known or not 3 <= len(word) <= 13:
        return None
    if full := _VOWELLESS.get(word) or _JUMBLES.get((word[0], *sorted(word))):
        return full
    if word[0] in _SOUNDS_FROM:
        for said, way in LETTERS.sounds:
            if way.fullmatch(word):
                return said
    return _one_slip_from(word) if len(word) > 4 else None


def _one_slip_from(word: str) -> str | None:
    for form in (word, *_shorter(word)):
        for crucial in _SLIPS.get(form, ()):
            if one_slip(word, crucial):
                return crucial
    return None


def one_slip(a: str, b: str) -> bool:
    """Tell whether one letter added, lost, changed or two swapped make a into b."""
    if abs(len(a) - len(b)) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if at is None:
        return True
    rest_a, rest_b = a[at:], b[at:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )
