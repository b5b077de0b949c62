"""`make fuzz MINUTES=n SEED=s`: inputs of every broken kind, counted towards a million.

Texts go through the screen; bodies, some rightly signed, and whole requests go to a
running Handrail. Nothing may bring a 500, a hang, or the loss of a text that was taken.
There are no WebSockets to send frames to.
"""

import argparse
import json
import os
import random
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote_from_bytes, urlencode, urlsplit

import httpx
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from channels.sms.webhooks import INBOUND_PATH
from escalation import Route, screen
from foundations.clock import utc_now
from foundations.gsm7 import fold, segments
from runtime.settings import ROOT
from storage.tables.core import inbox
from tests.campaign.run import say
from tests.escalation.test_total import made_up
from tests.journeys.handrail import OUR_NUMBER, Handrail, start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

FIGURES: Final = ROOT / "var" / "fuzz" / "figures.jsonl"
HANGS_AFTER_S: Final = 20.0
ANSWERS_WITHIN_S: Final = 0.3
FORM: Final = "application/x-www-form-urlencoded"
TYPES: Final = (FORM, "application/json", "text/plain", "multipart/form-data", "")
METHODS: Final = ("GET", "POST", "PUT", "HEAD", "OPTIONS", "TRACE", "G\u00cbT", "")
PATHS: Final = (
    INBOUND_PATH,
    "/api/chat",
    "/api/chat/messages",
    "/health",
    "/help",
    "*",
)
HEADERS: Final = (
    "Host: x",
    "Content-Length: -1",
    "Content-Length: 5",
    "Content-Length: 7, 7",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked",
    "Expect: 100-continue",
    "X-HTTP-Method-Override: DELETE",
    "X-Forwarded-For: ::, 1",
    "Cookie: " + "a=b; " * 300,
    "Authorization: Bearer \x7f",
    "Content-Type: " + FORM,
    " folded: yes",
    "no colon",
)
JSON_PIECES: Final = ("NaN", "1e999", "null", "[]", "{}", '"\\ud800"', "[" * 300, "-")


@dataclass
class Fuzz:
    """One Handrail, one source of chance, and what was seen."""

    here: Handrail
    chance: random.Random
    sent: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    wrong: list[str] = field(default_factory=list)

    def text(self) -> None:
        """Any text has one route, and can be counted and folded."""
        text = made_up(self.chance)
        if screen(text).route not in Route or segments(fold(text)) < 0:
            self.wrong.append("a text without a route")

    def signed_body(self, client: httpx.Client) -> None:
        """A form that Twilio signed, with fields that may be anything."""
        fields = {
            "AccountSid": self.here.stand_in.settings.account_sid,
            "MessageSid": f"SM{self.chance.getrandbits(128):032x}",
            "From": f"+44770090{self.chance.randrange(100, 1000):04d}",
            "To": OUR_NUMBER,
            "Body": made_up(self.chance).encode("utf-8", "replace").decode(),
        }
        if self.chance.random() < 0.5:
            name = self.chance.choice([*fields, "NumMedia", "Extra", ""])
            fields[name] = self.chance.choice(("", "\x00", "x" * 3000, "-1", "\u202e"))
        address = self.here.address + INBOUND_PATH
        token = self.here.stand_in.settings.auth_token
        signature = RequestValidator(token).compute_signature(address, fields)
        headers = {"X-Twilio-Signature": signature, "Content-Type": FORM}
        answer = client.post(address, content=urlencode(fields), headers=headers)
        self.saw("signed", answer.status_code)
        self.taken += answer.status_code == 200

    def body(self, client: httpx.Client) -> None:
        """A body of any kind, at a door that takes bodies."""
        choose = self.chance.choice
        content: bytes = choose(
            (
                self.chance.randbytes(self.chance.randrange(200)),
                choose(JSON_PIECES).encode(),
                f'{{"text": {choose(JSON_PIECES)}, "link": "demo"}}'.encode(),
                quote_from_bytes(self.chance.randbytes(40)).encode() + b"&=&a",
            )
        )
        address = self.here.address + choose(PATHS[:3])
        headers = {"Content-Type": choose(TYPES)}
        answer = client.post(address, content=content, headers=headers)
        self.saw("body", answer.status_code)

    def request(self) -> None:
        """Lines that may be a request, on a connection of their own."""
        choose = self.chance.choice
        lines = [f"{choose(METHODS)} {choose(PATHS)} HTTP/1.{self.chance.randrange(3)}"]
        lines += [choose(HEADERS) for _ in range(self.chance.randrange(6))]
        wire = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        wire += self.chance.randbytes(self.chance.randrange(30))
        if self.chance.random() < 0.2:
            wire = wire[: self.chance.randrange(len(wire))]
        answer = _raw(self.here.address, wire)
        found = re.match(rb"HTTP/1\.1 (\d{3})", answer)
        self.saw("request", int(found[1]) if found else 0)

    def saw(self, kind: str, status: int) -> None:
        """Count an answer; a 500 is what may never come."""
        self.statuses[f"{kind} {status}"] += 1
        if status == 500:
            self.wrong.append(f"a 500 to a {kind}")

    def look(self) -> None:
        """Everything that was taken is in the records; somebody new is answered."""
        rows = self.here.record(
            lambda unit: unit.connection.execute(
                select(func.count(inbox.c.id))
            ).scalar()
        )
        if rows < self.taken:
            self.wrong.append(f"{self.taken - rows} taken and not recorded")
        self.here.web_chat().young_person_says("i want to die")


def main() -> None:
    """Send until the time is over; keep the figures; fail if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="handrail-fuzz-") as folder:
        here = start(Path(folder), ReadableDialogue())
        fuzz = Fuzz(here, random.Random(asked.seed))
        begun = time.monotonic()
        try:
            _send(fuzz, begun + asked.minutes * 60)
        finally:
            stop(here)
    figures = {
        "at": f"{utc_now():%Y-%m-%d %H:%M}",
        "seed": asked.seed,
        "seconds": round(time.monotonic() - begun),
        "inputs": fuzz.sent.total(),
        **fuzz.sent,
        "answers": dict(sorted(fuzz.statuses.items())),
        "load": round(os.getloadavg()[0], 1),
        "wrong": fuzz.wrong[:20],
    }
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    with FIGURES.open("a") as kept:
        kept.write(json.dumps(figures) + "\n")
    say(json.dumps(figures, indent=1))
    sys.exit(1 if fuzz.wrong else 0)


def _send(fuzz: Fuzz, until: float) -> None:
    """Take the kinds in turn: a hundred texts for each body, two requests a body.

    A request that is only half one is waited for, so these take most of the time.
    """
    with httpx.Client(trust_env=False, timeout=HANGS_AFTER_S) as client:
        kinds: dict[str, tuple[int, Callable[[], Any]]] = {
            "texts": (500, fuzz.text),
            "signed": (5, lambda: fuzz.signed_body(client)),
            "bodies": (5, lambda: fuzz.body(client)),
            "requests": (10, fuzz.request),
        }
        while time.monotonic() < until and not fuzz.wrong:
            for kind, (times, does) in kinds.items():
                for _ in range(times):
                    with _noting(fuzz, kind):
                        does()
                    fuzz.sent[kind] += 1
        fuzz.look()


@contextmanager
def _noting(fuzz: Fuzz, kind: str) -> Iterator[None]:
    """Note a hang or a broken answer by its kind; the seed brings it again."""
    try:
        yield
    except (httpx.HTTPError, TimeoutError) as trouble:
        what = type(trouble).__name__
        fuzz.wrong.append(f"{kind} number {fuzz.sent[kind]}: {what}")


def _raw(address: str, wire: bytes) -> bytes:
    """Send bytes, and give what comes back; nothing when it is closed or waited for."""
    parts = urlsplit(address)
    with socket.create_connection(
        (parts.hostname or "", parts.port or 0), timeout=HANGS_AFTER_S
    ) as line:
        found = b""
        try:
            line.sendall(wire)
            # What is only half a request is waited for: that is no hang of ours.
            line.settimeout(ANSWERS_WITHIN_S)
            found = line.recv(65536)
        except (ConnectionError, TimeoutError):
            pass
        return found


if __name__ == "__main__":
    main()
