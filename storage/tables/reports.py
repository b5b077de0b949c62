"""The table of reports that a service did not work; nobody's name is in it."""

from sqlalchemy import Column, Date, Index, Table

from storage.tables.core import CODE, COUNTER, metadata

service_reports = Table(
    "service_reports",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("service", CODE, nullable=False),
    Column("reason", CODE, nullable=False),
    Column("day", Date, nullable=False),
    Index("ix_service_reports_service", "service", "day"),
)
