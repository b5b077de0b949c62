"""How each reply is worded: in the chosen language, and not as it was said last.

Rasa and every room speak English, in the first wording; what they say is said again
here, by its key, just before it is recorded. A language is chosen by a word, and is
said as far as it is written. Understanding stays English but for the words in `typed`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.gaps import GapNotFilled, fill
from bot.words import Words
from foundations.content import read_yaml
from foundations.saying import Again, Channel, Choice, Reply

FOLDER: Final = Path(__file__).parent / "languages"
CHOOSING: Final = "choosing"
ENGLISH: Final = "en"
NOBODY: Final = "not reviewed"
EXACT: Final = "literal_"
"""Before the name of a response that says the same in exact words."""
FEWEST_HEARD: Final = 2
"""Words of a language that a message needs to be taken for one in it."""
TITLE: Final = "title"
"""The one gap that holds words of ours; every other holds theirs, or a fact."""


@dataclass(frozen=True)
class Hearer:
    """Who replies are worded for: their door and language, and what is known of them.

    `said_before` gives the text a key was last said in to them, if it was. Whether
    they want exact words is only asked where such words are written.
    """

    channel: Channel
    language: str | None
    said_before: Callable[[str], str | None]
    wants_exact_words: Callable[[], bool]


@dataclass(frozen=True)
class OtherLanguage:
    """The words of one language, what is typed in it, and words that only it has."""

    words: Words
    labels: Mapping[str, str]
    typed: Mapping[str, str]
    is_signed: bool
    heard_in: frozenset[str] = frozenset()

    @classmethod
    def load(cls, file: Path) -> "OtherLanguage":
        """Read a file of `bot/languages`; WordsError when it cannot be spoken."""
        written = _read(file)
        return cls(
            words=Words.of(written["responses"]),
            labels=written["labels"],
            typed={plain(typed): meant for typed, meant in written["typed"].items()},
            is_signed=written["reviewed_by"] not in (None, NOBODY),
            heard_in=frozenset(map(plain, written["heard_in"])),
        )

    def is_heard_in(self, text: str) -> bool:
        """Tell a message in this language: two words that only it has, and half."""
        said = plain(text).split()
        known = [word for word in said if word in self.heard_in]
        return len(set(known)) >= FEWEST_HEARD and 2 * len(known) >= len(said)

    def say(self, reply: Reply, channel: Channel, before: str | None) -> Reply:
        """Say a reply; as it was when nobody wrote these words, or a value is gone."""
        values = {
            gap: self.labels.get(value, value) if gap == TITLE else value
            for gap, value in reply.values.items()
        }
        theirs = replace(reply, values=values)
        said = worded(self.words, reply.key, theirs, channel, before)
        if said is None:
            return reply
        return replace(reply, text=said, choices=tuple(map(self._label, reply.choices)))

    def _label(self, choice: Choice) -> Choice:
        return replace(choice, label=self.labels.get(choice.label, choice.label))


@dataclass(frozen=True)
class Languages:
    """English, and the languages that are spoken here besides it, by code."""

    english: Words
    others: Mapping[str, OtherLanguage]
    asked: Mapping[str, str]

    @classmethod
    def load(cls, english: Words, codes: Iterable[str] | None = None) -> "Languages":
        """Read the languages of these codes; every one that is written when None."""
        files = {file.stem: file for file in sorted(FOLDER.glob("*.yml"))}
        asked = _read(files.pop(CHOOSING))
        spoken = files if codes is None else {code: files[code] for code in codes}
        return cls(
            english,
            {code: OtherLanguage.load(file) for code, file in spoken.items()},
            {plain(word): code for code, words in asked.items() for word in words},
        )

    def asked_for(self, text: str) -> str | None:
        """Tell which language a whole message asks for, spoken here or not."""
        return self.asked.get(plain(text))

    def written_in(self, text: str) -> str | None:
        """Tell which language a message is in, of those that are spoken here."""
        found = (code for code, here in self.others.items() if here.is_heard_in(text))
        return next(found, None)

    def after(self, text: str, code: str | None) -> str | None:
        """Give what is spoken from a message on, which may itself have chosen it."""
        chosen = self.asked_for(text) or code
        return self.spoken_here(chosen or self.written_in(text))

    def spoken_here(self, code: str | None) -> str | None:
        """Give a code that is spoken here; None, which is English, for any other."""
        return code if code in self.others else None

    def meant(self, code: str | None, text: str) -> str:
        """Put the words of a chosen language that we know into the ones we act on."""
        here = self.others.get(code or ENGLISH)
        return text if here is None else here.typed.get(plain(text), text)

    def say(self, replies: tuple[Reply, ...], hearer: Hearer) -> tuple[Reply, ...]:
        """Word replies for somebody: in their language, or in exact words if wanted.

        Each is said in other words than it was last; English where there is no other.
        What is asked for again word for word comes as it was said.
        """
        return tuple(self._say(each, hearer) for each in replies)

    def _say(self, reply: Reply, hearer: Hearer) -> Reply:
        here = self.others.get(hearer.language or ENGLISH)
        if reply.again is Again.SAME_WORDS or (
            here is not None and reply.again is Again.OTHER_WORDS
        ):
            return reply
        if here is not None:
            before = self._last(here.words, reply.key, hearer)
            return here.say(reply, hearer.channel, before)
        if self._exactly(reply.key) in self.english.by_key and (
            hearer.wants_exact_words()
        ):
            exact = worded(
                self.english, self._exactly(reply.key), reply, hearer.channel
            )
            return reply if exact is None else replace(reply, text=exact)
        if not self.english.has_several(reply.key, hearer.channel):
            return reply
        before = self._last(self.english, reply.key, hearer)
        said = worded(self.english, reply.key, reply, hearer.channel, before)
        return reply if said is None else replace(reply, text=said)

    def _last(self, words: Words, key: str, hearer: Hearer) -> str | None:
        several = words.has_several(key, hearer.channel)
        return hearer.said_before(key) if several else None

    def _exactly(self, key: str) -> str:
        """Give the key of the same response in exact words: plan.literal_check."""
        feature, _, name = key.partition(".")
        return f"{feature}.{EXACT}{name}"


def worded(
    words: Words, key: str, reply: Reply, channel: Channel, before: str | None = None
) -> str | None:
    """Put a reply's values into a key's words, otherwise than before.

    None when nobody wrote words for the key, or for a gap that has no value.
    """
    if key not in words.by_key:
        return None
    try:
        return fill(words.after(key, channel, before).text, reply.values)
    except GapNotFilled:
        return None


def plain(text: str) -> str:
    """Reduce a text to small letters without accents, and single spaces."""
    folded = unicodedata.normalize("NFD", text.lower().replace("\u2019", "'"))
    return " ".join(re.findall(r"[a-z0-9']+", re.sub(r"[\u0300-\u036f]", "", folded)))


def _read(file: Path) -> Any:
    return read_yaml(file)
