"""Fetches the services of a feed, from a file or page by page, within set bounds."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

MOST_BYTES = 200 * 1024 * 1024
MOST_BYTES_A_PAGE = 20 * 1024 * 1024
MOST_PAGES = 2_000
SECONDS = 20
PER_PAGE = 100

# Gives the JSON at an address; raises FeedRefused.
Fetch = Callable[[str], Any]


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
        ids = [str(each.get("id", "")) for each in _services_in(page)]
        fresh = [each for each in ids if each not in seen]
        if not fresh:
            return
        seen.update(fresh)
        for each in fresh:
            yield get(f"{base}/services/{each}")
        if isinstance(page, Mapping) and page.get("last_page") is True:
            return
    raise FeedRefused(f"has more than {MOST_PAGES} pages")


def fetch_json(address: str) -> Any:
    """Fetch JSON over HTTPS, within twenty seconds and twenty megabytes."""
    if urlsplit(address).scheme != "https":
        raise FeedRefused("is not an https address")
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - https only
            body = answer.read(MOST_BYTES_A_PAGE + 1)
    except OSError as error:
        raise FeedRefused(f"does not answer: {error}") from error
    if len(body) > MOST_BYTES_A_PAGE:
        raise FeedRefused(f"sends more than {MOST_BYTES_A_PAGE} bytes at once")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedRefused("does not send JSON") from error


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
