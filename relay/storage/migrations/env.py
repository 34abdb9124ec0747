"""Alembic's entry: the connection is handed in by `Database.migrate`, already in a transaction."""

from alembic import context

from relay.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
