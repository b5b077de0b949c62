"""A handover on its way: what is being asked, alerts, who is wanted, when it waits."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column(
        "handover_cases",
        sa.Column("waits_from", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column(
        "handover_cases", sa.Column("wanted", sa.String(length=32), nullable=True)
    )
    op.add_column(
        "handover_cases", sa.Column("next_consent", sa.String(length=32), nullable=True)
    )
    op.create_table(
        "handover_askings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_handover_askings_conversation",
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_handover_askings_young_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handover_askings"),
        sa.UniqueConstraint("conversation", name="uq_handover_askings_conversation"),
    )
    op.create_index(
        "ix_handover_askings_young_person",
        "handover_askings",
        ["young_person"],
        unique=False,
    )
    op.create_table(
        "staff_alerts",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("handover_case", sa.String(length=32), nullable=True),
        sa.Column("young_person", sa.String(length=32), nullable=True),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("outbox", sa.String(length=32), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_case"],
            ["handover_cases.id"],
            name="fk_staff_alerts_handover_case",
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_staff_alerts_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_staff_alerts"),
        sa.UniqueConstraint("id", name="uq_staff_alerts_id"),
    )
    for column in ("handover_case", "organisation", "young_person"):
        op.create_index(
            f"ix_staff_alerts_{column}", "staff_alerts", [column], unique=False
        )
    op.create_table(
        "anchors",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("staff_member", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member"], ["staff_members.id"], name="fk_anchors_staff_member"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_anchors_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_anchors"),
    )
    op.create_index("ix_anchors_young_person", "anchors", ["young_person"])
