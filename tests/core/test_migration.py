"""Migrations: rows are kept, a failed one leaves nothing, a removed plugin stops no one."""

from __future__ import annotations

import shutil
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from wizzle.core import hookspecs, migration
from wizzle.core.db import Base, Database
from wizzle.core.host import Host, Loaded, Plugin, load
from wizzle.core.values import Text
from wizzle.node_config import PluginChoice

BUILT_IN = (
    "market", "assembly", "fund", "federation", "trade", "locality", "board", "feed"
)  # fmt: skip

FIRST = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "garden_0001", None
branch_labels, depends_on = ("garden",), ("core_0001",)
def upgrade():
    op.create_table("garden_bed", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("garden_plant", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("bed_id", sa.Integer, sa.ForeignKey("garden_bed.id", ondelete="CASCADE")))
def downgrade():
    op.drop_table("garden_plant")
    op.drop_table("garden_bed")
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "garden_0002", "garden_0001", None, None
def upgrade():
    with op.batch_alter_table("garden_bed") as bed:
        bed.add_column(sa.Column("name", sa.String(20), server_default="", nullable=False))
        bed.create_unique_constraint("uq_garden_bed_id_name", ["id", "name"])
def downgrade():
    pass
"""
BROKEN = (
    SECOND.replace("0002", "0003")
    .replace("0001", "0002")
    .replace(
        'with op.batch_alter_table("garden_bed") as bed:',
        'op.create_table("garden_left_behind", sa.Column("id", sa.Integer, primary_key=True))\n'
        '    raise RuntimeError("half-way")\n'
        '    with op.batch_alter_table("garden_bed") as bed:',
    )
)


@pytest.fixture
def garden(tmp_path: Path) -> tuple[Host, Path]:
    """A host with a foreign plugin, whose history can be written by the test."""
    folder = tmp_path / "garden"
    (folder / "migrations").mkdir(parents=True)
    module = types.ModuleType("garden_hooks")
    module.__file__ = str(folder / "hooks.py")
    plugin = Plugin("garden", Text("텃밭", "Garden"), "1")
    return Host([Loaded(plugin, module)], hookspecs), folder / "migrations"


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    on_postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if on_postgres else f"sqlite:///{tmp_path}/a.db"
    made = Database(url)
    yield made
    made.close()


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def test_children_survive_when_their_parent_table_is_rebuilt(database, garden):
    host, history = garden
    (history / "garden_0001.py").write_text(FIRST)
    assert "garden_0001" in migration.migrate(database, host)
    with database.write() as session:
        session.execute(text("INSERT INTO garden_bed (id) VALUES (1)"))
        session.execute(text("INSERT INTO garden_plant (id, bed_id) VALUES (1, 1), (2, 1)"))
    (history / "garden_0002.py").write_text(SECOND)
    assert migration.pending(database, host) == ["garden_0002"]
    assert migration.migrate(database, host) == ["garden_0002"]
    assert migration.migrate(database, host) == []
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM garden_plant")).scalar() == 2


def test_a_migration_that_fails_half_way_leaves_nothing(database, garden):
    host, history = garden
    (history / "garden_0001.py").write_text(FIRST)
    (history / "garden_0002.py").write_text(SECOND)
    migration.migrate(database, host)
    (history / "garden_0003.py").write_text(BROKEN)
    with pytest.raises(RuntimeError, match="half-way"):
        migration.migrate(database, host)
    assert "garden_left_behind" not in tables(database)
    assert migration.pending(database, host) == ["garden_0003"]


def test_a_plugin_that_was_removed_stops_no_later_migration(database, garden, tmp_path):
    host, history = garden
    archive = tmp_path / "archive"
    (history / "garden_0001.py").write_text(FIRST)
    migration.migrate(database, host, archive=archive)
    shutil.rmtree(history)
    alone = Host([], hookspecs)
    assert migration.migrate(database, alone, archive=archive) == []
    assert "garden_plant" in tables(database)


def test_a_plugin_switched_off_and_on_finds_its_data(database, garden, tmp_path):
    host, history = garden
    archive = tmp_path / "archive"
    (history / "garden_0001.py").write_text(FIRST)
    migration.migrate(database, host, archive=archive)
    with database.write() as session:
        session.execute(text("INSERT INTO garden_bed (id) VALUES (7)"))
    migration.migrate(database, Host([], hookspecs), archive=archive)
    (history / "garden_0002.py").write_text(SECOND)
    assert migration.migrate(database, host, archive=archive) == ["garden_0002"]
    with database.read() as session:
        assert session.execute(text("SELECT id FROM garden_bed")).scalar() == 7


def test_rows_without_parents_are_refused(garden, tmp_path):
    database = Database(f"sqlite:///{tmp_path}/orphans.db")
    host, history = garden
    (history / "garden_0001.py").write_text(FIRST)
    (history / "garden_0002.py").write_text(
        SECOND.replace(
            '    with op.batch_alter_table("garden_bed") as bed:',
            '    op.execute("INSERT INTO garden_plant (id, bed_id) VALUES (1, 99)")\n'
            '    with op.batch_alter_table("garden_bed") as bed:',
        )
    )
    with pytest.raises(migration.MigrationFailed, match="garden_plant"):
        migration.migrate(database, host)
    assert tables(database) <= {"alembic_version"}
    database.close()


def is_mapped(_thing, name, kind, _reflected, _other):
    """SQLite finds words by a virtual table, which keeps itself in tables that no model knows, and
    has no use for PostgreSQL's index of them."""
    if kind == "table":
        return not name.startswith("core_search_words")
    return name != "ix_core_search_found_marks"


def test_models_and_migrations_say_the_same(database):
    host = load(PluginChoice(enabled=BUILT_IN), hookspecs)
    migration.migrate(database, host)
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "include_object": is_mapped}
        context = MigrationContext.configure(connection, opts=opts)
        difference = compare_metadata(context, Base.metadata)
    assert difference == []


def test_every_history_goes_down_and_up_again(database):
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    host = load(PluginChoice(enabled=BUILT_IN), hookspecs)
    migration.migrate(database, host)
    script = migration._script(migration.histories(host), None)
    with (
        database.engine.begin() as connection,
        EnvironmentContext(
            Config(), script, fn=lambda rev, _: script._downgrade_revs("base", rev)
        ) as environment,
    ):
        environment.configure(connection=connection, target_metadata=Base.metadata)
        environment.run_migrations()
    assert tables(database) <= {"alembic_version"}
    migration.migrate(database, host)
    assert "core_person" in tables(database)


def test_postgresql_has_an_index_of_what_can_be_found(database):
    migration.migrate(database, Host([], hookspecs))
    indexes = {each["name"] for each in inspect(database.engine).get_indexes("core_search_found")}
    assert ("ix_core_search_found_marks" in indexes) is not database.is_sqlite
