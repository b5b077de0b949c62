"""Other languages than English: chosen by a word, said as far as they are written.

Rasa and every room speak English; what they say is said again here, by its key, just
before it is recorded. Understanding stays English but for the words in `typed`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.gaps import GapNotFilled, fill
from bot.words import Words
from foundations.content import read_yaml
from foundations.saying import Channel, Choice, Reply

FOLDER: Final = Path(__file__).parent / "languages"
CHOOSING: Final = "choosing"
ENGLISH: Final = "en"
NOBODY: Final = "not reviewed"
TITLE: Final = "title"
"""The one gap that holds words of ours; every other holds theirs, or a fact."""


@dataclass(frozen=True)
class OtherLanguage:
    """The words of one language, and what is typed in it."""

    words: Words
    labels: Mapping[str, str]
    typed: Mapping[str, str]
    is_signed: bool

    @classmethod
    def load(cls, file: Path) -> "OtherLanguage":
        """Read a file of `bot/languages`; WordsError when it cannot be spoken."""
        written = _read(file)
        return cls(
            words=Words.of(written["responses"]),
            labels=written["labels"],
            typed={plain(typed): meant for typed, meant in written["typed"].items()},
            is_signed=written["reviewed_by"] not in (None, NOBODY),
        )

    def say(self, reply: Reply, channel: Channel) -> Reply:
        """Say a reply; as it was when nobody wrote these words, or a value is gone."""
        if reply.key not in self.words.by_key:
            return reply
        written = self.words.variations(reply.key, channel)[0].text
        values = {
            gap: self.labels.get(value, value) if gap == TITLE else value
            for gap, value in reply.values.items()
        }
        try:
            text = fill(written, values)
        except GapNotFilled:
            return reply
        return replace(reply, text=text, choices=tuple(map(self._label, reply.choices)))

    def _label(self, choice: Choice) -> Choice:
        return Choice(self.labels.get(choice.label, choice.label), choice.value)


@dataclass(frozen=True)
class Languages:
    """The languages that are spoken here besides English, by code."""

    others: Mapping[str, OtherLanguage]
    asked: Mapping[str, str]

    @classmethod
    def load(cls, codes: Iterable[str] | None = None) -> "Languages":
        """Read the languages of these codes; every one that is written when None."""
        files = {file.stem: file for file in sorted(FOLDER.glob("*.yml"))}
        asked = _read(files.pop(CHOOSING))
        spoken = files if codes is None else {code: files[code] for code in codes}
        return cls(
            {code: OtherLanguage.load(file) for code, file in spoken.items()},
            {plain(word): code for code, words in asked.items() for word in words},
        )

    def asked_for(self, text: str) -> str | None:
        """Tell which language a whole message asks for, spoken here or not."""
        return self.asked.get(plain(text))

    def spoken_here(self, code: str | None) -> str | None:
        """Give a code that is spoken here; None, which is English, for any other."""
        return code if code in self.others else None

    def meant(self, code: str | None, text: str) -> str:
        """Put the words of a chosen language that we know into the ones we act on."""
        here = self.others.get(code or ENGLISH)
        return text if here is None else here.typed.get(plain(text), text)

    def say(
        self, code: str | None, replies: tuple[Reply, ...], channel: Channel
    ) -> tuple[Reply, ...]:
        """Say replies in a language; English for none, and for one not spoken here."""
        here = self.others.get(code or ENGLISH)
        if here is None:
            return replies
        return tuple(here.say(reply, channel) for reply in replies)


def plain(text: str) -> str:
    """Reduce a text to small letters without accents, and single spaces."""
    folded = unicodedata.normalize("NFD", text.lower().replace("\u2019", "'"))
    return " ".join(re.findall(r"[a-z0-9']+", re.sub(r"[\u0300-\u036f]", "", folded)))


def _read(file: Path) -> Any:
    return read_yaml(file)
