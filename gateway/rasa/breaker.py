"""A circuit breaker: after a few failures in a row, stop asking for a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Breaker:
    """Closed at first; open after `failures_allowed` in a row, for `rest_s` seconds.

    After the rest one caller is let through; its success closes the breaker.
    """

    failures_allowed: int = 3
    rest_s: float = 5.0
    seconds: Callable[[], float] = time.monotonic
    failures: int = field(default=0, init=False)
    opened_at: float | None = field(default=None, init=False)

    def allows(self) -> bool:
        """Say whether to ask now; letting one caller through starts the rest anew."""
        if self.opened_at is None:
            return True
        if self.seconds() - self.opened_at < self.rest_s:
            return False
        self.opened_at = self.seconds()
        return True

    def went_well(self) -> None:
        """Close: the other side answers."""
        self.failures = 0
        self.opened_at = None

    def went_wrong(self) -> None:
        """Count a failure in a row, and open at the limit."""
        self.failures += 1
        if self.failures >= self.failures_allowed:
            self.opened_at = self.seconds()

    @property
    def is_open(self) -> bool:
        """Say whether callers are being turned away."""
        return self.opened_at is not None
