"""The schema: what the migrations make is what the models say; every step goes down again; data survives."""

import re
from uuid import uuid4

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Enum, create_engine, text
from sqlalchemy.orm import Session

from backend import db, numbers
from backend.alerts.models import Alert
from backend.registry import metadata
from backend.tips.models import Tip
from binhyen import migrate
from tests import cluster, make

REVISIONS = [step.revision for step in ScriptDirectory.from_config(migrate.configuration()).walk_revisions()][::-1]


@pytest.fixture
def empty(admin_url):
    """A database with nothing in it."""
    name = f"empty_{uuid4().hex[:12]}"
    engine = create_engine(cluster.create_database(admin_url, name))
    yield engine
    engine.dispose()
    cluster.drop_database(admin_url, name)


def shape(engine: Engine) -> set[tuple[str, ...]]:
    """Every column, index, constraint, function and trigger there is."""
    queries = [
        (
            "SELECT 'column', table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = 'public'"
        ),
        "SELECT 'index', tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public'",
        (
            "SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '' FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace"
        ),
        (
            "SELECT 'function', proname, pg_get_function_identity_arguments(oid), '', '' FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace"
        ),
        "SELECT 'trigger', tgrelid::regclass::text, tgname, '', '' FROM pg_trigger WHERE NOT tgisinternal",
        (
            "SELECT 'type', typname, typtype::text, '', '' FROM pg_type WHERE typnamespace = 'public'::regnamespace "
            "AND typtype = 'e'"
        ),
    ]
    with engine.connect() as connection:
        return {tuple(map(str, row)) for query in queries for row in connection.execute(text(query))}


def down(engine: Engine, revision: str) -> None:
    config = migrate.configuration()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def insert_ward(engine: Engine) -> None:
    """A ward in the words of the first migrations: the model may know columns that the database has not yet."""
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO provinces VALUES ('99', 'Tỉnh Minh Họa', 'tinh minh hoa')"))
        facts = "code, province_code, name, kind, full_name, search_name, sort_key, active, is_sample"
        values = "'99001', '99', 'Ban Mai', 'phuong', 'Phường Ban Mai', 'ban mai', 'b', true, true"
        connection.execute(text(f"INSERT INTO wards ({facts}) VALUES ({values})"))


def test_models_and_migrations_agree(empty):
    migrate.upgrade(empty)
    config = migrate.configuration()
    with empty.connect() as connection:
        config.attributes["connection"] = connection
        command.check(config)
    assert migrate.missing_revisions(empty) == []


def test_each_closed_set_holds_the_values_of_its_enum(empty):
    """Alembic does not compare CHECKs: a member that no migration lets in would be refused at its first use."""
    migrate.upgrade(empty)
    checks = text("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'")
    with empty.connect() as connection:
        held = {name: set(re.findall(r"'([^']+)'", check)) for name, check in connection.execute(checks)}
    wanted = {
        f"ck_{table.name}_{column.type.name}": set(column.type.enums)
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum)
    }
    assert {name: held.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_step_down_undoes_the_step_up(empty, revision):
    before_it = [None, *REVISIONS][REVISIONS.index(revision)]
    if before_it:
        migrate.upgrade(empty, before_it)
    before = {row for row in shape(empty) if row[1] != "alembic_version"}
    migrate.upgrade(empty, revision)
    assert shape(empty) != before
    down(empty, before_it or "base")
    assert {row for row in shape(empty) if row[1] != "alembic_version"} == before
    migrate.upgrade(empty, revision)


def test_data_survives_a_second_upgrade(real_db):
    with db.unit_of_work() as session:
        make.make_staff(session, make.make_ward(session))
    migrate.upgrade(db.engine())
    with db.unit_of_work() as session:
        assert session.scalar(text("SELECT count(*) FROM staff")) == 1


def test_wards_of_before_keep_the_clocks_of_the_installation(empty):
    migrate.upgrade(empty, "0004")
    insert_ward(empty)
    migrate.upgrade(empty)
    kept = text("SELECT name, acknowledge_hours, verify_days FROM wards")
    with empty.begin() as connection:
        assert connection.execute(kept).all() == [("Ban Mai", None, None)]
        connection.execute(text("UPDATE wards SET acknowledge_hours = 48"))
    down(empty, "0004")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT name FROM wards")).all() == [("Ban Mai",)]


def test_every_ward_counts_on_when_the_counters_move(empty):
    migrate.upgrade(empty, "0009")
    insert_ward(empty)
    with empty.begin() as connection:
        connection.execute(text("INSERT INTO tip_counters VALUES ('99001', 40)"))
        connection.execute(text("INSERT INTO alert_counters VALUES ('99001', 7)"))
    migrate.upgrade(empty)
    with Session(empty) as session:
        assert [numbers.next_number(session, model, ward_id="99001") for model in (Tip, Alert, Tip)] == [41, 8, 42]
        session.commit()
    down(empty, "0009")
    with empty.connect() as connection:
        assert connection.execute(text("SELECT last FROM tip_counters")).scalar_one() == 42
        assert connection.execute(text("SELECT last FROM alert_counters")).scalar_one() == 8


def test_two_servers_may_migrate_at_once(empty):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: migrate.upgrade(empty), range(2)))
    assert migrate.missing_revisions(empty) == []
