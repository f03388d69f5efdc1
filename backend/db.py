"""The database: engines, the base class of all tables, column types, and the units of work, which alone commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import Connection, DateTime, Engine, Enum, MetaData, create_engine
from sqlalchemy.orm import DeclarativeBase, Session

from backend.config import settings

UtcDateTime = DateTime(timezone=True)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base class of every table. Constraints have fixed names, so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


def closed_set(members: type[StrEnum]) -> Enum:
    """The type of a column that holds one value of a closed set: text in the database, the enum's member in Python.

    A CHECK refuses every other value, whoever writes it, because a single one would break each page that lists its
    row. A new member needs a migration that drops the CHECK and adds the wider one as NOT VALID: every row has passed
    the narrower one, so PostgreSQL need not read them and the step is instant. A test compares all CHECKs with the
    enums, which Alembic does not.
    """
    return Enum(
        members, name=members.__name__.lower(), native_enum=False, create_constraint=True, validate_strings=True,
        length=30, values_callable=lambda enum: [member.value for member in enum],
    )  # fmt: skip


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process."""
    return _new_engine(pool_size=10, max_overflow=10)


@lru_cache(maxsize=1)
def _reading_engine() -> Engine:
    """The same connection pool, read-only. Cached, because every request needs it."""
    return engine().execution_options(postgresql_readonly=True)


@lru_cache(maxsize=1)
def _separate_engine() -> Engine:
    return _new_engine(pool_size=1, max_overflow=4)


def _new_engine(*, pool_size: int, max_overflow: int) -> Engine:
    return create_engine(
        settings().database_url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_pre_ping=False,
        hide_parameters=True,  # error messages must not contain the values of a statement
        pool_recycle=1800,
        connect_args={
            "options": "-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
        },
    )


def dispose() -> None:
    """Close every connection and forget the engines (after a fork, and when the settings change)."""
    for made in (engine, _separate_engine):
        if made.cache_info().currsize:
            made().dispose()
        made.cache_clear()
    _reading_engine.cache_clear()


_bound: Connection | None = None


@contextmanager
def bound_to(connection: Connection) -> Iterator[None]:
    """Run every unit of work of the block inside this connection's open transaction (for tests)."""
    global _bound
    before, _bound = _bound, connection
    try:
        yield
    finally:
        _bound = before


@contextmanager
def unit_of_work(*, read_only: bool = False) -> Iterator[Session]:
    """One transaction: committed at the end of the block, rolled back on any exception.

    PostgreSQL refuses writes in a read-only one.
    """
    with _transaction(_reading_engine() if read_only else engine()) as session:
        yield session


@contextmanager
def separate_unit_of_work() -> Iterator[Session]:
    """A short transaction that does not belong to the request's: it stays committed when the request is rolled back.

    It has a connection pool of its own. Otherwise requests that each hold a connection could all wait for a second one.
    """
    with _transaction(_separate_engine()) as session:
        yield session


@contextmanager
def _transaction(bind: Engine) -> Iterator[Session]:
    if _bound is None:
        session = Session(bind, expire_on_commit=False)
    else:
        session = Session(_bound, join_transaction_mode="create_savepoint", expire_on_commit=False)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()
