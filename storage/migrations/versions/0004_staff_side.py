"""The staff side: accounts, shifts, notes, links, agreements; audit only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.String(length=32)
CODE = sa.String(length=64)
LABEL = sa.String(length=200)
MOMENT = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW_ROLES = {"responder": "worker", "admin": "administrator", "auditor": "lead"}


def upgrade() -> None:
    _members()
    _accounts()
    _sessions()
    _cases()
    _links_and_agreements()
    _audit_is_only_added_to()


def _member(table: str, name: str = "staff_member") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [name], ["staff_members.id"], name=f"fk_{table}_{name}"
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def _members() -> None:
    active = sa.Column(
        "is_active", sa.Boolean(), nullable=False, server_default=sa.true()
    )
    most = sa.Column("most_cases", sa.Integer(), nullable=False, server_default="5")
    op.add_column("staff_members", active)
    op.add_column("staff_members", most)
    for before, now in NEW_ROLES.items():
        op.execute(f"UPDATE staff_members SET role = '{now}' WHERE role = '{before}'")


def _accounts() -> None:
    op.create_table(
        "staff_credentials",
        sa.Column("staff_member", ID, nullable=False),
        sa.Column("email_index", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("password", sa.LargeBinary(), nullable=False),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=False),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _member("staff_credentials"),
        sa.PrimaryKeyConstraint("staff_member", name="pk_staff_credentials"),
        sa.UniqueConstraint("email_index", name="uq_staff_credentials_email_index"),
    )
    op.create_table(
        "staff_recovery_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_member", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _member("staff_recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_staff_recovery_codes"),
    )
    _index("staff_recovery_codes", "staff_member")
    op.create_table(
        "staff_invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("organisation", CODE, nullable=False),
        sa.Column("role", CODE, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("staff_member", ID, nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("invited_by", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        _member("staff_invitations"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_staff_invitations_token_hash"),
    )
    _index("staff_invitations", "organisation")
    _index("staff_invitations", "staff_member")
    op.create_table(
        "staff_wrong_tries",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_staff_wrong_tries"),
    )
    _index("staff_wrong_tries", "source")


def _sessions() -> None:
    """Sessions last twelve hours at most: they are made anew, not carried over."""
    op.drop_table("staff_sessions")
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_member", ID, nullable=False),
        sa.Column("device", CODE, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=False),
        sa.Column("proved_at", MOMENT, nullable=False),
        _member("staff_sessions"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
        sa.UniqueConstraint("id", name="uq_staff_sessions_id"),
    )
    _index("staff_sessions", "staff_member")
    op.create_table(
        "staff_shifts",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("staff_member", ID, nullable=False),
        sa.Column("organisation", CODE, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("break_since", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        _member("staff_shifts"),
        sa.PrimaryKeyConstraint("number", name="pk_staff_shifts"),
    )
    _index("staff_shifts", "organisation")
    _index("staff_shifts", "staff_member")


def _cases() -> None:
    op.create_table(
        "case_notes",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("handover_case", ID, nullable=False),
        sa.Column("young_person", ID, nullable=False),
        sa.Column("staff_member", ID, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_case"],
            ["handover_cases.id"],
            name="fk_case_notes_handover_case",
        ),
        sa.ForeignKeyConstraint(
            ["young_person"], ["people.id"], name="fk_case_notes_young_person"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_case_notes"),
        sa.UniqueConstraint("id", name="uq_case_notes_id"),
    )
    _index("case_notes", "handover_case")
    _index("case_notes", "young_person")
    op.create_table(
        "case_outcomes",
        sa.Column("handover_case", ID, nullable=False),
        sa.Column("outcome", CODE, nullable=False),
        sa.Column("staff_member", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["handover_case"],
            ["handover_cases.id"],
            name="fk_case_outcomes_handover_case",
        ),
        sa.PrimaryKeyConstraint("handover_case", name="pk_case_outcomes"),
    )


def _links_and_agreements() -> None:
    for column in (
        sa.Column("place", LABEL, nullable=True),
        sa.Column("area", CODE, nullable=True),
        sa.Column("welcome", CODE, nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
    ):
        op.add_column("chat_links", column)
    op.create_table(
        "data_agreements",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("organisation", CODE, nullable=False),
        sa.Column("lawful_basis", CODE, nullable=False),
        sa.Column("reference", LABEL, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", ID, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_data_agreements"),
    )
    _index("data_agreements", "organisation")


def _audit_is_only_added_to() -> None:
    """The database itself refuses to change or remove a row of the audit trail."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_is_only_added_to() RETURNS trigger AS $$ BEGIN"
            " RAISE EXCEPTION 'the audit trail is only added to'; END $$"
            " LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON audit_rows"
            " FOR EACH ROW EXECUTE FUNCTION audit_is_only_added_to()"
        )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_rows_stay_{what.lower()} BEFORE {what} ON audit_rows"
            " BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
        )
