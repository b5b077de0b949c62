"""Which role may do what. A small table, so that it can be read and tested whole."""

from typing import Final

from channels.staff.may import May
from storage.staff.records import StaffRole

MAY: Final[dict[StaffRole, frozenset[May]]] = {
    StaffRole.WORKER: frozenset({May.HOLD_CASES, May.PRACTISE}),
    StaffRole.LEAD: frozenset(
        {
            May.HOLD_CASES,
            May.LEAD_TEAM,
            May.SEE_FIGURES,
            May.MANAGE_LINKS,
            May.MANAGE_COVER,
            May.READ_AUDIT,
            May.PRACTISE,
        }
    ),
    # Whoever looks after the accounts has no need to read what young people say.
    StaffRole.ADMINISTRATOR: frozenset(
        {
            May.SEE_FIGURES,
            May.MANAGE_LINKS,
            May.MANAGE_COVER,
            May.MANAGE_PEOPLE,
            May.MANAGE_AGREEMENTS,
            May.READ_AUDIT,
            May.PRACTISE,
        }
    ),
}
