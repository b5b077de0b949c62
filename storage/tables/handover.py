"""The tables of a handover on its way: what is being asked, alerts, who is wanted."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table

from storage.tables.core import CODE, COUNTER, ID, Moment, metadata

handover_askings = Table(
    "handover_askings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, unique=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("asked", LargeBinary, nullable=False),
    Column("asked_at", Moment, nullable=False),
)

staff_alerts = Table(
    "staff_alerts",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("handover_case", ForeignKey("handover_cases.id"), index=True),
    Column("young_person", ForeignKey("people.id"), index=True),
    Column("organisation", CODE, nullable=False, index=True),
    Column("step", CODE, nullable=False),
    Column("contact", CODE, nullable=False),
    Column("way", CODE, nullable=False),
    Column("outbox", ID, nullable=False),
    Column("raised_at", Moment, nullable=False),
)

anchors = Table(
    "anchors",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("organisation", CODE, nullable=False),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False),
    Column("asked_at", Moment, nullable=False),
)
