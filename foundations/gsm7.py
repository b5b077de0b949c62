"""How long a text message is: its alphabet, its segments, and plain equals for marks.

GSM 03.38 (3GPP TS 23.038) default alphabet with its extension table, as every UK
network sends it; anything else makes the whole text UCS-2, with under half the room.
"""

import unicodedata
from typing import Final, Literal

Encoding = Literal["GSM-7", "UCS-2"]

BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION: Final = frozenset("\f^{}\\[~]|€")

# (units in a text alone, units in each part of a joined text)
_GSM7_ROOM: Final = (160, 153)
_UCS2_ROOM: Final = (70, 67)

_PLAIN_EQUALS: Final = str.maketrans(
    {
        # Quotation marks and primes, then dashes and bullets, then spaces and breaks.
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022", "-"),
        **dict.fromkeys("\t\u00a0\u1680\u202f\u205f\u3000", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
        **dict.fromkeys("\u2028\u2029\u0085\v", "\n"),
        # Marks that show nothing; U+200D stays, because it holds emoji together.
        **dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""),
        "\u2026": "...",
    }
)


def encoding(text: str) -> Encoding:
    """Tell which alphabet a network uses: one foreign letter moves the whole text."""
    return "GSM-7" if all(c in BASIC or c in EXTENSION for c in text) else "UCS-2"


def segments(text: str) -> int:
    """Count the parts a text is sent and charged as; an empty text has none.

    Units are septets (extension characters take two) or UTF-16 code units; a
    two-unit character is never divided between parts.
    """
    if not text:
        return 0
    room = _GSM7_ROOM if encoding(text) == "GSM-7" else _UCS2_ROOM
    return _parts(_sizes(text), *room)


def units(text: str) -> int:
    """Count what a text takes up: septets in GSM-7, UTF-16 code units in UCS-2."""
    return sum(_sizes(text))


def _sizes(text: str) -> list[int]:
    if encoding(text) == "GSM-7":
        return [2 if c in EXTENSION else 1 for c in text]
    return [2 if ord(c) > 0xFFFF else 1 for c in text]


def _parts(sizes: list[int], alone: int, joined: int) -> int:
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts


def fold(text: str) -> str:
    """Replace typed marks by their GSM-7 equals where nothing is lost by it.

    Smart quotes, dashes, ellipsis, odd spaces and invisible marks change; letters,
    emoji and anything else that carries meaning stay as they were written.
    """
    composed = unicodedata.normalize("NFC", text.translate(_PLAIN_EQUALS))
    return composed.translate(_PLAIN_EQUALS).replace("\r\n", "\n")
