"""The web chat as one Sanic blueprint: the page, the JSON door, and their assets."""

from sanic import Blueprint

from channels.plain_blueprint import PlainBlueprint
from channels.web_chat.api import ChatApi
from channels.web_chat.assets import Assets
from channels.web_chat.door import ChatDoor
from channels.web_chat.drawing import Drawing
from channels.web_chat.headers import add_headers, squeeze_pages
from channels.web_chat.pages import ChatPages
from channels.web_chat.settings import PageSettings
from channels.web_chat.words import load_words


def blueprint(door: ChatDoor, pages: PageSettings) -> Blueprint:
    """Build the web chat in front of a door."""
    words = load_words()
    assets = Assets()
    drawing = Drawing(pages, words, assets.address)
    web_chat = PlainBlueprint("web_chat")
    web_chat.middleware(add_headers, "response")
    web_chat.middleware(squeeze_pages, "response")
    ChatApi(door, pages, words).add_to(web_chat)
    ChatPages(door, pages, words, drawing).add_to(web_chat)
    assets.add_to(web_chat)
    return web_chat
