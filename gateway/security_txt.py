"""`/.well-known/security.txt`: where to tell of a weakness (RFC 9116)."""

from datetime import timedelta
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, text

from foundations.clock import Clock

GOOD_FOR: Final = timedelta(days=30)
"""Short: a page that nobody serves any more ends by itself."""


def blueprint(contact: str, address: str, clock: Clock) -> Blueprint:
    """Build the page; without a contact there is none, rather than a wrong one."""
    pages = Blueprint("security_txt")
    path = "/.well-known/security.txt"

    @pages.get(path, name="security_txt")
    async def show(_request: Request) -> HTTPResponse:
        if not contact:
            return empty(404)
        until = (clock() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
        return text(
            f"Contact: {contact}\n"
            f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}\n"
            f"Canonical: {address}{path}\n"
            "Preferred-Languages: en\n",
            headers={"X-Content-Type-Options": "nosniff"},
        )

    return pages
