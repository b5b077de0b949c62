"""Work that is due later."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

UNFINISHED = sa.text("done_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "due_work",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("dedup_key", sa.String(length=200), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=True),
        sa.Column("conversation", sa.String(length=32), nullable=True),
        sa.Column("handover_case", sa.String(length=32), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_fault", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_due_work_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["handover_case"], ["handover_cases.id"], name="fk_due_work_handover_case"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_due_work_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_due_work"),
        sa.UniqueConstraint("dedup_key", name="uq_due_work_dedup_key"),
        sa.UniqueConstraint("id", name="uq_due_work_id"),
    )
    for column in ("conversation", "handover_case", "young_person"):
        op.create_index(f"ix_due_work_{column}", "due_work", [column], unique=False)
    op.create_index(
        "ix_due_work_unfinished",
        "due_work",
        ["not_before", "number"],
        unique=False,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )
