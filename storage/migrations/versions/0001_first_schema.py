"""The first schema: people, what was said, plans, consents, handovers, staff, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit_rows",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_rows"),
    )
    op.create_table(
        "chat_links",
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_chat_links"),
    )
    op.create_table(
        "data_keys",
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped_with", sa.String(length=64), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("holder", "generation", name="pk_data_keys"),
    )
    op.create_table(
        "forgotten_inbound",
        sa.Column("provider_hash", sa.LargeBinary(), nullable=False),
        sa.Column("inbox", sa.String(length=32), nullable=False),
        sa.Column("message", sa.String(length=32), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("provider_hash", name="pk_forgotten_inbound"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("phone_index", name="uq_people_phone_index"),
    )
    op.create_table(
        "staff_members",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_members"),
    )
    op.create_index(
        "ix_staff_members_organisation", "staff_members", ["organisation"], unique=False
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("handover_case", sa.String(length=32), nullable=True),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("aftercare", sa.Text(), nullable=True),
        sa.Column("stopped", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.LargeBinary(), nullable=True),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_conversations_young_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("young_person", name="uq_conversations_young_person"),
    )
    op.create_table(
        "plan_changes",
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("change", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_plan_changes_young_person"
        ),
        sa.PrimaryKeyConstraint("young_person", "sequence", name="pk_plan_changes"),
        sa.UniqueConstraint("id", name="uq_plan_changes_id"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_member", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_member"],
            ["staff_members.id"],
            name="fk_staff_sessions_staff_member",
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
    )
    op.create_index(
        "ix_staff_sessions_staff_member",
        "staff_sessions",
        ["staff_member"],
        unique=False,
    )
    op.create_table(
        "staff_sign_ins",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_member", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_member"],
            ["staff_members.id"],
            name="fk_staff_sign_ins_staff_member",
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sign_ins"),
    )
    op.create_index(
        "ix_staff_sign_ins_staff_member",
        "staff_sign_ins",
        ["staff_member"],
        unique=False,
    )
    op.create_table(
        "consents",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("shared_items", sa.LargeBinary(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_consents_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_consents_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_consents"),
        sa.UniqueConstraint("id", name="uq_consents_id"),
    )
    op.create_index(
        "ix_consents_conversation", "consents", ["conversation"], unique=False
    )
    op.create_index(
        "ix_consents_young_person", "consents", ["young_person"], unique=False
    )
    op.create_table(
        "escalations",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("inbox", sa.String(length=32), nullable=True),
        sa.Column("outbox", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("phrase_ids", sa.Text(), nullable=False),
        sa.Column("reply_keys", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_escalations_conversation"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_escalations"),
    )
    op.create_index(
        "ix_escalations_conversation", "escalations", ["conversation"], unique=False
    )
    op.create_table(
        "inbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("provider_message_id", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("message", sa.String(length=32), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_inbox_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_inbox_young_person"
        ),
        sa.PrimaryKeyConstraint("position", name="pk_inbox"),
        sa.UniqueConstraint("id", name="uq_inbox_id"),
    )
    op.create_index("ix_inbox_conversation", "inbox", ["conversation"], unique=False)
    op.create_index(
        "ix_inbox_unanswered",
        "inbox",
        ["received_at"],
        unique=False,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_index("ix_inbox_young_person", "inbox", ["young_person"], unique=False)
    op.create_index(
        "uq_inbox_channel_provider",
        "inbox",
        ["channel", "provider_message_id"],
        unique=True,
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("speaker", sa.String(length=64), nullable=False),
        sa.Column("response_key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("choices", sa.LargeBinary(), nullable=True),
        sa.Column("answers", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_messages_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_messages_young_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_answers", "messages", ["answers"], unique=False)
    op.create_index(
        "ix_messages_young_person", "messages", ["young_person"], unique=False
    )
    op.create_index(
        "uq_messages_sequence", "messages", ["conversation", "sequence"], unique=True
    )
    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("dedup_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=True),
        sa.Column("young_person", sa.String(length=32), nullable=True),
        sa.Column("recipient", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("response_keys", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("provider_message_id", sa.String(length=200), nullable=True),
        sa.Column("delivery_status", sa.String(length=64), nullable=True),
        sa.Column("last_code", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_outbox_conversation"
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_outbox_young_person"
        ),
        sa.PrimaryKeyConstraint("position", name="pk_outbox"),
        sa.UniqueConstraint("dedup_key", name="uq_outbox_dedup_key"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
    )
    op.create_index("ix_outbox_conversation", "outbox", ["conversation"], unique=False)
    op.create_index(
        "ix_outbox_provider_message_id", "outbox", ["provider_message_id"], unique=False
    )
    op.create_index(
        "ix_outbox_unfinished",
        "outbox",
        ["turn", "position"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'inline')"),
        postgresql_where=sa.text("state IN ('waiting', 'inline')"),
    )
    op.create_index(
        "ix_outbox_unfinished_in_order",
        "outbox",
        ["conversation", "position"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'inline')"),
        postgresql_where=sa.text("state IN ('waiting', 'inline')"),
    )
    op.create_index("ix_outbox_young_person", "outbox", ["young_person"], unique=False)
    op.create_table(
        "consent_steps",
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("preview", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent"], ["consents.id"], name="fk_consent_steps_consent"
        ),
        sa.PrimaryKeyConstraint("consent", "number", name="pk_consent_steps"),
    )
    op.create_table(
        "delivery_reports",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("outbox", sa.String(length=32), nullable=True),
        sa.Column("provider_message_id", sa.String(length=200), nullable=True),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox"], ["outbox.id"], name="fk_delivery_reports_outbox"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_delivery_reports"),
    )
    op.create_index(
        "ix_delivery_reports_outbox", "delivery_reports", ["outbox"], unique=False
    )
    op.create_index(
        "ix_delivery_reports_provider_message_id",
        "delivery_reports",
        ["provider_message_id"],
        unique=False,
    )
    op.create_table(
        "handover_cases",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("shared", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent"], ["consents.id"], name="fk_handover_cases_consent"
        ),
        sa.ForeignKeyConstraint(
            ["conversation"],
            ["conversations.id"],
            name="fk_handover_cases_conversation",
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_handover_cases_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_handover_cases"),
        sa.UniqueConstraint("id", name="uq_handover_cases_id"),
    )
    op.create_index(
        "ix_handover_cases_consent", "handover_cases", ["consent"], unique=False
    )
    op.create_index(
        "ix_handover_cases_conversation",
        "handover_cases",
        ["conversation"],
        unique=False,
    )
    op.create_index(
        "ix_handover_cases_status", "handover_cases", ["status"], unique=False
    )
    op.create_index(
        "ix_handover_cases_young_person",
        "handover_cases",
        ["young_person"],
        unique=False,
    )
    op.create_table(
        "handover_steps",
        sa.Column("handover_case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("staff_member", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_case"],
            ["handover_cases.id"],
            name="fk_handover_steps_handover_case",
        ),
        sa.PrimaryKeyConstraint("handover_case", "number", name="pk_handover_steps"),
    )
