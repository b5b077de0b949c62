"""Passwords that have leaked somewhere: looked up in a file, and nobody is asked.

The file is the one that Have I Been Pwned gives out: a line `HASH:COUNT` for each, the
SHA-1 of the password in capitals, in the order of the hashes. It is large, so it is
searched where it lies.
"""

import hashlib
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HASH: Final = 40
"""Letters of a hash in the file."""


class ListUnusable(ValueError):
    """The file is not a list of hashes in their order."""


@dataclass(frozen=True)
class LeakedPasswords:
    """The list of a deployment; without one, nothing is known to have leaked."""

    file: Path | None = None

    def __post_init__(self) -> None:
        """Look at the first line, so that a wrong file stops the start."""
        if self.file is None:
            return
        with self.file.open("rb") as opened:
            first = opened.readline().partition(b":")[0].strip()
        if len(first) != HASH or not first.isalnum() or first != first.upper():
            raise ListUnusable(f"{self.file.name} holds no hashes")

    def holds(self, password: str) -> bool:
        """Tell whether a password is on the list."""
        if self.file is None:
            return False
        # Named by the list itself; nothing is protected by this hash.
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()
        with (
            self.file.open("rb") as opened,
            mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as lines,
        ):
            return _found(lines, wanted.upper().encode())


def _found(lines: mmap.mmap, wanted: bytes) -> bool:
    """Halve the file until one line is left; lines are of different lengths."""
    low, high = 0, len(lines)
    while low < high:
        begins = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        hashed = lines[begins : begins + HASH]
        if hashed == wanted:
            return True
        ends = lines.find(b"\n", begins)
        after = len(lines) if ends < 0 else ends + 1
        low, high = (after, high) if hashed < wanted else (low, begins)
    return False
