"""Drawing the pages from templates, words and the crisis numbers."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from sanic import HTTPResponse
from sanic.response import html

from channels.web_chat.door import ChatMessage, OwnCopy
from channels.web_chat.keeping import cookies_for
from channels.web_chat.settings import PageSettings
from foundations.clock import in_london
from foundations.saying import Speaker

_TEMPLATES: Final = Path(__file__).with_name("templates")

# Words that the script needs begin with this; the others are only for the server.
_SCRIPT_WORDS: Final = ("live.", "from.", "lock.", "exit.", "aloud.")

# What is said by a response of this name is fixed, and stands out on the page.
_FIXED_WORDS: Final = "escalation."

# What responses of this name offer holds until the next of them: how it stands with a
# person changes by itself.
_HANDOVER_WORDS: Final = "handover."

# After a response of this name nothing of the conversation is left anywhere.
_WIPED_WORDS: Final = "forgetting.done"

_RUNS_OF_DIGITS: Final = re.compile(r"(\d[\d ]*\d)")


class Drawing:
    """Draws whole pages; `assets` is the address that scripts and styles live under."""

    def __init__(
        self, settings: PageSettings, words: Mapping[str, str], assets: str
    ) -> None:
        """Read the templates once, at start-up."""
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        links: dict[str, str] = {}
        for line in settings.crisis_numbers:
            links |= line.links
        self._templates.filters["link_numbers"] = linker(links)
        self._templates.filters["as_said"] = _as_said
        self._always: dict[str, object] = {
            "words": words,
            "numbers": settings.crisis_numbers,
            "exit_to": settings.exit_to,
            "days": settings.remembered_for.days,
            "assets": assets,
            "fixed_words": _FIXED_WORDS,
            "handover_words": _HANDOVER_WORDS,
            "wiped_words": _WIPED_WORDS,
            "cookies": cookies_for(settings),
            "number_links": json.dumps(links),
            "script_words": json.dumps(
                {k: v for k, v in words.items() if k.startswith(_SCRIPT_WORDS)},
                ensure_ascii=False,
            ),
        }

    def chat(
        self,
        link: str,
        messages: Sequence[ChatMessage],
        *,
        opened: bool,
        hidden: bool = False,
    ) -> HTTPResponse:
        """Draw the conversation; `opened` is whether it already has a token."""
        return self._draw(
            "chat.html",
            200,
            link=link,
            messages=messages,
            choosable=_choosable(messages),
            opened=opened,
            hidden=hidden,
            form_id=str(uuid4()),
        )

    def own_copy(self, link: str, copy: OwnCopy) -> HTTPResponse:
        """Draw everything that is kept of a person, as a page to read or print."""
        return self._draw("own_copy.html", 200, link=link, copy=copy)

    def notice(self, messages: Sequence[ChatMessage]) -> HTTPResponse:
        """Draw what is kept and who sees it, as a page to read in one's own time."""
        return self._draw("notice.html", 200, messages=messages)

    def stopped(self, code: str, status: int, link: str = "") -> HTTPResponse:
        """Draw the page for when there is no chat to show: help, and where it is.

        `link` is of the chat that one can go back to.
        """
        return self._draw("stopped.html", status, code=code, link=link)

    def _draw(self, template: str, status: int, **values: object) -> HTTPResponse:
        drawn = self._templates.get_template(template).render(self._always | values)
        return html(drawn, status=status)


def _choosable(messages: Sequence[ChatMessage]) -> frozenset[str]:
    """Tell of which messages the choices still hold; `thread.js` does the same."""
    newest: list[ChatMessage] = []
    for message in messages:
        is_own = message.speaker is Speaker.YOUNG_PERSON
        newest = [] if is_own else [*newest, message]
    offering = [
        message.id
        for message in newest
        if message.choices and message.key.startswith(_HANDOVER_WORDS)
    ]
    return frozenset(message.id for message in newest) - frozenset(offering[:-1])


def _as_said(moment: datetime) -> str:
    """Write a moment as a clock and a calendar in London would."""
    return in_london(moment).strftime("%-d %B %Y, %H:%M")


def linker(links: Mapping[str, str]) -> Callable[[str], Markup]:
    """A number that is on the crisis card can be pressed wherever it is written."""

    def linked(text: str) -> Markup:
        parts = _RUNS_OF_DIGITS.split(text)
        return Markup().join(
            Markup('<a href="{}">{}</a>').format(links[part], part)
            if part in links
            else escape(part)
            for part in parts
        )

    return linked
