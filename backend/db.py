"""The database: its engines, one base, and unit_of_work() with its twin apart, the only places that commit."""

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
    """Base of every table; constraint names are fixed so that migrations can speak of them."""

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
    """The same connections, read-only; made once, for every request asks for it."""
    return engine().execution_options(postgresql_readonly=True)


@lru_cache(maxsize=1)
def _engine_apart() -> Engine:
    return _new_engine(pool_size=1, max_overflow=4)


def _new_engine(*, pool_size: int, max_overflow: int) -> Engine:
    return create_engine(
        settings().database_url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_pre_ping=False,
        hide_parameters=True,  # an error must not repeat the values of a statement
        pool_recycle=1800,
        connect_args={
            "options": "-c timezone=UTC -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000"
        },
    )


def dispose() -> None:
    """Close every connection and forget the engines (after a fork, and when the settings change)."""
    for made in (engine, _engine_apart):
        if made.cache_info().currsize:
            made().dispose()
        made.cache_clear()
    _reading_engine.cache_clear()


_bound: Connection | None = None


@contextmanager
def bound_to(connection: Connection) -> Iterator[None]:
    """Run every unit of work of the block inside a transaction that somebody else owns (tests)."""
    global _bound
    before, _bound = _bound, connection
    try:
        yield
    finally:
        _bound = before


@contextmanager
def unit_of_work(*, read_only: bool = False) -> Iterator[Session]:
    """One transaction: committed at the end of the block, rolled back on any exception.

    A read-only one is refused by PostgreSQL when it tries to write.
    """
    with _transaction(_reading_engine() if read_only else engine()) as session:
        yield session


@contextmanager
def unit_of_work_apart() -> Iterator[Session]:
    """A short transaction beside the request's own: what is counted in it stays, though the request is rolled back.

    It has connections of its own: requests that hold one each never wait for each other to get a second.
    """
    with _transaction(_engine_apart()) as session:
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
