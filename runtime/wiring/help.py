"""Put finding help together: the help desk, the public pages and the open feed."""

from sanic import Blueprint

from channels.help_pages.blueprint import blueprint as pages_blueprint
from channels.help_pages.feed import feed_blueprint
from channels.web_chat.settings import PageSettings
from foundations.clock import Clock
from gateway.doors.help_door import LinksHelpDoor
from gateway.finding_help.desk import HelpDesk
from handover import Organisations
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import Settings
from signposting import Directory
from signposting.home import load_homes
from storage import Database


def help_blueprints(
    settings: Settings,
    database: Database,
    directory: Directory,
    organisations: Organisations,
    clock: Clock,
) -> tuple[Blueprint, Blueprint]:
    """Build the pages and the feed; nothing in them needs a sign-in."""
    door = LinksHelpDoor(
        database, organisations, load_homes(directory), directory.places
    )
    page = PageSettings(settings.address, crisis_numbers())
    pages = pages_blueprint(door, directory, page.crisis_numbers, page.exit_to, clock)
    return pages, feed_blueprint(directory, settings.address)


def help_desk(directory: Directory, clock: Clock) -> HelpDesk:
    """Build what answers everything about finding help, on every door."""
    return HelpDesk(directory, load_homes(directory), clock)
