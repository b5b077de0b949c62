"""Stands where the second provider of texts is: a form in, a status out."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl

import httpx

KEY: Final = "abcd1234"
SECRET: Final = "second-provider-secret-of-a-test"
SENDER: Final = "Handrail"


@dataclass
class VonageEnd:
    """What was sent through it, and how it behaves from now on.

    `http` is the status of the answer; `status` the one within it; `hangs` gives none;
    `drops` takes the text and ends the connection.
    """

    http: int = 200
    status: str = "0"
    hangs: bool = False
    drops: bool = False
    address: str = ""
    taken: list[dict[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def texts_to(self, number: str) -> list[str]:
        """Give the words that it took for a number."""
        wanted = number.lstrip("+")
        return [form["text"] for form in self.taken if form["to"] == wanted]

    def reports(self, form: dict[str, str], **fields: str) -> httpx.Response:
        """Report on a text that it took, at the address that came with it."""
        receipt = {"msisdn": form["to"], "messageId": message_id(form), **fields}
        return httpx.post(form["callback"], json=receipt, trust_env=False)


def message_id(form: dict[str, str]) -> str:
    """Give the id by which it knows a text."""
    return "0C" + form["client-ref"].replace("-", "").upper()


@contextmanager
def vonage_end() -> Iterator[VonageEnd]:
    """Serve one on a free port of this machine."""
    end = VonageEnd()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            if end.hangs:
                end.over.wait()
                self.close_connection = True
                return
            refused = end.http != 200 or end.status != "0"
            if not refused:
                end.taken.append(form)
            if end.drops:
                self.close_connection = True
                return
            part = {"to": form["to"], "status": end.status}
            if not refused:
                part["message-id"] = message_id(form)
            body = json.dumps({"message-count": "1", "messages": [part]}).encode()
            self.send_response(end.http)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    end.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield end
    finally:
        end.over.set()
        server.shutdown()
        server.server_close()


def settings_for(end: VonageEnd) -> dict[str, str]:
    """Give the settings of a Handrail that has it as its second provider."""
    return {
        "second_sms_key": KEY,
        "second_sms_secret": SECRET,
        "second_sms_sender": SENDER,
        "second_sms_api": end.address,
    }
