"""How long a check by a person lasts, and what follows when it has run out."""

from datetime import date, datetime

from foundations.clock import in_london
from signposting.records import Service


def check_is_overdue(service: Service, at: datetime) -> bool:
    """Tell whether a record was checked once and its next check was missed."""
    due = service.provenance.next_check_due
    return (
        service.provenance.last_checked_live is not None
        and due is not None
        and in_london(at).date() > due
    )


def is_too_old_to_show(service: Service, at: datetime) -> bool:
    """Tell whether twice the time between checks has passed; never the pinned set."""
    checked, due = (
        service.provenance.last_checked_live,
        service.provenance.next_check_due,
    )
    if service.pinned or checked is None or due is None:
        return False
    return in_london(at).date() > last_day_shown(checked, due)


def last_day_shown(checked: date, due: date) -> date:
    """Give the last day on which a record may be shown without a new check."""
    return due + (due - checked)
