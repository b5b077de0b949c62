"""One address knocks so often and no more, where knocking costs something or guesses.

What is refused is in `per_address.yml`. Words of a young person are never refused: the
routes that carry them are not in it.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any, Final, Protocol

from sanic import HTTPResponse, Request, Sanic

from foundations.clock import Clock
from foundations.content import read_yaml

HERE: Final = Path(__file__).with_suffix(".yml")
MOST_REMEMBERED: Final = 20_000
"""Addresses in memory, for all groups together; the oldest windows go first."""

CHATS: Final = "chats"
_OURS_TO_US: Final = 64
"""Bits of an IPv6 address that a household holds; the rest it chooses itself."""


@dataclass(frozen=True)
class Group:
    """So many knocks within a window of time."""

    most: int
    within: timedelta


class Knocks(Protocol):
    """Where knocks are counted: here in memory, or in one place for several gateways.

    To share them among gateways, hand in another one (runtime/wiring/in_front.py).
    """

    async def add(self, group: str, address: str, within: timedelta) -> int:
        """Count a knock in this address's window; give how many, this one included.

        Never raises and never waits long: what cannot be counted is the first one.
        """


class KnocksInMemory:
    """Counts for this process alone, in fixed windows that begin with a knock."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nobody."""
        self._clock = clock
        self._windows: OrderedDict[tuple[str, str], tuple[datetime, int]]
        self._windows = OrderedDict()

    def __len__(self) -> int:
        """Give how many windows are remembered."""
        return len(self._windows)

    async def add(self, group: str, address: str, within: timedelta) -> int:
        """Count a knock; the window that began first is forgotten first."""
        now, who = self._clock(), (group, address)
        began, knocks = self._windows.get(who, (now, 0))
        # A window that begins later than now is of a clock that was set back since.
        if not timedelta(0) <= now - began < within:
            began, knocks = now, 0
            self._windows.pop(who, None)
        self._windows[who] = (began, knocks + 1)
        while len(self._windows) > MOST_REMEMBERED:
            self._windows.popitem(last=False)
        return knocks + 1


class PerAddress:
    """Refuses an address that knocks too often; `proxies` of ours stand in front.

    Each proxy adds the address it was called from to X-Forwarded-For, so the one that
    counts is that many from the end: what a caller writes there itself stands before
    it. With no proxy named, an address of an inside network is one that was forgotten,
    and everybody would be it: it is not counted. `refused` is told the group, no more.
    """

    def __init__(
        self, knocks: Knocks, proxies: int, refused: Callable[[str], None]
    ) -> None:
        """Read how often is too often."""
        table = read_yaml(HERE)
        self._groups = {
            name: Group(one["most"], timedelta(minutes=one["minutes"]))
            for name, one in table["groups"].items()
        }
        self._routes: dict[str, str] = table["routes"]
        self._knocks = knocks
        self._proxies = proxies
        self._refused = refused

    def stand_before(
        self, app: Sanic[Any, Any], refuse: Callable[[Request], HTTPResponse]
    ) -> None:
        """Have every request of a server counted before it is handled."""

        @app.on_request
        async def knock(request: Request) -> HTTPResponse | None:
            # Not bound to the request: a ring is only found by a look for garbage.
            request.ctx.per_address = self
            if request.route is None:
                return None
            route = f"{request.method} /{shown(request.route.path)}"
            group = self._routes.get(route)
            if group is None or await self.may(request, group):
                return None
            return refuse(request)

    async def may(self, request: Request, name: str) -> bool:
        """Count a knock, and tell whether it is one of the allowed ones."""
        address = address_of(request, self._proxies)
        if address is None:
            return True
        group = self._groups[name]
        if await self._knocks.add(name, address, group.within) <= group.most:
            return True
        self._refused(name)
        return False


async def may_begin_chat(request: Request) -> bool:
    """Tell whether this request's address may begin one more chat, and count it."""
    counting: PerAddress | None = getattr(request.ctx, "per_address", None)
    return counting is None or await counting.may(request, CHATS)


def address_of(request: Request, proxies: int) -> str | None:
    """Give whom a request is from: an IPv4 address or an IPv6 network; else None."""
    told = request.ip
    if proxies:
        hops = ",".join(request.headers.getall("x-forwarded-for", [])).split(",")
        told = hops[-proxies].strip() if len(hops) >= proxies else ""
    try:
        found = ip_address(told)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if not proxies and (found.is_loopback or found.is_private):
        return None
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _OURS_TO_US), strict=False))
    return str(found)


@cache
def shown(path: str) -> str:
    """Write a route as the list does: `<token:str>` is `<token>`."""
    return re.sub(r"<(\w+):[^>]*>", r"<\1>", path).strip("/")
