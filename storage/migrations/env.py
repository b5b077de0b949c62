"""Where Alembic starts: it is handed the open connection by storage/schema.py."""

from alembic import context

from storage.tables.core import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
