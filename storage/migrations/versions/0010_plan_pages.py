"""The plan's own pages: links to them, PINs, visits, and copies on phones."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "plan_links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("wrong_pins", sa.Integer(), nullable=False),
        *_of_a_person("plan_links", "token_hash"),
    )
    op.create_table(
        "plan_pins",
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_person("plan_pins", "young_person"),
    )
    op.create_table(
        "plan_visits",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_person("plan_visits", "token_hash"),
    )
    op.create_table(
        "plan_copies",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_person("plan_copies", "token_hash"),
    )
    for table in ("plan_links", "plan_visits", "plan_copies"):
        op.create_index(
            f"ix_{table}_young_person", table, ["young_person"], unique=False
        )


def _of_a_person(table: str, key: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name=f"fk_{table}_young_person"
        ),
        sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
    )
