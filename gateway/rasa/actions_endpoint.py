"""Where Rasa asks for actions: rasa-sdk's executor behind a secret, loopback only."""

import hmac
import logging

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json

from gateway.rasa.addresses import ACTIONS_PATH

log = logging.getLogger("handrail.actions")


def blueprint(secret: str, package: str = "bot.actions") -> Blueprint:
    """Build the route that runs the actions of a package."""
    executor = ActionExecutor()
    executor.register_package(package)
    actions = Blueprint("actions")

    @actions.post(ACTIONS_PATH, name="run")
    async def run(request: Request) -> HTTPResponse:
        given = request.headers.get("X-Handrail-Secret", "")
        # Without a secret nothing is let in, rather than everything.
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return empty(403)
        try:
            # Rasa leaves the domain out, and rasa-sdk insists on one.
            result = await executor.run({"domain": {}, **request.json})
        except ActionExecutionRejection as refused:
            body = {"error": "rejected", "action_name": refused.action_name}
            return json(body, status=400)
        except ActionNotFoundException as unknown:
            body = {"error": "unknown", "action_name": unknown.action_name}
            return json(body, status=404)
        except Exception as trouble:
            # The kind only: its text may hold what a young person wrote.
            log.error("action failed: %s", type(trouble).__name__)
            return json({"error": "failed"}, status=500)
        return json(result.model_dump() if result else {})

    return actions
