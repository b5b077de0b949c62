"""Turn any text into words: one spelling for the many ways a thing is written."""

import re
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from escalation.folding import FOLD, PICTURE
from escalation.grammar import EDGE
from escalation.in_code import (
    decoded,
    relettered,
    said_in_code,
    without_pictures,
)
from escalation.letters import LETTERS
from escalation.run_together import cut_at_capitals, pulled_apart
from escalation.spelling import hidden_in, meant, ways

# A word is every way it may be meant, as written first.
Word = tuple[str, ...]
SENTENCE_EDGE: Word = (EDGE,)

_PART = re.compile(
    r"[^\W_][\w@$£!|*+#~^%&?]*|[@$£*#|!+][\w@$£!|*+#~^%&]*[^\W_][\w@$£!|*+#~^%&]*"
)
# The marks of a letter alone before the next letter (k. i. l. l. my. self.). Marks are
# looked for first, since few characters are marks.
_LONE = re.compile(
    r"[.,/*_:-](?<=[^\W\d_].)(?<!\S..)[.,/*_:-]*(?=\s+[^\W\d_](?:[.,/*_:\s-]|$))"
)
_LONE_SIGN = re.compile(r"[@$!|+£](?<=\w .)(?<!\w\w ..)(?= \w(?: |$))")
_SPLIT = re.compile(r"[-./\\,;:()\[\]{}<>\"=_…]+")
_TAIL = re.compile(r"[!?*+~^%&#_]+$")
_WIDE_GAP = re.compile(r"[ \n]{2,}")
_SPACED = re.compile(r"\S(?: \S)*")
_GAPS = 3
_SIGNS = 3
_TELL_DIALECT = 2
_FIRST_SIGN = "\u2190"
_WRITTEN = itemgetter(0)
_EDGE_MARK = re.compile(r"([.!?;:]+)[\"')\]*_]*$")
_MANY_WORDS = 200
_WINDOW = 24
_SAME_KEPT = 4
_BREATHS = 2
_VARIED = 8
_BASE, _MASK = 1_000_003, (1 << 61) - 1
_OUT = pow(_BASE, _WINDOW + 1, 1 << 61)
_BLANK_LINE = re.compile(r"\n\s*\n")


def words(text: str) -> list[Word]:
    """Read a text as words, with an edge at each end and between sentences."""
    folded = _folded(text)
    found: list[Word] = [SENTENCE_EDGE]
    letters: list[Word] = []
    chunks = _few_in_a_row(folded.split())
    if in_code := said_in_code(chunks):
        chunks += [".", *in_code]
    for chunk in chunks:
        for word in _chunk(chunk):
            if len(word[0]) == 1 and word[0].isalnum():
                letters.append(word)
                continue
            if letters:
                found += _spelt_out(letters)
                letters = []
            if word is not SENTENCE_EDGE or found[-1] is not SENTENCE_EDGE:
                found.append(word)
    found += _spelt_out(letters)
    if found[-1] is not SENTENCE_EDGE:
        found.append(SENTENCE_EDGE)
    found = _in_dialect(_in_one_breath(_without_signs_between(found)))
    found = _by_what_is_beside(found)
    return _rejoined(_without_repeats(found))


def _folded(text: str) -> str:
    text = decoded(without_pictures(relettered(text)))
    folded = text.translate(FOLD)
    if "\n" in folded:
        folded = _BLANK_LINE.sub(" .\n", folded)
    folded = _LONE.sub("", folded)
    folded = _LONE_SIGN.sub(_letter_for, folded)
    return _spelt_with_gaps(folded) if "  " in folded else folded


def _letter_for(found: re.Match[str]) -> str:
    """Read a sign between letters that stand alone (d ! e) as the letter it is for."""
    return LETTERS.leet[found.group()][0]


def _spelt_with_gaps(text: str) -> str:
    """Join words spelt out a letter at a time, where wider gaps part them."""
    wide = _WIDE_GAP.split(text)
    spelt = [_SPACED.fullmatch(one.strip()) is not None for one in wide]
    if sum(spelt) < _GAPS:
        return text
    return " ".join(
        one.replace(" ", "") if is_spelt else one
        for one, is_spelt in zip(wide, spelt, strict=True)
    )


def _in_dialect(found: list[Word]) -> list[Word]:
    """Read "a" as I and such, where the other words tell that this is dialect."""
    told = LETTERS.told_by.intersection(map(_WRITTEN, found))
    if not told or (len(told) < _TELL_DIALECT and told <= LETTERS.dialect.keys()):
        return found
    heard = LETTERS.dialect
    return [(*word, *heard.get(word[0], ())) for word in found]


def _by_what_is_beside(found: list[Word]) -> list[Word]:
    """Read "da" as dad and such, where the word before or after tells that it is."""
    if LETTERS.beside.keys().isdisjoint(map(_WRITTEN, found)):
        return found
    read = list(found)
    for at, word in enumerate(found):
        for one in LETTERS.beside.get(word[0], ()):
            if not (
                one.after.isdisjoint(found[at - 1])
                and one.before.isdisjoint(found[at + 1])
            ):
                read[at] = (*read[at], *one.means)
    return read


def _without_signs_between(found: list[Word]) -> list[Word]:
    """Drop pictures that only part words: several, in most places between two."""
    signs = [at for at, word in enumerate(found) if word[0] >= _FIRST_SIGN]
    if len(signs) < _SIGNS:
        return found
    between = [
        at
        for at in signs
        if PICTURE.fullmatch(found[at][0])
        and _is_written(found[at - 1])
        and _is_written(found[at + 1])
    ]
    written = sum(map(_is_written, found))
    if len(between) < _SIGNS or len(between) * 3 < written * 2:
        return found
    dropped = set(between)
    return [word for at, word in enumerate(found) if at not in dropped]


def _is_written(word: Word) -> bool:
    return word[0][0].isalnum()


def _in_one_breath(found: list[Word]) -> list[Word]:
    """Join sentences of one word each to what they go on from (end. my. life.)."""
    edges = [at for at, word in enumerate(found) if word is SENTENCE_EDGE]
    short = [then - at == 2 for at, then in pairwise(edges)]
    if sum(short) < _BREATHS:
        return found
    dropped: set[int] = set()
    run: list[int] = []
    for at, is_short in zip(edges, [*short, False], strict=True):
        run.append(at)
        if not is_short:
            if len(run) > _BREATHS:
                dropped.update(at for at in run[:-1] if at)
            run = []
    return [word for at, word in enumerate(found) if at not in dropped]


def _few_in_a_row(chunks: list[str]) -> list[str]:
    """Keep at most four of the same thing in a row."""
    return [
        chunk
        for at, chunk in enumerate(chunks)
        if at < _SAME_KEPT
        or chunk != chunks[at - 1]
        or chunks[at - _SAME_KEPT : at] != [chunk] * _SAME_KEPT
    ]


def across(first: Word, then: Word) -> Word | None:
    """Give the crucial word that a break between two messages cut in two, if any."""
    whole = first[0] + then[0]
    return _meant(whole) if whole in LETTERS.crucial else None


def _without_repeats(found: list[Word]) -> list[Word]:
    """Drop words of a long text that follow the very same two dozen words as before.

    What they say was read the first time, so nothing is lost but the repetition.
    """
    if len(found) <= _MANY_WORDS or len(set(found)) * _VARIED > len(found):
        return found
    names: dict[Word, int] = {}
    row = [names.setdefault(word, len(names) + 1) for word in found]
    kept = found[:_WINDOW]
    seen: set[int] = set()
    rolled, last = 0, len(found) - _WINDOW
    for at, number in enumerate(row):
        rolled = (rolled * _BASE + number) & _MASK
        if at < _WINDOW:
            continue
        if at > _WINDOW:
            rolled = (rolled - row[at - _WINDOW - 1] * _OUT) & _MASK
        if rolled not in seen or at >= last:
            seen.add(rolled)
            kept.append(found[at])
    return kept


def _spelt_out(letters: list[Word]) -> list[Word]:
    """Read letters written one by one (s u i c i d e) as the words they spell."""
    if len(letters) < 2:
        return letters
    spelt = "".join(letter[0] for letter in letters)
    if len(letters) == 2 and spelt not in ("sh", "od", "si"):
        return letters
    if not spelt.isalpha():
        read = (one for one in _meant(spelt) if one in LETTERS.many_words)
        spelt = next(read, spelt)
    if spelt in LETTERS.many_words:
        return [_hidden(_meant(spelt))]
    if apart := _apart(spelt, letter_by_letter=True):
        return [_hidden(word) for word in apart]
    is_crucial = spelt in LETTERS.crucial or meant(spelt)
    return [_hidden(_meant(spelt))] if is_crucial else letters


def _hidden(word: Word) -> Word:
    return (*word, *hidden_in(word))


def _rejoined(found: list[Word]) -> list[Word]:
    """Join a crucial word that was broken in two (sui cide)."""
    plain = [word[0] if len(word) == 1 else _plainly(word) for word in found]
    if _BROKEN.isdisjoint(pairwise(plain)):
        return found
    joined: list[Word] = []
    for word in found:
        if joined and (_plainly(joined[-1]), _plainly(word)) in _BROKEN:
            word = _meant(_plainly(joined.pop()) + _plainly(word))
        joined.append(word)
    return joined


def _plainly(word: Word) -> str:
    """Give a word as written, or its first reading in letters (d0sing)."""
    written = word[0]
    if written.isalpha() or len(word) == 1:
        return written
    return next((way for way in word if way.isalpha()), written)


@lru_cache(maxsize=16_384)
def _meant(word: str) -> Word:
    return ways(word)


@lru_cache(maxsize=16_384)
def _chunk(chunk: str) -> tuple[Word, ...]:
    """Read what stands between two spaces: usually one word, maybe several."""
    if "'" in chunk:
        if chunk[:2] in ("t'", "T'"):  # As they say "the" in the north.
            chunk = chunk[2:]
        whole = LETTERS.respelt.get(chunk.casefold().strip("'.,!?"))
        chunk = whole[0] if whole else chunk.replace("'", "")
    if chunk.isascii() and chunk.isalpha():
        return (_cased(chunk),) if len(chunk) < 5 else tuple(_piece(chunk))
    found: list[Word] = []
    for piece in [chunk] if chunk.isascii() else PICTURE.split(chunk):
        found += _pieces(piece)
    if not chunk.isascii():
        found += [_picture(sign) for sign in PICTURE.findall(chunk)]
    if (mark := _EDGE_MARK.search(chunk)) and not mark.group(1).startswith(".."):
        found.append(SENTENCE_EDGE)
    return tuple(found)


def _picture(sign: str) -> Word:
    return (sign, *LETTERS.pictures.get(sign, ()))


def _pieces(chunk: str) -> list[Word]:
    """Split at dots, dashes and slashes, unless together they spell one word."""
    parts = [part for part in _SPLIT.split(chunk) if part]
    if len(parts) > 1:
        if (said := chunk.casefold().strip(".,!?")) in LETTERS.respelt:
            return [_meant(said)]
        whole = "".join(parts).casefold()
        if len(whole) <= 40 and (
            whole in LETTERS.crucial or all(len(part) == 1 for part in parts)
        ):
            return _apart(whole) or [_meant(whole)]
        if whole in LETTERS.many_words and not LETTERS.many_words.issuperset(parts):
            return [_meant(whole)]
    found: list[Word] = []
    for part in parts:
        for piece in _PART.findall(part):
            found += _piece(piece)
    return found


def _piece(piece: str) -> list[Word]:
    """Read one piece: words run together, or a single one."""
    if capitals := cut_at_capitals(piece):
        return [_meant(part) for part in capitals]
    bare = piece.casefold().strip("#_*~")
    return _apart(bare) or [_cased(piece.lstrip("#"))]


def _cased(piece: str) -> Word:
    """Fold the case, reading a capital I inside a small word as l (kiII).

    A few are told apart by their capitals only (ODd, odd).
    """
    bare = _TAIL.sub("", piece) or piece
    if bare in LETTERS.respelt:
        return _meant(bare)
    if "I" in bare[1:] and not bare.isupper():
        return tuple(
            dict.fromkeys(
                _meant(bare.casefold()) + _meant(bare.replace("I", "l").casefold())
            )
        )
    return _meant(bare.casefold())


def _apart(run: str, *, letter_by_letter: bool = False) -> list[Word]:
    """Read words run together (killmyself); empty unless they are words."""
    return [_meant(part) for part in pulled_apart(run, letter_by_letter)]


_WHOLE_ALONE = frozenset(
    [
        "over",
        "dose",
        "self",
        "harm",
        "k",
        "d",
        "un",
        "alive",
        "any",
        "more",
        "cut",
        "ting",
        "my",
    ]
)
_WHOLE_WORDS = {word for word in LETTERS.many_words if len(word) > 1} | set("aiu")
_BROKEN = frozenset(
    (word[:at], word[at:])
    for word in LETTERS.crucial
    if len(word) > 3
    for at in range(1, len(word))
    if not {word[:at], word[at:]} <= LETTERS.glue
    and word[:at] not in ("a", "i")
    and not (word[:at] in _WHOLE_ALONE and word[at:] in _WHOLE_ALONE)
) | frozenset(
    (word[:at], word[at:])
    for word in LETTERS.many_words
    for at in range(1, len(word))
    if _WHOLE_WORDS.isdisjoint((word[:at], word[at:]))
)
