"""What every answer tells the browser when no door has told it otherwise.

Refusals, counts and hooks have no page of their own and say this; a page says more.
"""

from typing import Any, Final

from sanic import Request, Sanic
from sanic.response import BaseHTTPResponse

ALWAYS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
STRICT_TRANSPORT: Final = "max-age=31536000; includeSubDomains"
"""For a year; the host is the service's own, and so is every name below it."""


def tell_browsers(app: Sanic[Any, Any], *, https: bool) -> None:
    """Have every answer of a server say so."""
    says = {"Strict-Transport-Security": STRICT_TRANSPORT} if https else {}

    @app.middleware("response")
    async def strictly(_request: Request, response: BaseHTTPResponse) -> None:
        for name, value in (ALWAYS | says).items():
            response.headers.setdefault(name, value)
        # Without this the server writes the word "None" for an empty answer.
        response.content_type = response.content_type or "text/plain; charset=utf-8"
