"""When somebody last looked at their plan page."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("people", sa.Column("looked_at", sa.DateTime(timezone=True)))
