"""Which of two providers carries texts now: the second only after real trouble.

Damped, so that it does not go to and fro: several failures in a short time to leave a
provider, a quiet time before the first is tried again, and twice that time after each
return that did not hold.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from channels.sms import codes
from channels.sms.outgoing import NotSent, SendResult, Sent
from foundations.clock import Clock

log = logging.getLogger("handrail.outbox")

FAILURES: Final = 5
WITHIN: Final = timedelta(seconds=60)
QUIET: Final = timedelta(minutes=10)
LONGEST_QUIET: Final = timedelta(hours=2)

PROVIDERS_FAULT: Final = frozenset(
    {
        codes.UNREACHABLE,
        codes.NO_ANSWER,
        codes.TOO_MANY_REQUESTS,
        codes.ACCOUNT_REFUSED,
    }
)
"""Codes that say something of a provider; the others say something of one text."""


class Provider(str, Enum):
    """Who carries a text."""

    FIRST = "first"
    SECOND = "second"

    @property
    def other(self) -> "Provider":
        """Give the one that this is not."""
        return Provider.SECOND if self is Provider.FIRST else Provider.FIRST


@dataclass(frozen=True)
class SwitchRules:
    """How many failures in how long move texts to the other; how long is quiet."""

    failures: int = FAILURES
    within: timedelta = WITHIN
    quiet: timedelta = QUIET
    longest_quiet: timedelta = LONGEST_QUIET


class WhichProvider:
    """Knows who is in use, from what became of recent sends.

    Each gateway judges for itself; nothing of it outlives a restart.
    """

    def __init__(
        self,
        clock: Clock,
        rules: SwitchRules,
        switched: Callable[[Provider], None],
    ) -> None:
        self._clock = clock
        self._rules = rules
        self._switched = switched
        self._in_use = Provider.FIRST
        self._failed: dict[Provider, deque[datetime]] = {
            provider: deque(maxlen=rules.failures) for provider in Provider
        }
        self._quiet = rules.quiet
        self._first_again_at: datetime | None = None
        self._returned_at: datetime | None = None

    def now(self) -> Provider:
        """Say who carries the next text; the first again once it was left in quiet."""
        again, now = self._first_again_at, self._clock()
        if self._in_use is Provider.SECOND and again:
            # Further off than any quiet time: the clock was set back since.
            is_wrong = again - now > self._rules.longest_quiet
            if now >= again or is_wrong:
                self._use(Provider.FIRST)
                self._returned_at = now
        return self._in_use

    def became(self, provider: Provider, result: SendResult) -> None:
        """Note what became of a send, and change over when it is time."""
        failed = self._failed[provider]
        match result:
            case Sent():
                self._held(provider)
            case NotSent(code) if code in PROVIDERS_FAULT:
                failed.append(self._clock())
            case NotSent():
                pass
        if provider is self._in_use and self._is_failing(failed):
            self._leave(provider)

    def _is_failing(self, failed: deque[datetime]) -> bool:
        if len(failed) < self._rules.failures:
            return False
        return self._clock() - failed[0] <= self._rules.within

    def _leave(self, provider: Provider) -> None:
        if provider is Provider.FIRST:
            if self._returned_at is not None:
                self._quiet = min(self._quiet * 2, self._rules.longest_quiet)
            self._first_again_at = self._clock() + self._quiet
        self._returned_at = None
        self._use(provider.other)

    def _held(self, provider: Provider) -> None:
        """Forget what was: a first that carries texts for a quiet time is well."""
        returned = self._returned_at
        if provider is not Provider.FIRST or returned is None:
            return
        if self._clock() - returned >= self._rules.quiet:
            self._returned_at, self._quiet = None, self._rules.quiet

    def _use(self, provider: Provider) -> None:
        self._in_use = provider
        for failed in self._failed.values():
            failed.clear()
        log.error("texts leave by the %s provider from now on", provider.value)
        self._switched(provider)
