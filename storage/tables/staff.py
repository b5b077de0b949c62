"""The tables of the staff side: accounts, shifts, notes, chat links, agreements."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
)

from storage.tables.core import CODE, COUNTER, ID, Moment, metadata

LABEL = String(200)

staff_members = Table(
    "staff_members",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", LargeBinary, nullable=False),
    Column("role", CODE, nullable=False),
    Column("organisation", CODE, nullable=False, index=True),
    Column("is_active", Boolean, nullable=False),
    Column("most_cases", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
)

staff_credentials = Table(
    "staff_credentials",
    metadata,
    Column("staff_member", ForeignKey("staff_members.id"), primary_key=True),
    Column("email_index", LargeBinary, nullable=False, unique=True),
    Column("email", LargeBinary, nullable=False),
    Column("password", LargeBinary, nullable=False),
    Column("totp_secret", LargeBinary, nullable=False),
    Column("totp_last_step", BigInteger, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

staff_recovery_codes = Table(
    "staff_recovery_codes",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment),
)

staff_invitations = Table(
    "staff_invitations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("organisation", CODE, nullable=False, index=True),
    Column("role", CODE, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("email", LargeBinary, nullable=False),
    # Filled when somebody who is known already starts afresh.
    Column("staff_member", ForeignKey("staff_members.id"), index=True),
    Column("totp_secret", LargeBinary),
    Column("invited_by", ID),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

staff_wrong_tries = Table(
    "staff_wrong_tries",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("source", LargeBinary, nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

staff_sign_ins = Table(
    "staff_sign_ins",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False, index=True),
    Column("device", CODE, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_used_at", Moment, nullable=False),
    Column("proved_at", Moment, nullable=False),
)

staff_identities = Table(
    "staff_identities",
    metadata,
    Column("identity", LargeBinary, primary_key=True),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False, index=True),
    Column("linked_at", Moment, nullable=False),
)

staff_passkeys = Table(
    "staff_passkeys",
    metadata,
    Column("id", ID, primary_key=True),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False, index=True),
    Column("credential_index", LargeBinary, nullable=False, unique=True),
    Column("credential", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("name", LargeBinary, nullable=False),
    # As often as the device itself says; always 0 for one that is kept in sync.
    Column("used", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("last_used_at", Moment),
)

staff_used_challenges = Table(
    "staff_used_challenges",
    metadata,
    Column("challenge_hash", LargeBinary, primary_key=True),
    Column("expires_at", Moment, nullable=False),
)

cover_plans = Table(
    "cover_plans",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("organisation", CODE, nullable=False, index=True),
    Column("plan", LargeBinary, nullable=False),
    Column("changed_by", ID, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

staff_shifts = Table(
    "staff_shifts",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("staff_member", ForeignKey("staff_members.id"), nullable=False, index=True),
    Column("organisation", CODE, nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("break_since", Moment),
    Column("ended_at", Moment),
)

case_notes = Table(
    "case_notes",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column(
        "handover_case", ForeignKey("handover_cases.id"), nullable=False, index=True
    ),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("staff_member", ID, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("written_at", Moment, nullable=False),
)

note_decisions = Table(
    "note_decisions",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("note", ForeignKey("case_notes.id"), nullable=False, index=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("reason", CODE),
    Column("staff_member", ID, nullable=False),
    Column("at", Moment, nullable=False),
)

case_outcomes = Table(
    "case_outcomes",
    metadata,
    Column("handover_case", ForeignKey("handover_cases.id"), primary_key=True),
    Column("outcome", CODE, nullable=False),
    Column("staff_member", ID, nullable=False),
    Column("at", Moment, nullable=False),
)

chat_links = Table(
    "chat_links",
    metadata,
    Column("slug", CODE, primary_key=True),
    Column("organisation", CODE, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("place", LABEL),
    Column("area", CODE),
    Column("welcome", CODE),
    Column("made_by", ID),
    Column("made_at", Moment),
    Column("revoked_at", Moment),
)

data_agreements = Table(
    "data_agreements",
    metadata,
    Column("number", COUNTER, primary_key=True),
    Column("organisation", CODE, nullable=False, index=True),
    Column("lawful_basis", CODE, nullable=False),
    Column("reference", LABEL, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("recorded_by", ID),
    Column("recorded_at", Moment, nullable=False),
)
