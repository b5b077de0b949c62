"""What is counted about understanding: right, wrong, and asked about instead."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

ASKED = "nlu_fallback"
"""Not sure: the young person is asked which of the likeliest meanings it was."""


@dataclass(frozen=True)
class Outcome:
    """One sentence understood: what was meant, the likeliest guess, what was done."""

    text: str
    meant: str
    guessed: str
    acted_on: str
    confidence: float


@dataclass
class Figures:
    """Shares between 0 and 1, by meaning where it says so."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """Give the mean over meanings of the harmonic mean of precision and recall."""
        each = self.f1_by_meaning().values()
        return sum(each) / len(each)

    @property
    def accuracy(self) -> float:
        """Give the share whose likeliest meaning was the right one."""
        return self._share(lambda each: each.guessed == each.meant)

    @property
    def asked(self) -> float:
        """Give the share that was asked about."""
        return self._share(lambda each: each.acted_on == ASKED)

    @property
    def wrong(self) -> float:
        """Give the share that was acted on, and wrongly."""
        return self._share(lambda each: each.acted_on not in {each.meant, ASKED})

    def f1_by_meaning(self) -> dict[str, float]:
        """Give F1 for each meaning, from the likeliest guess."""
        right, meant, guessed = self._counts()
        return {
            name: 2 * right[name] / (meant[name] + guessed[name])
            for name in sorted(meant)
        }

    def recall_by_meaning(self) -> dict[str, float]:
        """Give the share of each meaning whose likeliest guess was right."""
        right, meant, _ = self._counts()
        return {name: right[name] / meant[name] for name in sorted(meant)}

    def wrongly(self, meaning: str) -> list[str]:
        """List the sentences that were acted on as this meaning and did not mean it."""
        return [
            each.text
            for each in self.outcomes
            if each.acted_on == meaning != each.meant
        ]

    def confusions(self, most: int = 25) -> list[tuple[str, str, int]]:
        """List the commonest mistakes: what was meant, what was guessed, how often."""
        pairs = Counter(
            (each.meant, each.guessed)
            for each in self.outcomes
            if each.meant != each.guessed
        )
        return [(meant, guessed, n) for (meant, guessed), n in pairs.most_common(most)]

    def at(self, sure: float) -> tuple[float, float]:
        """Give the shares asked about, and wrongly acted on, at another threshold."""
        asked = self._share(lambda each: each.confidence < sure)
        wrong = self._share(
            lambda each: each.confidence >= sure and each.guessed != each.meant
        )
        return asked, wrong

    def _counts(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for each in self.outcomes:
            counted["right"][each.meant] += each.meant == each.guessed
            counted["meant"][each.meant] += 1
            counted["guessed"][each.guessed] += 1
        return counted["right"], counted["meant"], counted["guessed"]

    def _share(self, holds: object) -> float:
        assert callable(holds)
        return sum(map(holds, self.outcomes)) / len(self.outcomes)
