"""When a machine's clock is set back, what was written before it is not waited for.

A lease, and a text that waits for nothing but its turn, name a moment close by. One
that lies far ahead was named by a clock that has been set back since.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, bindparam, or_

from storage.tables.core import Moment

FAR_AHEAD: Final = timedelta(minutes=5)
"""More than two machines' clocks differ by while both are right."""


def lease_is_over(until: Column[Any]) -> ColumnElement[bool]:
    """Word that nobody holds a row: the lease ran out, or ends too far ahead to be one.

    To be asked with `lease_times`.
    """
    return or_(
        until.is_(None),
        until <= bindparam("now", type_=Moment),
        until > bindparam("no_lease", type_=Moment),
    )


def lease_times(now: datetime, lease: timedelta) -> dict[str, datetime]:
    """Give what `lease_is_over` asks with, where leases are so long."""
    return {"now": now, "no_lease": now + lease + FAR_AHEAD}
