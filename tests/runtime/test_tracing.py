"""Spans go to a collector that a deployer names, and hold nothing of anybody."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)

from foundations.tracing import Doing, switch_on, traced
from runtime.settings import ROOT, Settings
from runtime.tracing import set_up_tracing
from tests.journeys.handrail import start, stop
from tests.journeys.readable_dialogue import ReadableDialogue

PHONE = "+447700900187"
SAID = "i want to die, my nan is called zebedee"


@dataclass
class Collector:
    """A real collector's door: it takes OTLP over HTTP and keeps what came."""

    bodies: list[bytes] = field(default_factory=list)
    server: Any = None

    @property
    def address(self) -> str:
        """Where spans are posted."""
        return f"http://127.0.0.1:{self.server.server_port}/v1/traces"

    @property
    def spans(self) -> list[Any]:
        """Everything that came, oldest first."""
        return [
            span
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    kept = Collector()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    kept.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=kept.server.serve_forever, daemon=True).start()
    yield kept
    switch_on(None)
    kept.server.shutdown()
    kept.server.server_close()


def somebody_texts(collector: Collector, home: Path, *said: str) -> None:
    """Have texts answered while spans are on, and every span sent."""
    sends = set_up_tracing(Settings(home=home, traces_to=collector.address))
    assert sends is not None
    handrail = start(home, ReadableDialogue())
    for text in said:
        handrail.sms(PHONE).young_person_says(text)
    stop(handrail)
    sends.shutdown()


def test_a_span_has_one_of_our_names_and_its_times_and_nothing_else(
    collector: Collector, tmp_path: Path
) -> None:
    somebody_texts(collector, tmp_path, SAID, "hello", "PLAN")

    names = {span.name for span in collector.spans}
    assert {Doing.TEXT.value, Doing.RECEIVE.value, Doing.ANSWER.value} < names
    assert {Doing.WRITE.value, Doing.READ.value, Doing.SEND.value} < names
    assert names <= {doing.value for doing in Doing}
    for span in collector.spans:
        assert (span.attributes, span.events, span.links) == ([], [], [])
        assert span.status.message == ""
        assert span.start_time_unix_nano <= span.end_time_unix_nano
    everything = b"".join(collector.bodies)
    for private in (SAID, "zebedee", PHONE, PHONE[3:], "want to die"):
        assert private.encode() not in everything


def test_what_a_message_led_to_stands_below_it(
    collector: Collector, tmp_path: Path
) -> None:
    somebody_texts(collector, tmp_path, "hello")

    spans = {span.span_id: span for span in collector.spans}
    (text,) = [span for span in spans.values() if span.name == Doing.TEXT.value]
    (received,) = [span for span in spans.values() if span.name == Doing.RECEIVE.value]
    assert received.parent_span_id == text.span_id
    written = [span for span in spans.values() if span.name == Doing.WRITE.value]
    assert received.span_id in {span.parent_span_id for span in written}


def test_what_goes_wrong_is_not_told(collector: Collector) -> None:
    sends = set_up_tracing(Settings(traces_to=collector.address))
    assert sends is not None

    @traced(Doing.ASK_RASA)
    async def fails() -> None:
        raise ValueError(SAID)

    with pytest.raises(ValueError, match="zebedee"):
        asyncio.run(fails())
    sends.shutdown()

    (span,) = collector.spans
    assert (span.status.message, span.events) == ("", [])
    assert b"zebedee" not in b"".join(collector.bodies)


def test_without_a_collector_nothing_of_it_is_even_loaded() -> None:
    looks = (
        "import sys; from runtime.settings import Settings;"
        "import runtime.wiring.house; from runtime.tracing import set_up_tracing;"
        "set_up_tracing(Settings());"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", looks], cwd=ROOT, capture_output=True, text=True
    )

    assert done.stdout.strip() == "[]", done.stderr
