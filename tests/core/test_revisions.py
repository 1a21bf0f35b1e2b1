"""Whether a database is up to date, told without Alembic: never wrongly, compared with Alembic."""

from __future__ import annotations

import shutil
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from wizzle.core import hookspecs, migration
from wizzle.core.db import Database
from wizzle.core.host import Host, Loaded, Plugin
from wizzle.core.revisions import all_there
from wizzle.core.values import Text

REVISION = """
revision = "{name}"
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {on!r}
def upgrade():
    pass
def downgrade():
    pass
"""


class Ground:
    """A node's database and folder, with the plugins garden and orchard."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database, self.archive = folder, database, folder / "archive"
        self.write("garden", 1, None, on="core_0001")
        self.write("orchard", 1, None, on="garden_0001")

    def write(self, plugin: str, number: int, down: str | None, on: str | None = None) -> Path:
        """Write a revision as a new version of a plugin would bring it."""
        history = self.folder / plugin / "migrations"
        history.mkdir(parents=True, exist_ok=True)
        name = f"{plugin}_{number:04}"
        labels = (plugin,) if down is None else None
        file = history / f"{name}.py"
        file.write_text(REVISION.format(name=name, down=down, labels=labels, on=on))
        return file

    def host(self, *names: str) -> Host:
        """Return a host with these plugins switched on."""
        loaded = []
        for name in names:
            module = types.ModuleType(name)
            module.__file__ = str(self.folder / name / "hooks.py")
            loaded.append(Loaded(Plugin(name, Text(name, name), "1"), module))
        return Host(loaded, hookspecs)

    def migrate(self, *names: str) -> None:
        migration.migrate(self.database, self.host(*names), archive=self.archive)

    def told(self, *names: str) -> bool:
        """Return what is told without Alembic; whether Alembic agrees is checked on the way."""
        host = self.host(*names)
        told = all_there(self.database, host, self.archive)
        assert not (told and migration.pending(self.database, host, archive=self.archive))
        return told


@pytest.fixture(params=["sqlite", "postgres"])
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    on_postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if on_postgres else f"sqlite:///{tmp_path}/a.db"
    database = Database(url)
    yield Ground(tmp_path, database)
    database.close()


def test_nothing_is_there_in_a_new_database_and_all_after_it_was_migrated(ground):
    assert not ground.told("garden", "orchard")
    ground.migrate("garden", "orchard")
    assert ground.told("garden", "orchard")


def test_the_heads_of_every_plugin_that_is_on_are_wanted_and_of_no_other(ground):
    ground.migrate("garden")
    assert ground.told("garden")
    assert not ground.told("garden", "orchard")  # switched on
    ground.migrate("garden", "orchard")
    assert ground.told("garden", "orchard")
    assert ground.told("garden")  # switched off again
    assert ground.told()


@pytest.mark.parametrize("behind", ["garden", "orchard"])
def test_a_new_revision_of_any_plugin_is_seen(ground, behind):
    ground.migrate("garden", "orchard")
    ground.write(behind, 2, f"{behind}_0001")
    assert not ground.told("garden", "orchard")
    ground.migrate("garden", "orchard")
    assert ground.told("garden", "orchard")


def test_a_revision_between_two_that_were_applied_is_seen(ground):
    ground.write("garden", 3, "garden_0001")
    ground.migrate("garden")
    ground.write("garden", 2, "garden_0001")
    ground.write("garden", 3, "garden_0002")
    with ground.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'garden_0001'"
                             " WHERE version_num = 'garden_0003'"))  # fmt: skip
    assert not ground.told("garden")


def test_a_file_that_is_written_otherwise_is_left_to_alembic(ground):
    file = ground.write("garden", 1, None, on="core_0001")
    ground.migrate("garden")
    file.write_text(file.read_text().replace('"garden_0001"', '"garden_" + "0001"'))
    assert not ground.told("garden")


def test_a_copy_that_is_missing_is_made_again(ground):
    ground.migrate("garden")
    shutil.rmtree(ground.archive / "garden")
    assert not ground.told("garden")
    ground.migrate("garden")
    assert (ground.archive / "garden" / "garden_0001.py").is_file()
    assert ground.told("garden")


def test_a_copy_that_cannot_be_read_is_left_to_alembic(ground):
    ground.migrate("garden", "orchard")
    (ground.archive / "orchard" / "orchard_0001.py").write_bytes(b"revision = '\xff'\n")
    assert not all_there(ground.database, ground.host("garden"), ground.archive)
