"""What is shown to whoever watches over a deployment, or finds a weakness in it."""

from sanic import Blueprint

from foundations.clock import Clock
from gateway import health, metrics, security_txt
from gateway.texting.which_provider import WhichProvider
from runtime.settings import Settings
from storage import Database


def watching_blueprints(
    settings: Settings,
    database: Database,
    watch: health.DialogueWatch,
    counted: metrics.Metrics,
    which: WhichProvider,
    clock: Clock,
) -> tuple[Blueprint, Blueprint, Blueprint]:
    """Build /health, /metrics and security.txt."""
    return (
        health.blueprint(database, watch, lambda: which.now().value),
        metrics.blueprint(
            counted, database, watch, settings.metrics_token.get_secret_value()
        ),
        security_txt.blueprint(settings.security_contact, settings.address, clock),
    )
