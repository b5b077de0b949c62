"""What each character becomes before words are read: one spelling for look-alikes."""

import re
import unicodedata

from escalation.letters import LETTERS

PICTURE = re.compile(r"[\u2190-\u2bff\U0001F000-\U0001FAFF]")
_KEPT_LETTERS = 20_000
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_APOSTROPHES = "'’‘`´ʼ＇ʻ′"
_OF_A_PICTURE = "♀♂\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""What a picture's person is like, which says nothing of what is said."""
_FOLDED = dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_OF_A_PICTURE, "")


class _Fold(dict[int, str]):
    """What each character becomes; worked out on first sight, one by one."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _KEPT_LETTERS:
            self[code] = folded
        return folded


def _fold(sign: str) -> str:
    """Fold one character: marks and hidden ones vanish, look-alikes become Latin."""
    if (always := _FOLDED.get(sign)) is not None:
        return always
    if letter := LETTERS.look_alikes.get(sign):
        return letter
    kind = unicodedata.category(sign)
    if kind in ("Zs", "Zl", "Zp") or sign in "\t\n\r\v\f\u2800\u3164":
        return "\n" if sign == "\n" else " "
    if "\U0001f1e6" <= sign <= "\U0001f1ff":
        return chr(ord(sign) - 0x1F1E6 + ord("a"))
    if PICTURE.match(sign) and unicodedata.normalize("NFKD", sign) == sign:
        return f" {sign} "
    # After pictures: one newer than this Python's tables has no category of its own.
    if kind[0] in "CM":
        return " " if kind == "Cs" else ""
    plain = unicodedata.normalize("NFKD", sign)
    if plain == sign or _HANGUL.match(sign):
        return sign
    kept = "".join(s for s in plain if unicodedata.category(s)[0] != "M")[:4]
    kept = kept if kept.isascii() else kept[:1]
    return "".join(LETTERS.look_alikes.get(s, s) for s in kept)


FOLD = _Fold()
