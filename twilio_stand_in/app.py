"""Putting the stand-in on a web server: its own in tests, the gateway's when local."""

from typing import Any
from uuid import uuid4

from sanic import Blueprint, Sanic
from sanic.blueprint_group import BlueprintGroup

from twilio_stand_in.rest import rest_api
from twilio_stand_in.simulator import simulator
from twilio_stand_in.stand_in import TwilioStandIn


def blueprint(stand_in: TwilioStandIn, url_prefix: str = "") -> BlueprintGroup:
    """Build Twilio's API under a prefix, and the phone simulator at `/simulator`."""
    return Blueprint.group(rest_api(stand_in, url_prefix), simulator(stand_in))


def stand_in_app(stand_in: TwilioStandIn) -> Sanic[Any, Any]:
    """Build a server that is Twilio and nothing else."""
    app = Sanic(f"twilio_stand_in_{uuid4().hex}", configure_logging=False)
    app.blueprint(blueprint(stand_in))
    app.ctx.stand_in = stand_in
    return app
