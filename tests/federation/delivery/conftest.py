"""A node that talks to others, on both kinds of database, with peers that a test can play with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.federated import Wire, join, near, standing
from support.postgres import Server

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

PLUGINS = ("federation",)


@pytest.fixture(scope="session")
def sqlite_federated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    home = tmp_path_factory.mktemp("sqlite_federated")
    make_node(home, plugins=PLUGINS).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def postgres_federated(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database on the test server, to be copied."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("pg_federated"), url=url, plugins=PLUGINS).close()
    return url


@pytest.fixture
def here_sqlite(tmp_path: Path, sqlite_federated: Path, clock: FixedClock) -> Iterator[Node]:
    shutil.copyfile(sqlite_federated, tmp_path / "wizzle.db")
    node = make_node(tmp_path, clock=clock, migrated=True, plugins=PLUGINS)
    yield node
    node.close()


@pytest.fixture
def here_postgres(
    tmp_path: Path, postgres: Server, postgres_federated: str, clock: FixedClock
) -> Iterator[Node]:
    with postgres.database(template=postgres_federated) as url:
        node = make_node(tmp_path, url=url, clock=clock, migrated=True, plugins=PLUGINS)
        yield node
        node.close()


@pytest.fixture(params=["sqlite", "postgres"])
def here(request: pytest.FixtureRequest) -> Node:
    """A node with the federation alone: the test runs once on each kind of database."""
    made: Node = request.getfixturevalue(f"here_{request.param}")
    return made


@pytest.fixture
def wire() -> Wire:
    """What lies between the nodes of a test."""
    return Wire()


@pytest.fixture(params=["near"])
def pair(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    clock: FixedClock,
    wire: Wire,
    sqlite_federated: Path,
) -> Iterator[tuple[Node, Node]]:
    """Two nodes that are tied to each other: near (in this process), served, or on PostgreSQL."""
    stand = near if request.param == "near" else standing
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    for name in ("pumpkin", "quince"):
        (tmp_path / name).mkdir()
        shutil.copyfile(sqlite_federated, tmp_path / name / "wizzle.db")
    with (
        stand(wire, tmp_path / "pumpkin", "pumpkin.example", clock=clock, migrated=True) as pumpkin,
        stand(
            wire, tmp_path / "quince", "quince.example", clock=clock, url=url, migrated=not url
        ) as quince,
    ):
        join(pumpkin, quince)
        yield pumpkin, quince
