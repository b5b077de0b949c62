"""The pages of one case: read what was agreed, talk, note, hand on, close."""

from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, redirect

from channels.staff.case_desk import CaseDesk, CasePage
from channels.staff.door import Door, Page
from channels.staff.drawing import Drawing
from channels.staff.forms import fields_of, line_of, text_of
from channels.staff.may import May
from channels.staff.signed_in import NotYours, SignedIn
from foundations.ids import HandoverCaseId
from handover import CaseStatus

LONGEST_SAID: Final = 1500
LONGEST_NOTE: Final = 4000
WAITS_S: Final = 20.0
ONE: Final = "/staff/cases/<case:[0-9a-f]{32}>"


@dataclass(frozen=True)
class CasePages:
    """One case, for whoever holds it; the rest of the world is told nothing."""

    desk: CaseDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        self._add(staff, self.case, "", "GET")
        self._add(staff, self.claimed, "claim", "GET")
        self._add(staff, self.thread, "thread", "GET")
        self._add(staff, self.say, "say")
        self._add(staff, self.note, "note")
        self._add(staff, self.decide_note, "notes/<note:[0-9a-f]{32}>")
        self._add(staff, self.release, "release")
        self._add(staff, self.hand_on, "hand-on")
        self._add(staff, self.ask_about, "ask-about")
        self._add(staff, self.hand_back, "hand-back")
        self._add(staff, self.close, "close")

    async def case(self, _request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Show a case, or its tombstone."""
        return self._page(me, await self.desk.case(me, HandoverCaseId(case)))

    async def claimed(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Show the case to whoever loads the address of its claim again."""
        return await self.case(request, me, case)

    async def thread(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Give what is new in the thread, as soon as there is something.

        205: what became of a text is not as the page shows it, which is drawn again.
        """
        shown = request.args.get("delivery")
        news = await self.desk.wait_for_news(
            me,
            HandoverCaseId(case),
            seen=request.args.get("seen", ""),
            delivery=shown,
            seconds=WAITS_S,
        )
        if news is None:
            return empty(410)
        if not news.is_drawn_as(shown):
            return empty(205)
        if not news.lines:
            return empty(204)
        return self.drawing.page("thread.html", lines=news.lines)

    async def say(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Speak in the thread."""
        text = text_of(request, "text")
        if not text:
            return redirect(f"/staff/cases/{case}#latest", status=303)
        if len(text) > LONGEST_SAID:
            return await self._wrong(me, case, "said_long", "text", text)
        try:
            if await self.desk.say(me, HandoverCaseId(case), text):
                return redirect(f"/staff/cases/{case}#latest", status=303)
        except NotYours:
            # It may wait again, or be over: its page says so, and shows these words.
            pass
        page = await self.desk.case(me, HandoverCaseId(case))
        return self._page(me, page, 409, unsent=text)

    async def note(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Keep a note for colleagues."""
        text = text_of(request, "note")
        if not text:
            return redirect(f"/staff/cases/{case}#notes", status=303)
        if len(text) > LONGEST_NOTE:
            return await self._wrong(me, case, "note_long", "note", text)
        await self.desk.note(me, HandoverCaseId(case), text)
        return redirect(f"/staff/cases/{case}#notes", status=303)

    async def decide_note(
        self, request: Request, me: SignedIn, case: str, note: str
    ) -> HTTPResponse:
        """Hold a note back from the young person's own copy, or show it again."""
        fields = fields_of(request)
        try:
            # A reason that was not chosen is not sent; an empty one undoes it.
            reason = fields["reason"]
            await self.desk.decide_note(me, HandoverCaseId(case), note, reason)
        except (KeyError, ValueError):
            return await self._wrong(me, case, "no_reason", f"reason-{note}")
        return redirect(f"/staff/cases/{case}#notes", status=303)

    async def release(self, _request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Let a case wait for a colleague again."""
        await self.desk.release(me, HandoverCaseId(case))
        return redirect("/staff/inbox?done=put_back", status=303)

    async def hand_on(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """Ask a colleague to take a case."""
        chosen = line_of(request, "colleague")
        if not chosen:
            return await self._wrong(me, case, "no_colleague", "colleague")
        if await self.desk.hand_on(me, HandoverCaseId(case), chosen):
            return redirect("/staff/inbox?done=handed_on", status=303)
        return await self._wrong(me, case, "colleague_full", "colleague")

    async def ask_about(
        self, request: Request, me: SignedIn, case: str
    ) -> HTTPResponse:
        """Ask the young person about another organisation."""
        chosen = line_of(request, "organisation")
        if not chosen:
            return await self._wrong(me, case, "no_organisation", "organisation")
        await self.desk.ask_about(me, HandoverCaseId(case), chosen)
        return redirect(f"/staff/cases/{case}#latest", status=303)

    async def hand_back(
        self, _request: Request, me: SignedIn, case: str
    ) -> HTTPResponse:
        """Give the conversation back to the bot; the case stays to be closed."""
        await self.desk.hand_back(me, HandoverCaseId(case))
        return redirect(f"/staff/cases/{case}", status=303)

    async def close(self, request: Request, me: SignedIn, case: str) -> HTTPResponse:
        """End a case with what was done."""
        try:
            outcome = line_of(request, "outcome")
            await self.desk.close(me, HandoverCaseId(case), outcome)
        except ValueError:
            return await self._wrong(me, case, "no_outcome", "outcome")
        return redirect("/staff/inbox?done=closed", status=303)

    async def _wrong(
        self, me: SignedIn, case: str, problem: str, at: str, typed: str = ""
    ) -> HTTPResponse:
        """Say what is wrong at its field; what was typed there stays."""
        page = await self.desk.case(me, HandoverCaseId(case))
        return self._page(me, page, 400, problem=problem, at=at, typed=typed)

    def _page(
        self,
        me: SignedIn,
        page: CasePage,
        status: int = 200,
        *,
        problem: str = "",
        at: str = "",
        typed: str = "",
        unsent: str = "",
    ) -> HTTPResponse:
        """Draw it as it stands; `unsent` is what was to be said and could not be."""
        match page.line.status:
            case CaseStatus.WITHDRAWN:
                return self.drawing.page("tombstone.html", status=410, me=me, page=page)
            case CaseStatus.WAITING:
                return self.drawing.page(
                    "waiting.html", status, me=me, case=page.line, unsent_text=unsent
                )
            case (
                CaseStatus.CLAIMED
                | CaseStatus.HANDED_BACK
                | CaseStatus.CLOSED
                | CaseStatus.UNANSWERED
            ):
                return self.drawing.page(
                    "case.html",
                    status,
                    me=me,
                    page=page,
                    problem=problem,
                    at=at,
                    typed=typed,
                    unsent_text=unsent,
                )

    def _add(
        self, staff: Blueprint, page: Page, path: str, method: str = "POST"
    ) -> None:
        guarded = self.door.signed_in(page, May.HOLD_CASES)
        where = f"{ONE}/{path}" if path else ONE
        staff.add_route(guarded, where, [method], name=f"case_{page.__name__}")
