"""The table of feedback; of `storage.tables`' own metadata. It names nobody."""

from sqlalchemy import Column, LargeBinary, String, Table

from storage.tables import CODE, ID, metadata

feedback = Table(
    "feedback",
    metadata,
    Column("id", ID, primary_key=True),
    Column("month", String(7), nullable=False, index=True),
    Column("helped", CODE),
    Column("words", LargeBinary),
)
