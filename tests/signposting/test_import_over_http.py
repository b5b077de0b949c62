"""Feeds over real HTTP, from hosts that behave and hosts that do not."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from signposting.fetching import (
    MOST_BYTES_A_PAGE,
    FeedRefused,
    NotFetched,
    fetch_json,
    from_address,
)

ID = "11111111-1111-4111-8111-11111111111{}"

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def host(answer: Answer) -> Iterator[str]:
    """Run a host that answers every request in this way."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def sends(request: BaseHTTPRequestHandler, body: object, status: int = 200) -> None:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    request.send_response(status)
    request.send_header("Content-Length", str(len(text)))
    request.end_headers()
    request.wfile.write(text)


def a_feed(request: BaseHTTPRequestHandler) -> None:
    """Three services, one to a page; the second is listed and cannot be had."""
    if "?" in request.path:
        number = int(request.path.split("page=")[1].split("&")[0])
        sends(
            request,
            {"contents": [{"id": ID.format(number)}], "last_page": number == 3},
        )
    elif request.path.endswith("2"):
        sends(request, b"", 500)
    else:
        sends(request, {"id": request.path.rsplit("/", 1)[1], "name": "Harbour"})


def test_every_page_is_asked_for_and_a_service_that_does_not_come_is_named() -> None:
    with host(a_feed) as address:
        found = list(from_address(f"{address}/services"))

    assert [each["id"] for each in (found[0], found[2])] == [ID.format(1), ID.format(3)]
    assert isinstance(found[1], NotFetched)
    assert found[1].id == ID.format(2)


def test_a_list_that_holds_whole_services_is_not_asked_for_each() -> None:
    asked = []

    def whole(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        row = {"id": ID.format(1), "schedules": [{"freq": "WEEKLY"}]}
        sends(request, {"contents": [row], "last_page": True})

    with host(whole) as address:
        list(from_address(address))

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"contents": [{"id": "1', "does not send JSON"),
        (b"[" * 200_000, "does not send JSON"),
        (b"<html>sorry</html>", "does not send JSON"),
        (b"7", "holds no services"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes, why: str) -> None:
    with (
        host(lambda request: sends(request, body)) as address,
        pytest.raises(FeedRefused, match=why),
    ):
        list(from_address(address))


def test_a_page_without_end_is_left() -> None:
    def pours(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(MOST_BYTES_A_PAGE // 2**20 + 2):
            request.wfile.write(b" " * 2**20)

    with host(pours) as address, pytest.raises(FeedRefused, match="sends more than"):
        fetch_json(address)


def test_a_host_that_hangs_is_left() -> None:
    done = threading.Event()
    with host(lambda _request: done.wait(20) and None) as address:
        with pytest.raises(FeedRefused, match="does not answer"):
            fetch_json(address, seconds=0.2)
        done.set()


def test_a_host_that_sends_a_byte_now_and_then_is_left() -> None:
    stop = threading.Event()

    def drips(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not stop.wait(0.05):
            request.wfile.write(b" ")

    with host(drips) as address:
        with pytest.raises(FeedRefused, match="too long"):
            fetch_json(address, seconds=0.3)
        stop.set()


def test_a_host_whose_services_never_come_is_left_after_three() -> None:
    asked = []

    def lists_only(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        if "?" in request.path:
            rows = [{"id": ID.format(n)} for n in range(9)]
            sends(request, {"contents": rows, "last_page": True})
        else:
            sends(request, b"", 503)

    with host(lists_only) as address, pytest.raises(FeedRefused):
        list(from_address(address))

    assert len(asked) == 4


def test_an_address_that_leads_away_from_https_is_not_followed() -> None:
    def leads_away(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", "http://127.0.0.1:1/services")
        request.end_headers()

    with host(leads_away) as address, pytest.raises(FeedRefused, match="not https"):
        fetch_json(address)


@pytest.mark.parametrize("rows", [[None, 3, "x"], [{"name": "No id"}], [{"id": []}]])
def test_rows_without_an_id_are_handed_on_to_be_refused(rows: list[object]) -> None:
    page = partial(sends, body={"contents": rows, "last_page": True})

    with host(page) as address:
        found = list(from_address(address))

    assert len(found) == len(rows)
