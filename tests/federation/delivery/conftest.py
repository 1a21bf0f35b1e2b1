"""A node that talks to others, on both kinds of database, with peers that a test can play with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.federated import Wire, copied, joined_once, near, standing, tie
from support.postgres import Server

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

PLUGINS = ("federation",)
PUMPKIN, QUINCE = "pumpkin.example", "quince.example"


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


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nodes with keys that are tied to each other, to be copied."""
    return joined_once(tmp_path_factory.mktemp("delivery"), PUMPKIN, QUINCE)


@pytest.fixture(params=["near"])
def pair(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock, wire: Wire, homes: Path
) -> Iterator[tuple[Node, Node]]:
    """Two nodes that are tied to each other: near (in this process), served, or on PostgreSQL."""
    stand = near if request.param == "near" else standing
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    here, there = (copied(homes, host, tmp_path) for host in (PUMPKIN, QUINCE))
    with (
        stand(wire, here, PUMPKIN, clock=clock, migrated=True) as pumpkin,
        stand(wire, there, QUINCE, clock=clock, url=url, migrated=not url) as quince,
    ):
        if url:
            tie(quince, pumpkin)
        yield pumpkin, quince
