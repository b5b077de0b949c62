"""Before somebody goes: whom they talk with is asked about; nobody waits unseen.

Who signs out may put what they hold back to waiting in the same step; who goes off
shift may also keep it, to finish a talk. Who signs out while on shift says whether they
are still there: young people are told that somebody is.
"""

from dataclasses import dataclass
from typing import Final

from sanic import HTTPResponse, Request

from channels.staff.account_desk import AccountDesk
from channels.staff.case_desk import CaseDesk, CaseLine
from channels.staff.drawing import Drawing
from channels.staff.forms import line_of
from channels.staff.may import May
from channels.staff.signed_in import OnShift, SignedIn

OFF_SHIFT: Final = "/staff/shift/off"


@dataclass(frozen=True)
class StillHolding:
    """Looks for cases that somebody holds who is about to go."""

    cases: CaseDesk
    accounts: AccountDesk
    drawing: Drawing

    async def question(self, request: Request, me: SignedIn) -> HTTPResponse | None:
        """Ask what becomes of held cases; None when nothing is left to ask."""
        if May.HOLD_CASES not in me.may:
            return None
        signs_out = request.path != OFF_SHIFT
        held = tuple((await self.cases.inbox(me)).mine)
        if line_of(request, "put_back"):
            for case in held:
                await self.cases.release(me, case.id)
            held = ()
        if held and (signs_out or not line_of(request, "keep")):
            return self._page(request, me, held)
        if not signs_out or me.on_shift is OnShift.OFF or line_of(request, "stay_on"):
            return None
        if not line_of(request, "off_shift"):
            return self._page(request, me, ())
        await self.accounts.go_off_shift(me)
        return None

    def _page(
        self, request: Request, me: SignedIn, held: tuple[CaseLine, ...]
    ) -> HTTPResponse:
        return self.drawing.page(
            "still_holding.html",
            status=409,
            me=me,
            held=held,
            path=request.path,
            may_keep=request.path == OFF_SHIFT,
        )
