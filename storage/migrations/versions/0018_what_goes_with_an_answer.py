"""What goes with the answer to a message, kept until it is answered.

Keys of fixed words and marks; nothing that anybody wrote.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("beside", sa.Text()))
