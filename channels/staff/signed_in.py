"""Who is signed in, as every page of the desk knows them."""

from dataclasses import dataclass
from enum import Enum

from channels.staff.may import May
from foundations.ids import OrganisationId, StaffMemberId


class OnShift(str, Enum):
    """Whether somebody can be asked now; they switch it themselves."""

    OFF = "off"
    ON = "on"
    BREAK = "break"


@dataclass(frozen=True)
class SignedIn:
    """A staff member who is signed in, through one session.

    `form_token` is what their forms must bring back. `is_fresh` says that a code of
    their second factor was entered in the last ten minutes. `warning` is the key of
    something that a lead or administrator must hear on every page.
    """

    id: StaffMemberId
    name: str
    role: str
    organisation: OrganisationId
    organisation_name: str
    may: frozenset[May]
    session: str
    form_token: str
    is_fresh: bool
    on_shift: OnShift
    warning: str | None = None

    def allowed(self, what: str) -> bool:
        """Say whether they may do something, for pages that show or hide a part."""
        return May(what) in self.may


class NotYours(Exception):
    """It is another organisation's, another worker's, or not there at all.

    One answer for all of these, so that nothing can be learnt by trying.
    """
