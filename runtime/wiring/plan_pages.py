"""Put the plan's own pages, and the pages of those it is shared with, together."""

from sanic import Blueprint

from channels.plan_pages.blueprint import blueprint
from channels.web_chat.settings import PageSettings
from foundations.clock import Clock
from gateway.doors.chat_tokens import ChatTokens
from gateway.plans.desk import PlanDesk, Receive, Visits
from gateway.plans.share_desk import ShareDesk
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import Settings
from storage import Database, Keys


def plan_pages_blueprint(
    settings: Settings,
    database: Database,
    keys: Keys,
    clock: Clock,
    receive: Receive,
) -> Blueprint:
    """Build the pages; a visit's cookie or a link is needed to see anything."""
    visits = Visits(database, clock)
    return blueprint(
        PlanDesk(visits, ChatTokens(keys.token), receive),
        ShareDesk(visits),
        PageSettings(settings.address, crisis_numbers()),
        clock,
    )
