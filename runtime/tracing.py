"""Spans to a collector over OTLP, when a deployer names one; off otherwise."""

from functools import partial
from typing import Protocol

from foundations.tracing import switch_on
from runtime.settings import Settings

SERVICE = "handrail"


class Sends(Protocol):
    """Whoever sends spans; what is still to be sent leaves by itself at an exit."""

    def shutdown(self) -> None:
        """Send what is left, and stop."""


def set_up_tracing(settings: Settings) -> Sends | None:
    """Send spans to the address of the settings; with none, import nothing.

    What a library says about an error could hold what somebody wrote, so a span takes
    none of it.
    """
    if not settings.traces_to:
        return None
    # Imported here: it takes a while, and hardly anybody asks for it.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource({SERVICE_NAME: SERVICE}))
    provider.add_span_processor(
        BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.traces_to))
    )
    tracer = provider.get_tracer(SERVICE)
    switch_on(
        partial(
            tracer.start_as_current_span,
            record_exception=False,
            set_status_on_exception=False,
        )
    )
    return provider
