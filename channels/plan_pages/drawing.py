"""Draws the plan pages from templates, words and the plan as it may be shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse
from sanic.response import html

from channels.plan_pages.door import OwnPage
from channels.plan_pages.keeping import cookies_for
from channels.web_chat.drawing import linker
from channels.web_chat.keeping import cookies_for as chat_cookies_for
from channels.web_chat.settings import PageSettings
from foundations.clock import in_london
from foundations.ids import new_id
from safety_plans.plan import PlanLine, SafetyPlan, SectionId
from safety_plans.rendering import render
from safety_plans.sections import sections
from safety_plans.sharing import PlanShare, SharedPlan, ShareStatus, is_behind

HERE: Final = Path(__file__).parent
_CHAT: Final = HERE.parent / "web_chat" / "templates"
_SCRIPT_WORDS: Final = ("live.", "kept.", "exit.")
_FULL_SHEET: Final = 1600
_CROWDED_SHEET: Final = 4200
"""Letters that fit one printed sheet in the usual and in the smaller size."""
_ROW: Final = 45
"""Letters of room that a line takes, however short it is."""


@dataclass(frozen=True)
class Addresses:
    """Where the scripts and styles are: the chat's, shared, and these pages' own."""

    chat: str
    own: str


@dataclass(frozen=True)
class ListedShare:
    """One share in the young person's list of them."""

    share: PlanShare
    is_open: bool
    is_behind: bool
    titles: str


@dataclass(frozen=True)
class Drawing:
    """Draws whole pages."""

    settings: PageSettings
    words: Mapping[str, str]
    helping: Mapping[str, Any]
    addresses: Addresses

    def plan(
        self,
        page: OwnPage,
        *,
        size: str,
        came_from: str | None = None,
        did: str = "",
        at: str = "",
        crisis_words: Sequence[str] = (),
    ) -> HTTPResponse:
        """Draw a young person's own page; `did` and `at` say what was done where.

        `came_from` is the link of the chat they came over from.
        """
        shown = render(page.plan, with_empty=True)
        return self._draw(
            "plan.html",
            200,
            page=page,
            shown=shown,
            held=page.plan.held,
            new_id=new_id,
            size=size,
            came_from=came_from,
            did=did if f"did.{did}" in self.words else "",
            at=at if at in {part.id.value for part in shown.sections} else "",
            crisis_words=crisis_words,
            changed=self._day(shown.updated_at) if shown.updated_at else "",
            sheet=_sheet([line.words for s in shown.sections for line in s.lines]),
        )

    def line(self, line: PlanLine, *, size: str) -> HTTPResponse:
        """Draw the page on which one line is changed, moved or taken out."""
        every = sections()
        return self._draw(
            "line.html",
            200,
            size=size,
            line=line,
            # What is typed over is the line as it was written, breaks and all.
            written=_drawable(line.words),
            here=every[line.section],
            others=[every[s] for s in SectionId if s is not line.section],
        )

    def share(
        self,
        page: OwnPage,
        shares: Sequence[PlanShare],
        now: datetime,
        *,
        size: str,
        wrong: str = "",
    ) -> HTTPResponse:
        """Draw what is shared, and the form for sharing more."""
        return self._draw(
            "share.html",
            200,
            size=size,
            wrong=wrong,
            parts=render(page.plan).sections,
            shares=[_listed(share, page.plan, now) for share in shares],
        )

    def preview(self, share: PlanShare, kept_back: int, *, size: str) -> HTTPResponse:
        """Draw exactly what would be shared, and ask."""
        return self._draw(
            "preview.html", 200, size=size, share=share, kept_back=kept_back
        )

    def agreed(self, recipient: str, address: str, *, size: str) -> HTTPResponse:
        """Draw the link, this once."""
        return self._draw(
            "agreed.html", 200, size=size, recipient=recipient, address=address
        )

    def before_shared(self, token: str) -> HTTPResponse:
        """Draw the button that opens a share; nothing was looked up for it."""
        return self._draw("shared_before.html", 200, token=token)

    def shared(self, shown: SharedPlan) -> HTTPResponse:
        """Draw what was shared, and how to help."""
        return self._draw("shared.html", 200, shown=shown, helping=self.helping)

    def not_shared(self) -> HTTPResponse:
        """Draw the one page for every link that shows nothing."""
        return self._draw("shared_gone.html", 404)

    def before_open(self, token: str, *, failed: bool) -> HTTPResponse:
        """Draw the button that opens a private link; nothing was looked up for it."""
        status = 403 if failed else 200
        return self._draw("open.html", status, token=token, failed=failed)

    def closed(self) -> HTTPResponse:
        """Draw the page for whoever has no visit."""
        return self._draw("closed.html", 403)

    def hidden(self) -> HTTPResponse:
        """Draw what stands there while a PIN hides the chat on this browser."""
        return self._draw("hidden.html", 403)

    def kept(self) -> HTTPResponse:
        """Draw the empty page that a phone fills from its own copy."""
        return self._draw("kept.html", 200)

    def trouble(self) -> HTTPResponse:
        """Draw what still works when nothing else does."""
        return self._draw("trouble.html", 503)

    def _day(self, moment: datetime) -> str:
        there = in_london(moment)
        return f"{there.day} {there:%B %Y}"

    @cached_property
    def _links(self) -> dict[str, str]:
        links: dict[str, str] = {}
        for line in self.settings.crisis_numbers:
            links |= line.links
        return links

    @cached_property
    def _always(self) -> dict[str, object]:
        said = {k: v for k, v in self.words.items() if k.startswith(_SCRIPT_WORDS)}
        return {
            "words": self.words,
            "numbers": self.settings.crisis_numbers,
            "exit_to": self.settings.exit_to,
            "chat": self.addresses.chat,
            "own": self.addresses.own,
            "cookies": cookies_for(self.settings),
            "chat_cookies": chat_cookies_for(self.settings),
            "number_links": json.dumps(self._links),
            "script_words": json.dumps(said, ensure_ascii=False),
            "size": "normal",
        }

    @cached_property
    def _templates(self) -> Environment:
        templates = Environment(
            loader=FileSystemLoader([HERE / "templates", _CHAT]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        templates.filters["link_numbers"] = linker(self._links)
        templates.filters["day"] = self._day
        return templates

    def _draw(self, template: str, status: int, **values: object) -> HTTPResponse:
        drawn = self._templates.get_template(template).render(self._always | values)
        return html(drawn, status=status)


def _listed(share: PlanShare, plan: SafetyPlan, now: datetime) -> ListedShare:
    shown = share.shown
    titles = ", ".join(part.title for part in shown.sections) if shown else ""
    is_open = share.status(now) is ShareStatus.OPEN
    return ListedShare(share, is_open, is_behind(share, plan), titles)


def _drawable(words: str) -> str:
    """Leave out what no page can hold: NUL, and half of a surrogate pair."""
    whole = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "")


def _sheet(lines: Sequence[str]) -> str:
    """Choose the size in which a plan is printed, so that it fits one sheet."""
    room = sum(max(_ROW, len(words)) for words in lines)
    if room <= _FULL_SHEET:
        return "roomy"
    return "close" if room <= _CROWDED_SHEET else "closest"
