"""The database's shape: Alembic, driven from code so that no ini file has to be found."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

_LOCK = 7_203_415  # a number of our own


def configuration() -> Config:
    """Alembic's settings; the revisions lie in the package backend.migrations."""
    config = Config()
    config.set_main_option("script_location", "backend:migrations")
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision`; each step is a transaction of its own, and of two callers one waits."""
    config = configuration()
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.commit()  # the lock is the connection's, not the transaction's
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
            connection.commit()
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            connection.commit()


def missing_revisions(engine: Engine) -> list[str]:
    """The revisions that the database has not seen yet, oldest first; empty when it is up to date."""
    script = ScriptDirectory.from_config(configuration())
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return []
    return [step.revision for step in reversed(list(script.iterate_revisions("head", current or "base")))]
