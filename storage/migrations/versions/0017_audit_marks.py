"""What remains of the oldest part of the audit trail once its years are over.

A mark keeps the last link of what was removed. The database lets a row of the trail go
only when a mark stands for it, and lets no mark be changed or removed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MARKED = "EXISTS (SELECT 1 FROM audit_marks WHERE upto >= OLD.number)"


def upgrade() -> None:
    op.create_table(
        "audit_marks",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_marks"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _on_postgresql()
    else:
        _on_sqlite()


def _on_postgresql() -> None:
    # The path is pinned, so that nobody's temporary table of this name is looked at.
    op.execute(
        "CREATE OR REPLACE FUNCTION audit_is_only_added_to() RETURNS trigger AS $$"
        f" BEGIN IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_rows' AND {MARKED}"
        " THEN RETURN OLD; END IF;"
        " RAISE EXCEPTION 'the audit trail is only added to'; END $$"
        " LANGUAGE plpgsql SET search_path = public, pg_temp"
    )
    op.execute(
        "CREATE TRIGGER audit_marks_stay BEFORE UPDATE OR DELETE ON audit_marks"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_only_added_to()"
    )


def _on_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
    op.execute("DROP TRIGGER audit_rows_stay_delete")
    op.execute(
        "CREATE TRIGGER audit_rows_stay_delete BEFORE DELETE ON audit_rows"
        f" WHEN NOT {MARKED} {refuse}"
    )
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_marks_stay_{what.lower()}"
            f" BEFORE {what} ON audit_marks {refuse}"
        )
