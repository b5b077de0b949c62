"""The plan pages as one Sanic blueprint."""

from pathlib import Path
from typing import Final

from sanic import Blueprint

from channels.plain_blueprint import PlainBlueprint
from channels.plan_pages.assets import add_worker
from channels.plan_pages.door import PlanDoor, ShareDoor
from channels.plan_pages.drawing import Addresses, Drawing
from channels.plan_pages.files import PlanFiles
from channels.plan_pages.guarding import Guard
from channels.plan_pages.own_pages import OwnPages
from channels.plan_pages.share_pages import SharePages
from channels.web_chat.assets import Assets
from channels.web_chat.headers import add_headers, squeeze_pages
from channels.web_chat.settings import PageSettings
from channels.web_chat.words import load_words
from foundations.clock import Clock
from foundations.content import read_yaml

HERE: Final = Path(__file__).parent


def blueprint(
    door: PlanDoor, shares: ShareDoor, settings: PageSettings, clock: Clock
) -> Blueprint:
    """Build the plan pages in front of their doors."""
    helping = read_yaml(HERE / "helping.yml")
    chat, own = Assets(), Assets(HERE / "static", "my-page")
    drawing = Drawing(
        settings,
        load_words(HERE / "words.yml"),
        helping["helping"],
        Addresses(chat.address, own.address),
    )
    pages = PlainBlueprint("plan_pages")
    pages.middleware(add_headers, "response")
    pages.middleware(squeeze_pages, "response")
    guard = Guard(pages, drawing, settings)
    OwnPages(door, settings, drawing).add_to(guard)
    PlanFiles(door, settings, drawing).add_to(guard)
    SharePages(door, shares, settings, drawing, clock).add_to(guard)
    add_worker(pages, chat, own)
    own.add_to(pages)
    return pages
