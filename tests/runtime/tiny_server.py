"""A small service to watch over: says 200 with its process id to whoever asks.

Run as `python tiny_server.py PORT [deaf|slow]`; a deaf one never answers.
"""

import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


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
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Well).serve_forever()
