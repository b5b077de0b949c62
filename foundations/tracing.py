"""Spans: what was done and how long it took, for a collector of the deployer's own.

Off unless `switch_on` was called. A span has a name out of `Doing` and its times, and
nothing else: no attribute, no event, no text of an error. So nothing anybody wrote,
and nobody's id, can be in one.
"""

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from enum import Enum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Doing(str, Enum):
    """Everything a span can be called."""

    TEXT = "sms.text"
    CHAT = "web_chat.message"
    RECEIVE = "message.receive"
    ANSWER = "message.answer"
    ASK_RASA = "rasa.ask"
    READ = "records.read"
    WRITE = "records.write"
    SEND = "outbox.send"


Opens = Callable[[str], AbstractContextManager[object]]
"""Opens a span of that name; it ends with the context."""

_opens: Opens | None = None


def switch_on(opens: Opens | None) -> None:
    """Have spans opened from now on; None switches them off."""
    global _opens
    _opens = opens


def traced(
    doing: Doing,
) -> Callable[
    [Callable[P, Coroutine[Any, Any, T]]], Callable[P, Coroutine[Any, Any, T]]
]:
    """Put a span around every call of an async function, while spans are on."""

    def around(
        work: Callable[P, Coroutine[Any, Any, T]],
    ) -> Callable[P, Coroutine[Any, Any, T]]:
        @wraps(work)
        async def spanned(*args: P.args, **kwargs: P.kwargs) -> T:
            if _opens is None:
                return await work(*args, **kwargs)
            with _opens(doing.value):
                return await work(*args, **kwargs)

        return spanned

    return around
