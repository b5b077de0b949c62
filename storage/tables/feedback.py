"""The table of feedback; in `core`'s metadata. It names nobody."""

from sqlalchemy import Column, LargeBinary, String, Table

from storage.tables.core import CODE, ID, metadata

feedback = Table(
    "feedback",
    metadata,
    Column("id", ID, primary_key=True),
    Column("month", String(7), nullable=False, index=True),
    Column("helped", CODE),
    Column("words", LargeBinary),
)
