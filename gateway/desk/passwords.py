"""Passwords: long enough, not easy to guess, and kept as argon2id hashes only."""

import asyncio
import secrets
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from functools import partial
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from zxcvbn import zxcvbn

SHORTEST: Final = 12
LONGEST: Final = 200
FEWEST_GUESSES_LOG10: Final = 9.0
"""A password that falls within a billion guesses counts as easy."""
READ_BY_ZXCVBN: Final = 72
MOST_WAITING: Final = 16


class PasswordProblem(str, Enum):
    """Why a new password is not taken."""

    SHORT = "short"
    LONG = "long"
    EASY = "easy"


class TooBusy(Exception):
    """So many passwords are being checked that one more would slow the answers."""


def problem_with(password: str, about: tuple[str, ...]) -> PasswordProblem | None:
    """Say why a password is not taken; no rule about capitals or signs.

    `about` is what anybody would guess first: the name, the address, the charity.
    zxcvbn brings the deny-list: common passwords, names, dates, rows of keys.
    """
    if len(password) < SHORTEST:
        return PasswordProblem.SHORT
    if len(password) > LONGEST:
        return PasswordProblem.LONG
    guessed = [part for text in about for part in (text, *text.split())]
    found: dict[str, Any] = zxcvbn(password[:READ_BY_ZXCVBN], user_inputs=guessed)
    if float(found["guesses_log10"]) < FEWEST_GUESSES_LOG10:
        return PasswordProblem.EASY
    return None


def hash_of_nobody(hasher: PasswordHasher) -> str:
    """Write a hash that no password has: to check one against it takes as long.

    Hashing one would take a quarter of a second of each start.
    """
    how = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, hashed = map(_in_base64, (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v={ARGON2_VERSION}${how}${salt}${hashed}"


def _in_base64(size: int) -> str:
    """Give so many random bytes, as they stand in a hash."""
    return b64encode(secrets.token_bytes(size)).decode().rstrip("=")


HASHER: Final = PasswordHasher()
"""Argon2id with the second set of parameters that RFC 9106 recommends."""


class Passwords:
    """Hashes and checks beside the event loop, two at a time (64 MiB each)."""

    def __init__(self) -> None:
        self._hasher = HASHER
        self._threads = ThreadPoolExecutor(2, "handrail-password")
        self._waiting = 0
        self._nobodys = hash_of_nobody(self._hasher)

    async def hash(self, password: str) -> str:
        """Hash a new password. Raises TooBusy."""
        return str(await self._beside(partial(self._hasher.hash, password)))

    async def is_right(self, kept: str | None, password: str) -> bool:
        """Check a password; without a hash it takes as long and is wrong.

        Raises TooBusy.
        """
        check = partial(self._matches, kept or self._nobodys, password[:LONGEST])
        return bool(await self._beside(check)) and kept is not None

    def _matches(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _beside(self, work: Any) -> Any:
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1
