"""Alembic's entry: runs on the connection it is given, or on the engine of the settings."""

from alembic import context
from sqlalchemy import Connection

from backend import db
from backend.registry import metadata


def _ours(name: str | None, kind: str, parents: object) -> bool:
    """procrastinate keeps its own tables; autogenerate leaves them alone."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=_ours,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with db.engine().connect() as connection:
        _run(connection)
