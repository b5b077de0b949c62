"""Parts of a plan shared with one person, until a day or until taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "plan_shares",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("previewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_plan_shares_young_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_shares"),
        sa.UniqueConstraint("token_hash", name="uq_plan_shares_token_hash"),
    )
    op.create_index(
        "ix_plan_shares_young_person", "plan_shares", ["young_person"], unique=False
    )
