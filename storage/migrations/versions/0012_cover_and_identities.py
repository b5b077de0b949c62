"""Cover that leads set themselves, and accounts elsewhere by which staff come in."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "staff_identities",
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("staff_member", sa.String(length=32), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member"],
            ["staff_members.id"],
            name="fk_staff_identities_staff_member_staff_members",
        ),
        sa.PrimaryKeyConstraint("identity", name="pk_staff_identities"),
    )
    op.create_index(
        "ix_staff_identities_staff_member", "staff_identities", ["staff_member"]
    )
    op.create_table(
        "cover_plans",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.LargeBinary(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_cover_plans"),
        sa.UniqueConstraint("id", name="uq_cover_plans_id"),
    )
    op.create_index("ix_cover_plans_organisation", "cover_plans", ["organisation"])
