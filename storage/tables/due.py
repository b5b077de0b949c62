"""The table of work that is due later; one in `core`'s metadata."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table
from sqlalchemy import text as sql

from storage.tables.core import CODE, COUNTER, ID, Moment, metadata

# Written out in the query just the same, so that both databases use the index.
UNFINISHED_WORK = sql("done_at IS NULL")

due_work = Table(
    "due_work",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("kind", CODE, nullable=False),
    Column("dedup_key", String(200), nullable=False, unique=True),
    Column("young_person", ForeignKey("people.id"), index=True),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("handover_case", ForeignKey("handover_cases.id"), index=True),
    Column("payload", LargeBinary),
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("tries", Integer, nullable=False),
    Column("last_fault", CODE),
    Column("outcome", CODE),
    Column("done_at", Moment),
    Column("created_at", Moment, nullable=False),
    Index(
        "ix_due_work_unfinished",
        "not_before",
        "number",
        sqlite_where=UNFINISHED_WORK,
        postgresql_where=UNFINISHED_WORK,
    ),
)
