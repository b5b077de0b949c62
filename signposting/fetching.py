"""Fetches the services of a feed, from a file or page by page, within set bounds."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

MOST_BYTES = 200 * 1024 * 1024
MOST_BYTES_A_PAGE = 20 * 1024 * 1024
MOST_PAGES = 2_000
SECONDS = 20
PER_PAGE = 100
PIECE = 64 * 1024
MOST_REFUSALS_IN_A_ROW = 3

# Gives the JSON at an address; raises FeedRefused.
Fetch = Callable[[str], Any]


@dataclass(frozen=True)
class NotFetched:
    """A service that a feed lists and does not give, and why."""

    id: str
    why: str


class FeedRefused(Exception):
    """A feed that cannot be used at all; what we have stays in use."""


def from_file(path: Path) -> Iterator[Any]:
    """Give each service of a file: a list, a page, one service, or one to a line."""
    if path.stat().st_size > MOST_BYTES:
        raise FeedRefused(f"is larger than {MOST_BYTES} bytes")
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        yield from _services_in(json.loads(text))
    except (ValueError, RecursionError):
        yield from _services_on_lines(text)


def from_address(address: str, fetch: Fetch | None = None) -> Iterator[Any]:
    """Give each service of an API, whole: lists carry no hours, so each is asked for.

    Stops at a page that says it is the last, that is empty, or that repeats.
    """
    get = fetch or fetch_json
    base = address.rstrip("/").removesuffix("/services")
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        query = urlencode({"page": number, "per_page": PER_PAGE})
        page = get(f"{base}/services?{query}")
        rows = list(_services_in(page))
        fresh = [row for row in rows if _id_of(row) not in seen]
        if not fresh:
            return
        seen.update(map(_id_of, fresh))
        yield from _whole(base, fresh, get)
        if isinstance(page, Mapping) and page.get("last_page") is True:
            return
    raise FeedRefused(f"has more than {MOST_PAGES} pages")


def _whole(base: str, rows: list[Any], get: Fetch) -> Iterator[Any]:
    """Give each service of a page whole; one that does not come is named, not fatal."""
    in_a_row = 0
    for row in rows:
        if not _id_of(row) or row.get("schedules"):
            yield row
            continue
        try:
            yield get(f"{base}/services/{quote(_id_of(row), safe='')}")
            in_a_row = 0
        except FeedRefused as refused:
            in_a_row += 1
            if in_a_row == MOST_REFUSALS_IN_A_ROW:
                raise
            yield NotFetched(_id_of(row), str(refused))


def _id_of(row: Any) -> str:
    return str(row.get("id") or "") if isinstance(row, Mapping) else ""


def fetch_json(address: str, *, seconds: float = SECONDS) -> Any:
    """Fetch JSON within bounds of time and size; http only from this machine.

    `seconds` bounds the whole answer: a host that sends a byte now and then is let go.
    """
    where = urlsplit(address)
    if where.scheme != "https" and not _is_here(where.scheme, where.hostname):
        raise FeedRefused("is not an https address")
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310
    until = monotonic() + seconds
    try:
        with _OPENER.open(request, timeout=seconds) as answer:
            body = _read_until(answer, until)
    except (OSError, HTTPException) as error:
        raise FeedRefused(f"does not answer: {error}") from error
    if len(body) > MOST_BYTES_A_PAGE:
        raise FeedRefused(f"sends more than {MOST_BYTES_A_PAGE} bytes at once")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedRefused("does not send JSON") from error


def _read_until(answer: Any, until: float) -> bytes:
    read = bytearray()
    while piece := answer.read1(PIECE):
        read += piece
        if len(read) > MOST_BYTES_A_PAGE:
            break
        if monotonic() > until:
            raise FeedRefused("takes too long to answer")
    return bytes(read)


def _is_here(scheme: str, host: str | None) -> bool:
    return scheme == "http" and host in ("127.0.0.1", "localhost", "::1")


class _NoWayDown(HTTPRedirectHandler):
    """An address may lead on, but not from https to anything else."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """Follow to https only."""
        if urlsplit(newurl).scheme != "https":
            raise FeedRefused("leads to an address that is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = build_opener(_NoWayDown)


def _services_in(content: Any) -> Iterator[Any]:
    if isinstance(content, Mapping):
        for field in ("contents", "content", "services"):
            if isinstance(content.get(field), list):
                yield from content[field]
                return
        yield content
    elif isinstance(content, list):
        yield from content
    else:
        raise FeedRefused("holds no services")


def _services_on_lines(text: str) -> Iterator[Any]:
    """Read one service to a line (ndjson); a feed cut off keeps its whole lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = 0
    for line in lines:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, Mapping):
            found += 1
            yield row
    if not found:
        raise FeedRefused("is not JSON, or is cut off")
