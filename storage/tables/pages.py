"""The tables of plan pages: links, PINs, visits, copies; one metadata for all."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table

from storage.tables.core import CODE, ID, Moment, metadata

plan_links = Table(
    "plan_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("channel", CODE, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("opened", Integer, nullable=False),
    Column("wrong_pins", Integer, nullable=False),
)

plan_pins = Table(
    "plan_pins",
    metadata,
    Column("young_person", ForeignKey("people.id"), primary_key=True),
    Column("salt", ID, nullable=False),
    Column("pin_hash", LargeBinary, nullable=False),
    Column("set_at", Moment, nullable=False),
)

plan_visits = Table(
    "plan_visits",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("began_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

plan_copies = Table(
    "plan_copies",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("kept_at", Moment, nullable=False),
)
