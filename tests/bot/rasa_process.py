"""Starts the real Rasa once for a test run, with actions served by the test itself."""

import asyncio
import json
import os
import secrets
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from rasa_sdk.executor import ActionExecutor

from foundations.plain_http import TRUSTS_NOBODY
from runtime.model import RASA_PYTHON, make_ready

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 240
"""On a busy machine it was seen to take more than a minute."""


@dataclass
class RasaProcess:
    """A running Rasa: its address, its secret, and everything it has logged."""

    address: str
    secret: str
    log: Path
    process: subprocess.Popen[bytes]
    actions: "ActionsServer"
    client: httpx.Client

    @property
    def messages(self) -> str:
        """Where messages are posted."""
        return f"{self.address}/webhooks/handrail/messages"

    @property
    def probe(self) -> str:
        """Where whoever watches over it looks."""
        return f"{self.address}/webhooks/handrail/alive"

    @property
    def answering(self) -> int:
        """The process that answers: a fork of the one that loads."""
        loads = self.process.pid
        children = Path(f"/proc/{loads}/task/{loads}/children").read_text()
        return int(children)

    def post(self, body: Any, *, secret: str | None = None) -> httpx.Response:
        """Post as the gateway does; bytes go out as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        shown = {"X-Handrail-Secret": self.secret if secret is None else secret}
        return self.client.post(self.messages, content=content, headers=shown)

    def logged(self) -> str:
        """Everything Rasa has written to its output so far."""
        return self.log.read_text(errors="replace")


class ActionsServer:
    """Rasa's action endpoint, as the gateway serves it, with the real actions."""

    def __init__(self) -> None:
        """Listen on a free port; `failing` makes every action answer 500."""
        self.failing = False
        self.slow_by_s = 0.0
        self.ran: list[str] = []
        self.executor = ActionExecutor()
        self.executor.register_package("bot.actions")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where Rasa posts."""
        return f"http://127.0.0.1:{self._server.server_port}/internal/actions"

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def run(self, call: dict[str, Any]) -> Any:
        """Run one action as Rasa asked for it."""
        self.ran.append(call["next_action"])
        time.sleep(self.slow_by_s)
        if self.failing:
            raise ConnectionError("told to fail")
        return asyncio.run(self.executor.run({"domain": {}, **call}))

    def _handler(served: "ActionsServer") -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                call = json.loads(self.rfile.read(length))
                try:
                    answer = served.run(call)
                    status, body = 200, json.dumps(answer.model_dump()).encode()
                except Exception:
                    # As a careless action endpoint would: the words come back in it.
                    status, body = 500, json.dumps(call["tracker"]).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def rasa_running(folder: Path) -> Iterator[RasaProcess]:
    """Train if needed, start Rasa on a free port, and stop it at the end."""
    model = make_ready()
    secret, port, log = secrets.token_hex(16), _free_port(), folder / "rasa.log"
    actions = ActionsServer()
    with log.open("wb") as lines:
        process = subprocess.Popen(
            _command(port, model),
            cwd=ROOT,
            env=_environment(secret, actions.url),
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
    # Connections are let go of before Rasa would: one that it closes is not asked.
    kept = httpx.Limits(keepalive_expiry=1)
    client = httpx.Client(
        timeout=20, trust_env=False, verify=TRUSTS_NOBODY, limits=kept
    )
    address = f"http://127.0.0.1:{port}"
    found = RasaProcess(address, secret, log, process, actions, client)
    try:
        _wait_until_alive(found)
        yield found
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        client.close()
        actions.close()


def _command(port: int, model: Path) -> list[str]:
    command = [str(RASA_PYTHON), "-m", "runtime.rasa_command", "run", "--quiet"]
    command += ["-i", "127.0.0.1", "-p", str(port), "--model", str(model)]
    command += ["--credentials", "bot/credentials.yml"]
    return [*command, "--endpoints", "bot/endpoints.yml"]


def _environment(secret: str, actions_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "HANDRAIL_RASA_SECRET": secret,
        "HANDRAIL_ACTIONS_URL": actions_url,
    }


def _wait_until_alive(rasa: RasaProcess) -> None:
    gives_up_at = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < gives_up_at:
        if rasa.process.poll() is not None:
            raise RuntimeError(f"Rasa stopped:\n{rasa.logged()[-3000:]}")
        try:
            if httpx.get(rasa.probe, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        rasa_starts = threading.Event()
        rasa_starts.wait(0.1)
    raise RuntimeError(f"Rasa did not start in time:\n{rasa.logged()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
