"""A whole message put into a code: backwards, shifted, in numbers, turned over."""

import re
from collections.abc import Iterator

from escalation.letters import LETTERS
from escalation.run_together import LONGEST_RUN, cut_apart
from escalation.spelling import known_as

_ABC = "abcdefghijklmnopqrstuvwxyz"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_FEWEST = 3
_ASKED = 60
"""Words: so many tell whether a message is written plainly."""
_LONGEST = 1_000
_TURNED = dict(zip("ɐqɔpǝɟƃɓɥᴉıɾʞɯudbɹʇnʌʍʎ", "abcdefgghiijkmnpqrtuvwy", strict=True))
_ONLY_TURNED = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")
_FANCY = (
    str.maketrans(
        "卂乃匚乇千卄丨ﾌҜㄥ爪几ㄖ卩尺丂ㄒㄩ山乂ㄚ乙", "abcefhijklmnoprstuwxyz"
    ),
    str.maketrans("ค๒ς๔єŦﻮђเןкɭ๓ภ๏קợгรՇยשฬאץչ", _ABC),
)
_ONLY_FANCY = re.compile("[乇丂ㄒㄩㄥㄖ卄卂ﾌ๒๔ﻮђ๓Շ]")
_BITS = re.compile(r"(?<!\S)[01]{8}(?:\s*[01]{8})+(?!\S)")
_NUMBERS = re.compile(
    r"(?<!\S)\d{1,2}(?:[-.,]\d{1,2}){2,}(?:\s+\d{1,2}(?:[-.,]\d{1,2})*)*(?!\S)"
)
_TAPPED = re.compile(r"(?<!\S)[.·\-–—_]+(?:[ /|]+[.·\-–—_]+){2,}(?!\S)")
_SOME_NUMBERS = re.compile(r"\d[-.,]\d\d?[-.,]\d")
_SOME_TAPS = re.compile(r"[.·\-–—_] [.·\-–—_/|]")
_TAP = str.maketrans({"·": ".", "–": "-", "—": "-", "_": "-"})
_TAPS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- "
    "-. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
)
_MORSE = dict(
    zip(
        _TAPS.split(),
        _ABC,
        strict=True,
    )
)
_PICTURED = re.compile(
    r"[^\W\d_]+(?:[\u2190-\u2bff\U0001F000-\U0001FAFF][\ufe0f\u200d]*[^\W\d_]+)+"
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_WORDS = LETTERS.many_words | {""}
_SHIFTS = (13, 1, 25, 3, 23)


def _tables() -> list[dict[int, int]]:
    shifted = [_ABC[by:] + _ABC[:by] for by in _SHIFTS]
    tables = [str.maketrans(_ABC, one) for one in (*shifted, _ABC[::-1])]
    for step in (1, -1):
        meant = "".join(row[step:] + row[:step] for row in _ROWS)
        tables.append(str.maketrans("".join(_ROWS), meant))
    return tables


_TABLES = _tables()


def decoded(text: str) -> str:
    """Put letters in place of numbers and taps that stand for them."""
    if "01" in text:
        text = _BITS.sub(_of_bits, text)
    if _SOME_NUMBERS.search(text):
        text = _NUMBERS.sub(_of_numbers, text)
    if _SOME_TAPS.search(text):
        text = _TAPPED.sub(_of_taps, text)
    return text


def _of_bits(found: re.Match[str]) -> str:
    bits = "".join(found.group().split())
    letters = "".join(chr(int(bits[n : n + 8], 2)) for n in range(0, len(bits), 8))
    return _spelt(letters) if letters.isprintable() else found.group()


def _spelt(said: str) -> str:
    """Spell one word a letter at a time, so that it is read as hidden."""
    return said if " " in said else " ".join(said)


def _of_numbers(found: re.Match[str]) -> str:
    """Read 11-9-12-12 as kill; a date, a score or one short word stays numbers."""
    parts = [re.split(r"[-.,]", one) for one in found.group().split()]
    if not all(1 <= int(n) <= len(_ABC) for part in parts for n in part):
        return found.group()
    said = ["".join(_ABC[int(n) - 1] for n in part) for part in parts]
    known = all(one in LETTERS.many_words for one in said)
    return " ".join(said) if known and len("".join(said)) > _FEWEST else found.group()


def _of_taps(found: re.Match[str]) -> str:
    words = re.split(r"\s*[/|]\s*|\s{2,}", found.group().translate(_TAP))
    letters = [[_MORSE.get(one) for one in word.split()] for word in words]
    if any(one is None for word in letters for one in word):
        return found.group()
    said = ["".join(filter(None, word)) for word in letters]
    return _spelt(" ".join(said)) if said[0] in LETTERS.many_words else found.group()


def relettered(text: str) -> str:
    """Read letters that stand on their heads from the end, and drawn ones as Latin."""
    if text.isascii():
        return text
    if len(_ONLY_FANCY.findall(text)) >= _FEWEST:
        for table in _FANCY:
            text = text.translate(table)
    if len(_ONLY_TURNED.findall(text)) < _FEWEST:
        return text
    return "".join(_TURNED.get(sign, sign) for sign in reversed(text))


def without_pictures(text: str) -> str:
    """Put a word together that has pictures in it (ki🔪ll), or for letters (k🔪ll)."""
    return text if text.isascii() else _PICTURED.sub(_of_pictured, text)


def _of_pictured(found: re.Match[str]) -> str:
    parts = _NO_LETTER.split(found.group().casefold())
    if LETTERS.many_words.issuperset(parts):
        return found.group()
    whole, starred = "".join(parts), "*".join(parts)
    return next(filter(known_as, (starred, whole)), found.group())


def said_in_code(chunks: list[str]) -> list[str]:
    """Give the words that a message says in a code, or [] when it says it plainly."""
    some = chunks[:_ASKED]
    if len(some) < _FEWEST or sum(map(_WORDS.__contains__, some)) * 2 > len(some):
        return []
    known = _known(some)
    if known * 2 > len(some):
        return []
    text = " ".join(chunks)[:_LONGEST].casefold()
    # Spaces in wrong places leave hardly a word, and not many more than there were.
    joined = _joined(text) if known * 3 <= len(some) else []
    if len(chunks) <= len(joined) * 2 and len(joined) <= len(chunks) + 1:
        return joined
    for read in _readings(text):
        asked = read[:_ASKED]
        now = _known(asked)
        if now > known and now >= known * 2 and now * 4 >= len(asked) * 3:
            return read
    return []


def _known(chunks: list[str]) -> int:
    return sum(one.strip(".,!?").casefold() in _WORDS for one in chunks)


def _readings(text: str) -> Iterator[list[str]]:
    chunks = text.split()
    yield [*text[::-1].split(), ".", *(one[::-1] for one in chunks)]
    for table in _TABLES:
        yield text.translate(table).split()
    if all(one.strip(".,!?").endswith("ay") for one in chunks):
        yield [_from_pig_latin(one.strip(".,!?")) for one in chunks]


def _joined(text: str) -> list[str]:
    read = cut_apart(text.replace(" ", "")) if len(text) <= LONGEST_RUN else []
    return read if LETTERS.many_words.issuperset(read) else []


def _from_pig_latin(word: str) -> str:
    bare = word[:-2]
    ways = [bare.removesuffix("w"), *(bare[-n:] + bare[:-n] for n in (1, 2, 3))]
    return next((way for way in ways if way in LETTERS.many_words), ways[1])
