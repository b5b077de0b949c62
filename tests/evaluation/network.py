"""A small network between what is seen of a sentence and what it is about.

One layer of `UNITS` between, learnt a few texts at a time, with some of what is seen
left out each time so that nothing is leant on alone. The same numbers every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

UNITS = 64
TIMES = 6
"""That every text is learnt from."""
TOGETHER = 256
LEFT_OUT = 0.3
STEP, KEEPS, KEEPS_SQUARES = 2e-3, 0.9, 0.999
SHRINKS = 1e-3
LEAST = 0.02
TINY = 1e-8


@dataclass(frozen=True)
class Network:
    """Weights from what is seen to the units, and from the units to the routes."""

    units: Any
    units_before: Any
    routes: Any
    routes_before: Any


def fit(seen: Any, wanted: Any, kinds: int) -> Network:
    """Learn from rows of numbers, and which of the kinds each row is."""
    middle, spread = seen.mean(0), seen.std(0) + LEAST**2
    learning = _Learning(seen.shape[1], kinds)
    for _ in range(TIMES):
        order = learning.chance.permutation(len(seen))
        for start in range(0, len(order), TOGETHER):
            some = order[start : start + TOGETHER]
            share = learning.steps * TOGETHER / (len(order) * TIMES)
            learning.step((seen[some] - middle) / spread, wanted[some], share)
    units, before, routes, routes_before = learning.weights
    units = units / spread[:, None]
    return Network(units.T, before - middle @ units, routes.T, routes_before)


class _Learning:
    """Weights on their way, each with how it has been pulled lately (Adam)."""

    def __init__(self, size: int, kinds: int) -> None:
        self.chance = np.random.default_rng(1)
        self.steps = 0
        self.weights = [
            self._drawn(size, UNITS),
            np.zeros(UNITS, np.float32),
            self._drawn(UNITS, kinds),
            np.zeros(kinds, np.float32),
        ]
        self._pulled = [np.zeros_like(each) for each in self.weights]
        self._squared = [np.zeros_like(each) for each in self.weights]

    def _drawn(self, size: int, to: int) -> Any:
        drawn = self.chance.normal(0, 1 / np.sqrt(size), (size, to))
        return drawn.astype(np.float32)

    def _kept(self, shape: Any) -> Any:
        stays = self.chance.random(shape, dtype=np.float32) > LEFT_OUT
        return stays.astype(np.float32) / np.float32(1 - LEFT_OUT)

    def step(self, seen: Any, wanted: Any, share: float) -> None:
        """Move every weight a little; less towards the end (`share` of all is done)."""
        units, before, routes, routes_before = self.weights
        seen = seen * self._kept(seen.shape)
        reached = seen @ units + before
        kept = self._kept(reached.shape) * (reached > 0)
        passed = reached * kept
        pulls = passed @ routes + routes_before
        each = np.exp(pulls - pulls.max(1, keepdims=True))
        each /= each.sum(1, keepdims=True)
        each[np.arange(len(wanted)), wanted] -= 1
        each = (each / len(wanted)).astype(np.float32)
        back = (each @ routes.T) * kept
        self._move([seen.T @ back, back.sum(0), passed.T @ each, each.sum(0)], share)

    def _move(self, pulls: list[Any], share: float) -> None:
        self.steps += 1
        far = STEP * min(1, 3 * (1 - share) + LEAST)
        for at, pull in enumerate(pulls):
            self._pulled[at] += (1 - KEEPS) * (pull - self._pulled[at])
            self._squared[at] += (1 - KEEPS_SQUARES) * (pull**2 - self._squared[at])
            mean = self._pulled[at] / (1 - KEEPS**self.steps)
            size = np.sqrt(self._squared[at] / (1 - KEEPS_SQUARES**self.steps))
            shrunk = SHRINKS * self.weights[at] if self.weights[at].ndim > 1 else 0
            moved = far * (mean / (size + TINY) + shrunk)
            self.weights[at] = (self.weights[at] - moved).astype(np.float32)
