"""Requests to Rasa over connections that are kept (by aiohttp; see ADR 0020)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
    TCPConnector,
)

_NOT_ASKED_FOR: Final = ("Accept", "Accept-Encoding", "User-Agent")
"""What Rasa makes nothing of: no answer of its is packed."""


class NotConnected(Exception):
    """Nobody listens there."""


class NoAnswer(Exception):
    """It broke off, or what came is no answer. It has nothing of what was said."""


@dataclass(frozen=True)
class Answered:
    """A status and a whole body."""

    status: int
    body: bytes = field(repr=False)


class KeptConnections:
    """Asks one address; a request that takes too long ends with its connection."""

    def __init__(
        self, address: str, headers: Mapping[str, str], *, longest_answer: int
    ) -> None:
        self._address = address
        self._headers = headers
        self._longest = longest_answer

    async def post(self, path: str, told: object, *, within_s: float) -> Answered:
        """Post JSON. Raises NotConnected, NoAnswer or TimeoutError."""
        return await self._ask("POST", path, told, within_s)

    async def get(self, path: str, *, within_s: float) -> Answered:
        """Get. Raises NotConnected, NoAnswer or TimeoutError."""
        return await self._ask("GET", path, None, within_s)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._session.close()

    @cached_property
    def _session(self) -> ClientSession:
        """Made at the first request: it belongs to the loop that runs then."""
        return ClientSession(
            self._address,
            headers=self._headers,
            connector=TCPConnector(limit=0),
            cookie_jar=DummyCookieJar(),
            skip_auto_headers=_NOT_ASKED_FOR,
            timeout=ClientTimeout(total=None),
        )

    async def _ask(
        self, method: str, path: str, told: object, within_s: float
    ) -> Answered:
        """Ask, and once more where the far end had just let go of a kept connection.

        Nothing came of it there, or the same again is known there by its id.
        """
        async with asyncio.timeout(within_s):
            try:
                return await self._once(method, path, told)
            except NoAnswer as trouble:
                if not isinstance(trouble, _WasLetGo):
                    raise
            return await self._once(method, path, told)

    async def _once(self, method: str, path: str, told: object) -> Answered:
        try:
            async with self._session.request(
                method, path, json=told, allow_redirects=False
            ) as answer:
                body = bytearray()
                async for part in answer.content.iter_any():
                    body += part
                    if len(body) > self._longest:
                        raise NoAnswer
                return Answered(answer.status, bytes(body))
        except ClientConnectorError:
            raise NotConnected from None
        except (ServerDisconnectedError, ClientOSError):
            raise _WasLetGo from None
        except ClientError:
            raise NoAnswer from None


class _WasLetGo(NoAnswer):
    """The connection ended before an answer began."""
