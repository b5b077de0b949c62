"""The pages about agreements and the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from channels.staff.door import Door
from channels.staff.drawing import Drawing
from channels.staff.forms import line_of
from channels.staff.may import May
from channels.staff.record_desk import LawfulBasis, RecordDesk
from channels.staff.signed_in import SignedIn

AGREEMENTS: Final = "/staff/agreements"
AUDIT: Final = "/staff/audit"
MOST_DIGITS: Final = 10
NOTHING_TYPED: Final = {"lawful_basis": "", "reference": "", "expires_on": ""}
MISSING: Final = {"reference": "no_reference", "expires_on": "no_day"}


@dataclass(frozen=True)
class RecordPages:
    """What sharing stands on, and who did what."""

    desk: RecordDesk
    door: Door
    drawing: Drawing

    def add_to(self, staff: Blueprint) -> None:
        """Put the routes on a blueprint."""
        add, inside = staff.add_route, self.door.signed_in
        page = inside(self.agreements, May.MANAGE_AGREEMENTS)
        add(page, AGREEMENTS, ["GET"], name="agreements")
        record = inside(self.record, May.MANAGE_AGREEMENTS, fresh=True)
        add(record, AGREEMENTS, ["POST"], name="agreement")
        add(inside(self.audit, May.READ_AUDIT), AUDIT, ["GET"], name="audit")

    async def agreements(self, _request: Request, me: SignedIn) -> HTTPResponse:
        """Show what sharing stands on."""
        return await self._page(me, None, 200, NOTHING_TYPED)

    async def record(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Write an agreement down."""
        typed = {name: line_of(request, name) for name in NOTHING_TYPED}
        missing = next((name for name in MISSING if not typed[name]), None)
        if missing is not None:
            return await self._page(me, MISSING[missing], 400, typed)
        try:
            written = await self.desk.record_agreement(
                me, **typed, closes=bool(line_of(request, "closes"))
            )
        except ValueError:
            return await self._page(me, "incomplete", 400, typed)
        if not written:
            return await self._page(me, "day_over", 400, typed)
        return redirect(AGREEMENTS, status=303)

    async def audit(self, request: Request, me: SignedIn) -> HTTPResponse:
        """Show the last rows of the audit trail, of everything or of one case."""
        case, before = _number(request, "case"), _number(request, "before")
        page = await self.desk.audit(me, case, before)
        return self.drawing.page("audit.html", me=me, page=page)

    async def _page(
        self,
        me: SignedIn,
        problem: str | None,
        status: int,
        typed: Mapping[str, str],
    ) -> HTTPResponse:
        found = await self.desk.agreements(me)
        return self.drawing.page(
            "agreements.html",
            status=status,
            me=me,
            found=found,
            bases=list(LawfulBasis),
            problem=problem,
            typed=typed,
        )


def _number(request: Request, name: str) -> int | None:
    """Read a number from the address; None where there is none that could be one."""
    number = str(request.args.get(name, "")).strip()
    return int(number) if number.isdecimal() and len(number) < MOST_DIGITS else None
