"""Passkeys of staff, and challenges that were used up."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "staff_passkeys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_member", sa.String(length=32), nullable=False),
        sa.Column("credential_index", sa.LargeBinary(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["staff_member"],
            ["staff_members.id"],
            name="fk_staff_passkeys_staff_member_staff_members",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff_passkeys"),
        sa.UniqueConstraint(
            "credential_index", name="uq_staff_passkeys_credential_index"
        ),
    )
    op.create_index(
        "ix_staff_passkeys_staff_member", "staff_passkeys", ["staff_member"]
    )
    op.create_table(
        "staff_used_challenges",
        sa.Column("challenge_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name="pk_staff_used_challenges"),
    )
