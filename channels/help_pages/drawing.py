"""Draws the help pages from templates, words and what the engine answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import HTTPResponse
from sanic.response import html

from channels.help_pages.cards import Card, Cards
from channels.help_pages.door import Behind
from channels.help_pages.filters import (
    ACCESS,
    AUDIENCES,
    KINDS,
    NEEDS,
    TOPICS,
    WAYS,
    Filters,
    areas_to_pick,
)
from channels.web_chat.settings import CrisisNumber
from foundations.clock import in_london
from signposting import Answer, Directory, choose
from signposting.bands import AgeBand
from signposting.listing import everything
from signposting.records import AreaId
from signposting.wishes import Wishes

_TEMPLATES: Final = Path(__file__).with_name("templates")
MOST_LISTED: Final = 60
OPEN_GROUPS: Final = {
    "way": tuple(WAYS),
    "need": NEEDS,
    "kind": KINDS,
    "access": ACCESS,
}
PRIVATE_GROUPS: Final = {"for": AUDIENCES, "about": TOPICS}


@dataclass(frozen=True)
class Drawing:
    """Draws pages; `style` is the address of the style sheet."""

    directory: Directory
    words: Mapping[str, str]
    numbers: Sequence[CrisisNumber]
    exit_to: str
    style: str

    def now(self, filters: Filters, behind: Behind, at: datetime) -> HTTPResponse:
        """Draw the best three for an aware moment."""
        wishes = behind.around(filters.wishes())
        answer = choose(self.directory, wishes, at)
        cards = [self._cards.card(each, wishes, at) for each in answer.choices]
        return self._draw(
            "now.html",
            filters,
            behind,
            at,
            here="/help/now",
            groups=[("", cards)],
            lead=self._lead(answer, wishes),
            left_out=0,
        )

    def everyone(self, filters: Filters, behind: Behind, at: datetime) -> HTTPResponse:
        """Draw everyone who fits, for an aware moment."""
        wishes = behind.around(filters.wishes())
        listed = everything(self.directory, wishes, at, most=MOST_LISTED)
        there = [self._cards.card(each, wishes, at) for each in listed.open_now]
        later = [self._cards.card(each, wishes, at) for each in listed.opens_later]
        unsure = [self._cards.card(each, wishes, at) for each in listed.not_known]
        groups = [
            ("list.anything", [each for each in there if each.about_anything]),
            ("list.one_thing", [each for each in there if not each.about_anything]),
            ("list.later", later),
            ("list.not_known", unsure),
        ]
        found = [(heading, cards) for heading, cards in groups if cards]
        return self._draw(
            "all.html",
            filters,
            behind,
            at,
            here="/help",
            groups=found or [("list.for_anyone", self._best(wishes, at))],
            lead="" if found else self.words["list.none"],
            left_out=listed.left_out,
        )

    def _best(self, wishes: Wishes, at: datetime) -> list[Card]:
        """Give whoever is there now, whatever was picked: no list is left empty."""
        best = choose(self.directory, wishes, at).choices
        return [self._cards.card(each, wishes, at) for each in best]

    def trouble(self) -> HTTPResponse:
        """Draw what still works when the list cannot be shown."""
        template = self._templates.get_template("trouble.html")
        return html(template.render(self._always), status=503)

    def _lead(self, answer: Answer, wishes: Wishes) -> str:
        """Say when nothing of the wanted kind is open, and what opens next."""
        if answer.kind_is_open:
            return ""
        kind = self.directory.phrases.kind(wishes)
        following = answer.opens_next
        if following and following.hours.opens_at:
            when = self.directory.phrases.when(following.hours.opens_at, answer.at)
            name = following.service.name
            return self.words["page.nothing_open"].format(
                kind=kind, next=name, when=when
            )
        if answer.not_sure:
            name = answer.not_sure[0].service.name
            return self.words["page.nothing_sure"].format(kind=kind, next=name)
        return self.words["page.none_known"].format(kind=kind)

    def _draw(
        self,
        template: str,
        filters: Filters,
        behind: Behind,
        at: datetime,
        *,
        here: str,
        groups: Sequence[tuple[str, Sequence[Card]]],
        lead: str,
        left_out: int,
    ) -> HTTPResponse:
        drafts = any(card.is_draft for _, cards in groups for card in cards)
        query = urlencode(filters.in_address)
        drawn = self._templates.get_template(template).render(
            self._always,
            filters=filters,
            behind=behind,
            here=here,
            groups=groups,
            lead=lead,
            left_out=left_out,
            mark=self.directory.phrases.sample_mark if drafts else "",
            time=self._time(at),
            query=f"?{query}" if query else "",
            chosen=[self._chosen(*each) for each in filters.each],
        )
        return html(drawn)

    def _chosen(self, name: str, value: str) -> str:
        if name == "area":
            return self.directory.places.areas[AreaId(value)].name
        return self.words[f"{name}.{value}"]

    def _time(self, at: datetime) -> str:
        phrases, wall = self.directory.phrases, in_london(at)
        weekday: str = phrases.words["weekdays"][wall.weekday()]
        return phrases.say(
            "times", "this_week", time=phrases.clock(at), weekday=weekday
        )

    @cached_property
    def _cards(self) -> Cards:
        return Cards(self.directory, self.words)

    @cached_property
    def _always(self) -> dict[str, object]:
        places = self.directory.places
        return {
            "words": self.words,
            "numbers": self.numbers,
            "emergency": self.numbers[0],
            "exit_to": self.exit_to,
            "style": self.style,
            "bands": [band.value for band in AgeBand],
            "areas": [places.areas[area] for area in areas_to_pick(places)],
            "open_groups": OPEN_GROUPS,
            "private_groups": PRIVATE_GROUPS,
        }

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
