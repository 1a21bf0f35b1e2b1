"""Nodes whose neighbourhood tells of itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import Server

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

PLUGINS = ("market", "assembly", "fund", "locality")


@pytest.fixture(scope="session")
def locality_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file with the tables of the locality, to be copied."""
    home = tmp_path_factory.mktemp("locality_sqlite")
    make_node(home, plugins=PLUGINS).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def locality_postgres(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database with the tables of the locality on the test server."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("locality_postgres"), url=url, plugins=PLUGINS).close()
    return url


@pytest.fixture
def sqlite_node(tmp_path: Path, locality_sqlite: Path, clock: FixedClock) -> Iterator[Node]:
    """A node on SQLite with the locality."""
    shutil.copyfile(locality_sqlite, tmp_path / "wizzle.db")
    node = make_node(tmp_path, clock=clock, migrated=True, plugins=PLUGINS)
    yield node
    node.close()


@pytest.fixture
def postgres_node(
    tmp_path: Path, postgres: Server, locality_postgres: str, clock: FixedClock
) -> Iterator[Node]:
    """A node on PostgreSQL with the locality."""
    with postgres.database(template=locality_postgres) as url:
        node = make_node(tmp_path, url=url, clock=clock, migrated=True, plugins=PLUGINS)
        yield node
        node.close()
