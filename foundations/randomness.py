"""Random bytes for ids and nonces: hundreds from one call to the system.

Every call to the system lets another thread take the interpreter, and a message needs
ten of them. Tokens and keys, which open something, are made by `secrets`.
"""

import os
import threading
from typing import Final

_AT_ONCE: Final = 4096


class _Kept(threading.local):
    """What the last call gave, for each thread its own, and how far it is used up."""

    bytes = b""
    at = 0


_KEPT: Final = _Kept()


def random_bytes(count: int) -> bytes:
    """Give up to 4096 bytes of the operating system's randomness."""
    at = _KEPT.at
    if at + count > len(_KEPT.bytes):
        _KEPT.bytes, at = os.urandom(_AT_ONCE), 0
    _KEPT.at = at + count
    return _KEPT.bytes[at : at + count]


def _begin_anew() -> None:
    _KEPT.bytes, _KEPT.at = b"", 0


# A child process would hand out the very bytes that its parent does.
os.register_at_fork(after_in_child=_begin_anew)
