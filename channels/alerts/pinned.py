"""Where a webhook really goes: looked up once, checked, and connected to as found.

A name that is looked up twice can answer differently the second time (rebinding), so
the address that was checked is the address that is used; the certificate and the
`Host` header are still those of the name.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import httpx

Resolve = Callable[[str, int], list[str]]
"""Gives every address of a name; OSError when it has none."""

HTTPS_PORT: Final = 443


@dataclass(frozen=True)
class Pinned:
    """A request's true address, and what must be said so that it is understood."""

    url: httpx.URL
    host: str
    name: str


def resolve(host: str, port: int) -> list[str]:
    """Look a name up."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def is_allowed(address: str, *, hosts: frozenset[str], only_public: bool) -> bool:
    """Tell whether an alert may go to an address, as far as it says so itself.

    `only_public` wants https, and a host that is on the list.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        return False
    is_listed = url.scheme == "https" and url.host.casefold() in hosts
    return is_listed or not only_public


def pin(
    address: str, *, hosts: frozenset[str], only_public: bool, look_up: Resolve
) -> Pinned | None:
    """Look an address up once and hold on to what was found; None: it is refused.

    `only_public` also wants a name of which every address is on the public internet.
    Raises OSError when a name cannot be found.
    """
    if not is_allowed(address, hosts=hosts, only_public=only_public):
        return None
    url = httpx.URL(address)
    found = look_up(url.host, url.port or HTTPS_PORT)
    if only_public and not all(_is_public(one) for one in found):
        return None
    return Pinned(
        url=url.copy_with(host=found[0]),
        host=url.netloc.decode(),
        name=url.host,
    )


def _is_public(address: str) -> bool:
    one = ipaddress.ip_address(address)
    if isinstance(one, ipaddress.IPv6Address) and one.ipv4_mapped is not None:
        return one.ipv4_mapped.is_global
    return one.is_global and not one.is_multicast
