"""The tables of people, what they said, what leaves, plans, consents and audit."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Turn an aware moment into UTC on its way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Say UTC again on the way out: SQLite forgets it."""
        if value is None:
            return None
        return (
            value.replace(tzinfo=UTC) if value.tzinfo is None else value
        ).astimezone(UTC)


ID = String(32)
CODE = String(64)
# SQLite counts by itself only in a column that is exactly INTEGER PRIMARY KEY.
COUNTER = BigInteger().with_variant(Integer, "sqlite")
# Written out in the query just the same, so that both databases use the index.
UNFINISHED = text("state IN ('waiting', 'inline')")
UNANSWERED = text("answered_at IS NULL")

data_keys = Table(
    "data_keys",
    metadata,
    Column("holder", ID, primary_key=True),
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("wrapped_with", CODE, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", ID, primary_key=True),
    Column("phone_index", LargeBinary, unique=True),
    Column("phone", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("looked_at", Moment),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, unique=True),
    Column("owner", CODE, nullable=False),
    Column("handover_case", ID),
    Column("link", CODE, nullable=False),
    Column("channel", CODE, nullable=False),
    Column("aftercare", Text),
    Column("stopped", Integer, nullable=False),
    Column("language", CODE),
    Column("wishes", LargeBinary),
    Column("last_sequence", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_heard_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("position", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("channel", CODE, nullable=False),
    Column("provider_message_id", String(200), nullable=False),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    # The inbox row is written first and the message in the same transaction.
    Column("message", ID, nullable=False),
    Column("route", CODE, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("beside", Text),
    Index("uq_inbox_channel_provider", "channel", "provider_message_id", unique=True),
    Index(
        "ix_inbox_unanswered",
        "received_at",
        sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    ),
)

forgotten_inbound = Table(
    "forgotten_inbound",
    metadata,
    Column("provider_hash", LargeBinary, primary_key=True),
    Column("inbox", ID, nullable=False),
    Column("message", ID, nullable=False),
    Column("forgotten_at", Moment, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("speaker", CODE, nullable=False),
    Column("response_key", String(200), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("choices", LargeBinary),
    Column("answers", ID, index=True),
    Column("channel", CODE, nullable=False),
    Column("said_at", Moment, nullable=False),
    Index("uq_messages_sequence", "conversation", "sequence", unique=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("position", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("dedup_key", String(200), nullable=False, unique=True),
    Column("kind", CODE, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("state", CODE, nullable=False),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("young_person", ForeignKey("people.id"), index=True),
    Column("recipient", LargeBinary),
    Column("body", LargeBinary, nullable=False),
    Column("response_keys", Text, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("tries", Integer, nullable=False),
    Column("carried_by", CODE),
    Column("provider_message_id", String(200), index=True),
    Column("delivery_status", CODE),
    Column("last_code", CODE),
    Column("created_at", Moment, nullable=False),
    Index(
        "ix_outbox_unfinished",
        "turn",
        "position",
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    ),
    Index(
        "ix_outbox_unfinished_in_order",
        "conversation",
        "position",
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    ),
)

delivery_reports = Table(
    "delivery_reports",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("outbox", ForeignKey("outbox.id"), index=True),
    Column("provider_message_id", String(200), index=True),
    Column("status", CODE, nullable=False),
    Column("code", CODE),
    Column("reported_at", Moment, nullable=False),
)

escalations = Table(
    "escalations",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("inbox", ID),
    Column("outbox", ID),
    Column("channel", CODE, nullable=False),
    Column("route", CODE, nullable=False),
    Column("phrase_ids", Text, nullable=False),
    Column("reply_keys", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

plan_changes = Table(
    "plan_changes",
    metadata,
    Column("young_person", ForeignKey("people.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("id", ID, nullable=False, unique=True),
    Column("kind", CODE, nullable=False),
    Column("change", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

plan_shares = Table(
    "plan_shares",
    metadata,
    Column("id", ID, primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary, unique=True),
    Column("recipient", LargeBinary, nullable=False),
    Column("content", LargeBinary),
    Column("previewed_at", Moment, nullable=False),
    Column("agreed_at", Moment),
    Column("expires_at", Moment, nullable=False),
    Column("taken_back_at", Moment),
    Column("last_opened_at", Moment),
)

consents = Table(
    "consents",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("organisation", CODE, nullable=False),
    Column("purpose", CODE, nullable=False),
    Column("shared_items", LargeBinary, nullable=False),
    Column("drafted_at", Moment, nullable=False),
)

consent_steps = Table(
    "consent_steps",
    metadata,
    Column("consent", ForeignKey("consents.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("status", CODE, nullable=False),
    Column("preview", LargeBinary),
    Column("at", Moment, nullable=False),
)

handover_cases = Table(
    "handover_cases",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("organisation", CODE, nullable=False),
    Column("consent", ForeignKey("consents.id"), nullable=False, index=True),
    Column("shared", LargeBinary, nullable=False),
    Column("status", CODE, nullable=False, index=True),
    Column("steps", Integer, nullable=False),
    Column("claimed_by", ID),
    Column("opened_at", Moment, nullable=False),
    Column("waits_from", Moment),
    Column("wanted", ID),
    Column("next_consent", ID),
)

handover_steps = Table(
    "handover_steps",
    metadata,
    Column("handover_case", ForeignKey("handover_cases.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("status", CODE, nullable=False),
    Column("staff_member", ID),
    Column("at", Moment, nullable=False),
)

audit_rows = Table(
    "audit_rows",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("actor", CODE, nullable=False),
    Column("action", CODE, nullable=False),
    Column("subject", CODE, nullable=False),
    Column("at", Moment, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)

audit_marks = Table(
    "audit_marks",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("upto", BigInteger, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("chain", LargeBinary, nullable=False),
)
