"""Requests that are hardly HTTP: refused or closed, and the next person is answered."""

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.journeys.handrail import Handrail, WebChat, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

CANARY = "marmalade-lighthouse"
HOOK = "/hooks/twilio/sms"
ABOUT_DYING = "i want to die"


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handrail]:
    """One for all: whatever was sent before, it goes on answering."""
    running = start(tmp_path_factory.mktemp("hardly_http"), ReadableDialogue())
    yield running
    stop(running)


RAW = {
    "negative length": "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "length no number": "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    "two lengths": "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
    "Content-Length: 5\r\n\r\nabcde",
    "length and chunks": "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "broken chunks": "POST {path} HTTP/1.1\r\nHost: x\r\n"
    "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    "no host": "POST {path} HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    "no version": "POST {path}\r\n\r\n",
    "no request": f"\x00\x01\x02 {CANARY}\r\n\r\n",
    "one endless header": "POST {path} HTTP/1.1\r\nHost: x\r\nA: " + "a" * 20_000,
    "half a request": "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nab",
}


@pytest.mark.parametrize("path", [HOOK, "/api/chat/messages"])
@pytest.mark.parametrize("oddity", RAW)
def test_a_request_that_is_hardly_http_breaks_nothing(
    handrail: Handrail, web: WebChat, path: str, oddity: str
) -> None:
    answer = raw_answer(handrail, RAW[oddity].format(path=path).encode("latin-1"))

    status = re.match(rb"HTTP/1\.1 (\d{3})", answer)
    assert status is None or 400 <= int(status[1]) < 500 or int(status[1]) == 503
    assert CANARY.encode() not in answer
    web.young_person_says(ABOUT_DYING)
    web.was_sent("escalation.suicide")


def raw_answer(handrail: Handrail, sent: bytes) -> bytes:
    """Send bytes, say no more, and give whatever comes back until it is closed."""
    parts = urlsplit(handrail.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as wire:
        wire.sendall(sent)
        wire.shutdown(socket.SHUT_WR)
        found = b""
        while piece := _received(wire):
            found += piece
        return found


def _received(wire: socket.socket) -> bytes:
    try:
        return wire.recv(4096)
    except ConnectionResetError:
        return b""
