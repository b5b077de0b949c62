"""Tables of joining a phone and a web chat, in the metadata of `core`."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table

from storage.tables.core import ID, Moment, metadata

join_codes = Table(
    "join_codes",
    metadata,
    Column("conversation", ForeignKey("conversations.id"), primary_key=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
)

join_tries = Table(
    "join_tries",
    metadata,
    Column("young_person", ForeignKey("people.id"), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("since", Moment, nullable=False),
)

joined_conversations = Table(
    "joined_conversations",
    metadata,
    # No foreign key: the conversation of this id is the one that is no more.
    Column("id", ID, primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("young_person", ForeignKey("people.id"), nullable=False, index=True),
    Column("joined_at", Moment, nullable=False),
)
