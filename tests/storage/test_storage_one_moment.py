"""A read sees the records as they were at one moment, whatever is written meanwhile."""

from foundations.ids import OrganisationId
from storage import UnitOfWork
from storage.staff.records import ChatLink
from tests.storage.keeping import Records

BEFORE, AFTER = OrganisationId("demo"), OrganisationId("another")


def puts(records: Records, organisation: OrganisationId) -> None:
    records.write(
        lambda unit: unit.chat_links.put(ChatLink("kept", organisation, True))
    )


def stands_for(unit: UnitOfWork) -> str | None:
    link = unit.chat_links.get("kept")
    return link and link.organisation


def test_a_row_that_changes_during_a_read_stays_as_it_was_for_that_read(
    records: Records,
) -> None:
    """Nor is the read turned away: PostgreSQL does that only to what writes."""
    puts(records, BEFORE)

    def looks_twice(unit: UnitOfWork) -> tuple[str | None, str | None]:
        first = stands_for(unit)
        puts(records, AFTER)
        return first, stands_for(unit)

    seen = records.read(looks_twice)
    afterwards = records.read(stands_for)

    assert seen == (BEFORE, BEFORE)
    assert afterwards == AFTER
