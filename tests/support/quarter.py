"""Nodes with the locality besides what a neighbourhood has that stands alone, as fixtures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

from .postgres import Server

PLUGINS = ("market", "assembly", "fund", "locality")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    home = tmp_path_factory.mktemp("sqlite_quarter")
    make_node(home, plugins=PLUGINS).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def postgres_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database on the test server, to be copied."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("postgres_quarter"), url=url, plugins=PLUGINS).close()
    return url


@pytest.fixture
def sqlite_node(tmp_path: Path, sqlite_template: Path, clock: FixedClock) -> Iterator[Node]:
    """A node on SQLite."""
    shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
    node = make_node(tmp_path, plugins=PLUGINS, clock=clock, migrated=True)
    yield node
    node.close()


@pytest.fixture
def postgres_node(
    tmp_path: Path, postgres: Server, postgres_template: str, clock: FixedClock
) -> Iterator[Node]:
    """A node on PostgreSQL."""
    with postgres.database(template=postgres_template) as url:
        node = make_node(tmp_path, plugins=PLUGINS, url=url, clock=clock, migrated=True)
        yield node
        node.close()
