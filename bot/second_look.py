"""A second look at a message: does it say what no phrase of the crisis screen found?

The screen has answered whatever it found before Rasa is asked. What is left is weighed
here, by words and pairs of words and by what the whole sentence is like, against what
is written of ordinary life. The sentence goes through one layer of a small network: so
two of its numbers may say together what neither says alone. It can only raise a
concern; `gateway/rasa/raising.py` says what is done about it. Runs on Rasa's Python
3.10. The numbers are learnt by `make second-look` from labelled texts; what it finds
stands in `docs/escalation.md`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bot.sentence_model import share_known

NUMBERS = Path(__file__).parent / "second_look.json"
NOTHING = "none"
LONGEST = 48
"""Words that are weighed together; a longer text is weighed by stretches."""
STEP = 32
SHORTEST = 8
MOST_STRETCHES = 8
TINY = 1e-6

Seen = Callable[[str], Any]
"""Gives the numbers of a sentence, read closely (`bot/sentence_model.py`): one row."""


@dataclass(frozen=True)
class SecondLook:
    """What was learnt: how much each word, and each unit, pulls to each route.

    `routes` name the columns, `none` among them; `units` are what the numbers of a
    sentence are gathered into. `sure` is how sure it must be that it
    is not nothing (0 to 1); `share` is how much words count in that; under `looks_from`
    by words alone the sentence is not read, nor where less than `knows_from` of its
    words are whole to the model: it would guess at a language it does not know.
    """

    routes: tuple[str, ...]
    words: dict[str, Sequence[float]]
    words_before: Sequence[float]
    units: Any
    units_before: Any
    sentence: Any
    sentence_before: Any
    share: float
    sure: float
    looks_from: float
    knows_from: float

    def raises(self, text: str, seen: Seen) -> str | None:
        """Name the route of a text that is sure enough to be one, or None.

        `text` is as `as_typed.plainly` gives it.
        """
        likeliest, found = self.sure, None
        for stretch in stretches(text):
            pulls = self._by_words(stretch)
            if 1 - pulls[self._nothing] < self.looks_from:
                continue
            if share_known(stretch) < self.knows_from:
                continue
            whole = self._by_sentence(seen(stretch))
            doubt = self.share * _odds(1 - pulls[self._nothing])
            doubt += (1 - self.share) * _odds(1 - whole[self._nothing])
            is_something = 1 / (1 + np.exp(-doubt))
            if is_something >= likeliest:
                both = self.share * pulls + (1 - self.share) * whole
                both[self._nothing] = 0
                likeliest, found = is_something, self.routes[int(both.argmax())]
        return found

    @property
    def _nothing(self) -> int:
        return self.routes.index(NOTHING)

    def _by_words(self, text: str) -> Any:
        """Weigh the known words, each once; a longer text says no more for that."""
        known = [self.words[each] for each in words_of(text) if each in self.words]
        pulls = np.array(self.words_before)
        if known:
            pulls = pulls + np.sum(known, axis=0) / np.sqrt(len(known))
        each = 1 / (1 + np.exp(-pulls))
        return each / each.sum()

    def _by_sentence(self, row: Any) -> Any:
        reached = np.maximum(self.units @ row + self.units_before, 0)
        pulls = self.sentence @ reached + self.sentence_before
        each = np.exp(pulls - pulls.max())
        return each / each.sum()


def words_of(text: str) -> set[str]:
    """Give the words of a text and its pairs of words that stand together."""
    words = text.split()
    pairs = (f"{one} {after}" for one, after in pairwise(words))
    return {*words, *pairs}


def stretches(text: str) -> list[str]:
    """Cut a long text into stretches that overlap; a short one is one."""
    words = text.split()
    if len(words) <= LONGEST:
        return [text]
    starts = range(0, len(words) - SHORTEST, STEP)
    return [" ".join(words[at : at + LONGEST]) for at in starts][:MOST_STRETCHES]


@lru_cache(maxsize=1)
def second_look() -> SecondLook:
    """Read what was learnt, once. ValueError or KeyError when it is not that."""
    return as_learnt(NUMBERS.read_text(encoding="utf-8"))


def as_learnt(written: str) -> SecondLook:
    """Read what the learning wrote."""
    read = json.loads(written)
    return SecondLook(
        routes=tuple(read["routes"]),
        words=read["words"],
        words_before=read["words_before"],
        units=np.array(read["units"], np.float32),
        units_before=np.array(read["units_before"], np.float32),
        sentence=np.array(read["sentence"], np.float32),
        sentence_before=np.array(read["sentence_before"], np.float32),
        share=read["share"],
        sure=read["sure"],
        looks_from=read["looks_from"],
        knows_from=read["knows_from"],
    )


def _odds(share: float) -> float:
    return float(np.log((share + TINY) / (1 - share + TINY)))
