"""The tables of not keeping too long: copies at others, and who is on hold."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.tables.core import CODE, COUNTER, Moment, metadata

copies_elsewhere = Table(
    "copies_elsewhere",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("keeper", CODE, nullable=False),
    # Of the carrier or of our dialogue: it leads to nobody here any more.
    Column("reference", String(200), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("not_before", Moment, nullable=False, index=True),
    Index("uq_copies_elsewhere_reference", "keeper", "reference", unique=True),
)

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("young_person", ForeignKey("people.id"), primary_key=True),
    Column("reference", String(200), nullable=False),
    Column("set_at", Moment, nullable=False),
)
"""Whose records the nightly job leaves alone; their own DELETE still works."""
