"""Copies at others that are to be removed; records on hold."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "copies_elsewhere",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("keeper", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_copies_elsewhere"),
    )
    op.create_index(
        "ix_copies_elsewhere_not_before", "copies_elsewhere", ["not_before"]
    )
    op.create_index(
        "uq_copies_elsewhere_reference",
        "copies_elsewhere",
        ["keeper", "reference"],
        unique=True,
    )
    op.create_table(
        "legal_holds",
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_legal_holds_young_person"
        ),
        sa.PrimaryKeyConstraint("young_person", name="pk_legal_holds"),
    )
