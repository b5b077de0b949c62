"""Before somebody goes: whom they talk with is asked about; nobody waits unseen.

Who signs out may put what they hold back to waiting in the same step; who goes off
shift may also keep it, to finish a talk.
"""

from dataclasses import dataclass
from typing import Final

from sanic import HTTPResponse, Request

from channels.staff.case_desk import CaseDesk
from channels.staff.drawing import Drawing
from channels.staff.forms import line_of
from channels.staff.may import May
from channels.staff.signed_in import SignedIn

OFF_SHIFT: Final = "/staff/shift/off"


@dataclass(frozen=True)
class StillHolding:
    """Looks for cases that somebody holds who is about to go."""

    cases: CaseDesk
    drawing: Drawing

    async def question(self, request: Request, me: SignedIn) -> HTTPResponse | None:
        """Ask what becomes of held cases; None when nothing is left to ask."""
        if May.HOLD_CASES not in me.may:
            return None
        held = (await self.cases.inbox(me)).mine
        if line_of(request, "put_back"):
            for case in held:
                await self.cases.release(me, case.id)
            return None
        may_keep = request.path == OFF_SHIFT
        if not held or (may_keep and line_of(request, "keep")):
            return None
        return self.drawing.page(
            "still_holding.html",
            status=409,
            me=me,
            held=held,
            path=request.path,
            may_keep=may_keep,
        )
