"""A small service to watch over: says 200 with its process id to whoever asks.

Run as `python tiny_server.py PORT [deaf|slow|forked|forgets]`; a deaf one never
answers; a forked one answers from a fork as Rasa does, and the forks of one that
forgets leave at once.
"""

import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from runtime import forked_rasa


class Well(BaseHTTPRequestHandler):
    """Answers every GET."""

    def do_GET(self) -> None:
        """Say which process this is."""
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    if "deaf" in sys.argv:
        time.sleep(60)
    if "slow" in sys.argv:
        time.sleep(1)
    server = HTTPServer(("127.0.0.1", int(sys.argv[1])), Well)
    if "forked" in sys.argv:
        forked_rasa.keep_one_answering(server.serve_forever)
    if "forgets" in sys.argv:
        forked_rasa.keep_one_answering(lambda: None)
    server.serve_forever()
