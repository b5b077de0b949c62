"""The table of how a person wishes to be texted, in the metadata of `core`."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table

from storage.tables.core import ID, metadata

texting_wishes = Table(
    "texting_wishes",
    metadata,
    Column("id", ID, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, unique=True),
    Column("wishes", LargeBinary, nullable=False),
)
