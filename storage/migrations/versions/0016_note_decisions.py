"""What was decided about a note that its young person may not read for now."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "note_decisions",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("note", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=64)),
        sa.Column("staff_member", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["note"], ["case_notes.id"], name="fk_note_decisions_note"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_note_decisions_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_note_decisions"),
    )
    for column in ("note", "young_person"):
        op.create_index(f"ix_note_decisions_{column}", "note_decisions", [column])
