"""Which language was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("language", sa.String(length=64)))
