"""A node without plugins but one that tells things to alice, gina and the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.cast import Cast
from support.postgres import Server
from support.telling import garden

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node


@pytest.fixture(scope="session")
def bare_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file without any plugin, to be copied."""
    home = tmp_path_factory.mktemp("bare_sqlite")
    make_node(home, plugins=()).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def bare_postgres(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database without any plugin, to be copied."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("bare_postgres"), plugins=(), url=url).close()
    return url


@pytest.fixture
def on_sqlite(tmp_path: Path, bare_sqlite: Path, clock: FixedClock) -> Iterator[Node]:
    shutil.copyfile(bare_sqlite, tmp_path / "wizzle.db")
    made = make_node(tmp_path, plugins=(), clock=clock, migrated=True)
    with garden(made):
        yield made
    made.close()


@pytest.fixture
def on_postgres(
    tmp_path: Path, postgres: Server, bare_postgres: str, clock: FixedClock
) -> Iterator[Node]:
    with postgres.database(template=bare_postgres) as url:
        made = make_node(tmp_path, plugins=(), url=url, clock=clock, migrated=True)
        with garden(made):
            yield made
        made.close()


@pytest.fixture(params=["on_sqlite", "on_postgres"])
def node(request: pytest.FixtureRequest) -> Node:
    made: Node = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def id_of(cast: Cast) -> Callable[[str], int]:
    """Return the id of somebody of the cast."""
    return lambda name: cast.person(name).id
