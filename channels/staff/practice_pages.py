"""The practice pages: a marked space in which nobody real is met."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from channels.staff.case_pages import LONGEST_SAID
from channels.staff.door import Door, Page
from channels.staff.drawing import Drawing
from channels.staff.forms import text_of
from channels.staff.may import May
from channels.staff.practice_desk import PracticeDesk
from channels.staff.signed_in import NotYours, SignedIn

PRACTICE: Final = "/staff/practice"
ROOM: Final = f"{PRACTICE}/room"


@dataclass(frozen=True)
class PracticePages:
    """Rehearsals. Nothing is stored and nobody is written to."""

    desk: PracticeDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        begin = f"{PRACTICE}/<script:[a-z_]{{1,64}}>/begin"
        self._add(staff, self.choose, PRACTICE, "choose", "GET")
        self._add(staff, self.begin, begin, "begin")
        self._add(staff, self.room, ROOM, "room", "GET")
        self._add(staff, self.say, f"{ROOM}/say", "say")
        self._add(staff, self._then(self.desk.claim), f"{ROOM}/claim", "claim")
        self._add(staff, self._then(self.desk.finish), f"{ROOM}/finish", "finish")
        self._add(staff, self.leave, f"{ROOM}/leave", "leave")

    async def choose(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show what can be rehearsed."""
        return self.drawing.page("practice.html", me=me, scripts=self.desk.scripts())

    async def begin(self, _request: Request, me: SignedIn, script: str) -> HTTPResponse:
        """Begin a rehearsal."""
        try:
            self.desk.begin(me, script)
        except ValueError:
            raise NotYours from None
        return redirect(ROOM, status=303)

    async def room(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show my rehearsal."""
        return self._room(me)

    async def say(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Say something to the script."""
        text = text_of(request, "text")
        if not text:
            return redirect(ROOM, status=303)
        if len(text) > LONGEST_SAID:
            return self._room(me, too_long=text)
        self.desk.say(me, text)
        return redirect(f"{ROOM}#latest", status=303)

    async def leave(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """End the rehearsal."""
        self.desk.leave(me)
        return redirect(PRACTICE, status=303)

    def _room(self, me: SignedIn, too_long: str = "") -> HTTPResponse:
        """Draw my rehearsal; what was too long to be said stays in its field."""
        room = self.desk.room(me)
        if room is None:
            return redirect(PRACTICE, status=303)
        return self.drawing.page(
            "practice_room.html",
            status=400 if too_long else 200,
            me=me,
            room=room,
            problem="said_long" if too_long else None,
            typed=too_long,
        )

    def _then(self, change: Callable[[SignedIn], None]) -> Page:
        async def changed(_request: Request, me: SignedIn) -> HTTPResponse:
            change(me)
            return redirect(ROOM, status=303)

        return changed

    def _add(
        self, staff: Blueprint, page: Page, path: str, name: str, method: str = "POST"
    ) -> None:
        guarded = self.door.signed_in(page, May.PRACTISE)
        staff.add_route(guarded, path, [method], name=f"practice_{name}")
