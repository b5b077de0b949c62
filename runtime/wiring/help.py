"""Put finding help together: the help desk, the public pages and the open feed."""

from functools import cache

from sanic import Blueprint

from channels.help_pages.blueprint import blueprint as pages_blueprint
from channels.help_pages.feed import feed_blueprint
from channels.web_chat.settings import PageSettings
from foundations.clock import Clock
from gateway.doors.help_door import LinksHelpDoor
from gateway.finding_help.desk import HelpDesk
from gateway.finding_help.reported import Reported
from handover import Organisations
from runtime.crisis_numbers import crisis_numbers
from runtime.settings import Settings
from signposting import Directory, load
from signposting.home import load_homes
from storage import Database


@cache
def our_directory(*, sample: bool) -> Directory:
    """Load the services that come with us: they are the same as long as we run."""
    return load(sample=sample)


def help_blueprints(
    settings: Settings,
    database: Database,
    directory: Directory,
    organisations: Organisations,
    clock: Clock,
) -> tuple[Blueprint, Blueprint]:
    """Build the pages and the feed; nothing in them needs a sign-in."""
    reported = Reported(database, clock)
    homes = load_homes(directory)
    door = LinksHelpDoor(database, organisations, homes, directory.places, reported)
    page = PageSettings(settings.address, crisis_numbers())
    pages = pages_blueprint(door, directory, page.crisis_numbers, page.exit_to, clock)
    return pages, feed_blueprint(directory, settings.address)


def help_desk(directory: Directory, clock: Clock) -> HelpDesk:
    """Build what answers everything about finding help, on every door."""
    return HelpDesk(directory, load_homes(directory), clock)
