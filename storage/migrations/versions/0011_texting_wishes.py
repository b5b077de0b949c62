"""How a person wishes to be texted."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "texting_wishes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("young_person", sa.String(length=32), nullable=False),
        sa.Column("wishes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["young_person"],
            ["people.id"],
            name="fk_texting_wishes_young_person_people",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_texting_wishes"),
        sa.UniqueConstraint("young_person", name="uq_texting_wishes_young_person"),
    )
