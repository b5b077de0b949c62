"""The words of every response, from the same YAML as Rasa, for turns without it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.gaps import GAP, fill, gaps_in
from bot.overlay import Responses, laid_over
from foundations.content import read_yaml
from foundations.saying import Channel, Choice, Reply, Say

DOMAIN = Path(__file__).parent / "domain"
UTTER = "utter_"


class WordsError(ValueError):
    """The YAML of some words is wrong; names the file and the key."""


class NoSuchWords(KeyError):
    """Nobody wrote words for this key."""


@dataclass(frozen=True)
class Variation:
    """One way to say a response; `channel` is None when it suits both."""

    text: str
    channel: Channel | None
    choices: tuple[Choice, ...] = ()

    def said(self, before: str) -> bool:
        """Tell whether words said before were these, whatever filled their gaps."""
        around = map(re.escape, GAP.split(self.text)[::2])
        return re.fullmatch("(?s:.*)".join(around), before) is not None


@dataclass(frozen=True)
class Words:
    """Every response by key, with the same rule for choosing as Rasa's."""

    by_key: Mapping[str, tuple[Variation, ...]]

    @classmethod
    def load(cls, folder: Path = DOMAIN, overlay: Path | None = None) -> "Words":
        """Read every YAML file below a folder; WordsError when one cannot be spoken.

        An organisation's own words go over ours where they may (`bot/overlay.py`).
        """
        found = [entry for file in sorted(folder.rglob("*.yml")) for entry in _in(file)]
        twice = [
            key for key, times in Counter(k for k, _ in found).items() if times > 1
        ]
        if twice:
            raise WordsError(f"Defined more than once: {', '.join(sorted(twice))}")
        return cls.of(laid_over(dict(found), overlay))

    @classmethod
    def of(cls, responses: Responses) -> "Words":
        """Read responses that are at hand; WordsError when one cannot be spoken."""
        return cls(dict(_spoken(responses)))

    def variations(self, key: str, channel: Channel) -> tuple[Variation, ...]:
        """Give the ways to say a key: the channel's own, else those that suit all.

        Raises NoSuchWords for an unknown key.
        """
        if key not in self.by_key:
            raise NoSuchWords(key)
        every = self.by_key[key]
        own = tuple(one for one in every if one.channel is channel)
        return own or tuple(one for one in every if one.channel is None)

    def gaps(self, key: str) -> frozenset[str]:
        """Name every gap that any variation of a key needs filled."""
        return frozenset().union(*(gaps_in(one.text) for one in self.by_key[key]))

    def render(self, say: Say, channel: Channel, *, variation: int = 0) -> Reply:
        """Put words to a response; the choices handed over follow the written ones.

        `variation` counts round, so any number picks one. Raises NoSuchWords or
        bot.gaps.GapNotFilled.
        """
        ways = self.variations(say.key, channel)
        chosen = ways[variation % len(ways)]
        return Reply(
            key=say.key,
            text=fill(chosen.text, say.values),
            choices=chosen.choices + tuple(say.choices),
            values=say.values,
        )

    def has_several(self, key: str, channel: Channel) -> bool:
        """Tell whether a key can be said in more than one way on a channel."""
        return key in self.by_key and len(self.variations(key, channel)) > 1

    def after(self, key: str, channel: Channel, before: str | None) -> Variation:
        """Give the wording that comes after the one said before; the first at first.

        So nobody hears the same twice in a row. Raises NoSuchWords.
        """
        ways = self.variations(key, channel)
        last = next(
            (at for at, way in enumerate(ways) if before and way.said(before)), -1
        )
        return ways[(last + 1) % len(ways)]


def _in(file: Path) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    content = read_yaml(file) or {}
    for name, written in (content.get("responses") or {}).items():
        _variations(f"{file.name}: {name}", written)
        yield name, written


def _spoken(responses: Responses) -> Iterable[tuple[str, tuple[Variation, ...]]]:
    for name, written in responses.items():
        yield name.removeprefix(UTTER), _variations(name, written)


def _variations(name: str, written: list[dict[str, Any]]) -> tuple[Variation, ...]:
    try:
        return _read(written)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise WordsError(f"{name}: {wrong}") from wrong


def _read(written: list[dict[str, Any]]) -> tuple[Variation, ...]:
    ways = tuple(
        Variation(
            text=_text(one),
            channel=Channel(one["channel"]) if "channel" in one else None,
            choices=tuple(_choice(button) for button in one.get("buttons") or ()),
        )
        for one in written
    )
    if not any(one.channel is None for one in ways):
        raise ValueError("needs a text that suits every channel")
    return ways


def _text(one: dict[str, Any]) -> str:
    text: str = one["text"].strip()
    if not text or "condition" in one:
        raise ValueError("needs a text, and conditions are not used here")
    return text


def _choice(button: dict[str, str]) -> Choice:
    if button["payload"].startswith("/"):
        raise ValueError("a choice sends back plain words, never an intent")
    return Choice(label=button["title"], value=button["payload"])
