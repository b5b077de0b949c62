"""What every answer of the web chat tells the browser: keep nothing, load nothing."""

import gzip
from typing import Final

from sanic import HTTPResponse, Request

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    )
)

_ALWAYS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


async def add_headers(_request: Request, response: HTTPResponse) -> None:
    """Add the headers; only an answer that says otherwise may be kept."""
    response.headers.update(_ALWAYS)
    response.headers.setdefault("Cache-Control", "no-store")


async def squeeze_pages(request: Request, response: HTTPResponse) -> None:
    """Send pages squeezed: they are most of what a first visit costs.

    A page holds no secret that its length could give away to someone who watches.
    """
    if not (response.content_type or "").startswith("text/html") or not response.body:
        return
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(response.body, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
