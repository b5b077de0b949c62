"""Counts and times for whoever keeps watch: never about a person, never a word.

Three labels exist: the door (`sms`, `web`), whether fixed crisis words answered, and
for refusals the group of doors that was knocked at too often; never an address.
"""

import hmac
from time import perf_counter
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, raw

from foundations.saying import Channel
from gateway.health import DialogueState, DialogueWatch
from storage import Database, DatabaseUnavailable

METRICS_PATH: Final = "/metrics"
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What is counted while the gateway works."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = Counter(
            "handrail_messages_received",
            "Messages that were taken, once each",
            ["channel", "crisis_words"],
            registry=self.registry,
        )
        self.without_records = Counter(
            "handrail_messages_without_records",
            "Messages answered while the database was away or slow",
            registry=self.registry,
        )
        self.set_aside = Gauge(
            "handrail_messages_set_aside",
            "Messages that the records refuse or no key opens, kept beside the spool",
            registry=self.registry,
        )
        self.second_provider = Gauge(
            "handrail_second_provider_in_use",
            "1 while texts leave by the second provider",
            registry=self.registry,
        )
        self.first_words = Histogram(
            "handrail_crisis_words_seconds",
            "From a message with danger in it to its fixed words",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.answers = Histogram(
            "handrail_answer_seconds",
            "From a recorded message to its recorded answer",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.refused = Counter(
            "handrail_knocks_refused",
            "Requests of an address that knocked too often, by what it knocked at",
            ["group"],
            registry=self.registry,
        )
        self._gauges = {
            name: Gauge(f"handrail_{name}", what, registry=self.registry)
            for name, what in _LOOKED_UP.items()
        }

    def was_received(self, channel: Channel, *, crisis: bool, begun: float) -> None:
        """Count a message; `begun` is what `perf_counter` gave when it came in."""
        self.received.labels(channel.value, "yes" if crisis else "no").inc()
        if crisis:
            self.first_words.observe(perf_counter() - begun)

    def was_refused(self, group: str) -> None:
        """Count that an address was refused; whose it is is kept nowhere."""
        self.refused.labels(group).inc()

    async def look(self, database: Database, watch: DialogueWatch) -> bytes:
        """Look up what only the records know, and write everything out."""
        found = {"database_up": 0.0, "dialogue_up": 0.0}
        found["dialogue_up"] = float(watch.state is DialogueState.OK)
        found["dialogue_replaced"] = float(watch.replaced)
        try:
            texts = await database.read(lambda unit: unit.outbox.figures())
            due = await database.read(lambda unit: unit.due_work.figures())
            found["database_up"] = 1.0
            found["outbox_waiting"] = float(texts.waiting)
            found["outbox_oldest_seconds"] = texts.oldest_seconds
            found["due_work_overdue"] = float(due.overdue)
            found["due_work_oldest_seconds"] = due.oldest_seconds
        except DatabaseUnavailable:
            pass
        for name, value in found.items():
            self._gauges[name].set(value)
        return generate_latest(self.registry)


_LOOKED_UP: Final = {
    "database_up": "1 while the records can be reached",
    "dialogue_up": "1 while Rasa answers",
    "dialogue_replaced": "How often another Rasa took the place of one that was gone",
    "outbox_waiting": "Texts that wait to be sent",
    "outbox_oldest_seconds": "How long the oldest of them has waited",
    "due_work_overdue": "Promises that should have been kept by now",
    "due_work_oldest_seconds": "How late the oldest of them is",
}


def blueprint(
    metrics: Metrics, database: Database, watch: DialogueWatch, token: str
) -> Blueprint:
    """Build `GET /metrics`, for whoever shows the token; without one, for nobody."""
    page = Blueprint("metrics")

    @page.get(METRICS_PATH, name="metrics")
    async def show(request: Request) -> HTTPResponse:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token or not hmac.compare_digest(given.encode(), token.encode()):
            return empty(401)
        written = await metrics.look(database, watch)
        return raw(written, content_type=CONTENT_TYPE_LATEST)

    return page
