"""Putting a phone and a web chat together by a code."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "join_codes",
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_join_codes_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_join_codes_young_person"
        ),
        sa.PrimaryKeyConstraint("conversation", name="pk_join_codes"),
        sa.UniqueConstraint("token_hash", name="uq_join_codes_token_hash"),
    )
    op.create_index(
        "ix_join_codes_young_person", "join_codes", ["young_person"], unique=False
    )
    op.create_table(
        "join_tries",
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_join_tries_young_person"
        ),
        sa.PrimaryKeyConstraint("young_person", name="pk_join_tries"),
    )
    op.create_table(
        "joined_conversations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_joined_conversations_conversation",
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_joined_conversations_young_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_joined_conversations"),
    )
    for column in ("conversation", "young_person"):
        op.create_index(
            f"ix_joined_conversations_{column}",
            "joined_conversations",
            [column],
            unique=False,
        )
