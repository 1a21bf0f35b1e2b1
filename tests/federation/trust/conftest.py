"""Two nodes of two neighbourhoods: pumpkin in the city, quince where things grow.

Both are copied from one that has its keys already, since making them takes long; quince rotates
them, so that each has its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from support.linked import Linked, linked
from support.postgres import Server

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.web import create_app
from wizzle.federation.trust import keys

PLUGINS = ("market", "federation")


@pytest.fixture(scope="session")
def quince_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with keys."""
    home = tmp_path_factory.mktemp("quince")
    node = make_node(home, plugins=PLUGINS)
    keys.published(node)
    node.close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def pumpkin_file(quince_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with other keys."""
    home = tmp_path_factory.mktemp("pumpkin")
    shutil.copyfile(quince_file, home / "wizzle.db")
    node = make_node(home, plugins=PLUGINS, migrated=True)
    keys.rotate(node, now=True)
    node.close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def pumpkin_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database with keys on the test server."""
    url = postgres.new_database()
    node = make_node(tmp_path_factory.mktemp("pumpkin_template"), plugins=PLUGINS, url=url)
    keys.published(node)
    node.close()
    return url


@pytest.fixture
def quince(tmp_path: Path, quince_file: Path, clock: FixedClock) -> Iterator[Linked]:
    """A node on SQLite, with the same clock as pumpkin."""
    home = tmp_path / "quince"
    home.mkdir()
    shutil.copyfile(quince_file, home / "wizzle.db")
    with linked(home, plugins=PLUGINS, clock=clock, seed=2, migrated=True) as node:
        yield node


@pytest.fixture
def pumpkin_lite(tmp_path: Path, pumpkin_file: Path, clock: FixedClock) -> Iterator[Linked]:
    """A node on SQLite."""
    home = tmp_path / "pumpkin"
    home.mkdir()
    shutil.copyfile(pumpkin_file, home / "wizzle.db")
    with linked(home, plugins=PLUGINS, clock=clock, seed=1, migrated=True) as node:
        yield node


@pytest.fixture
def pumpkin_postgres(
    tmp_path: Path, postgres: Server, pumpkin_template: str, clock: FixedClock
) -> Iterator[Linked]:
    """The same on PostgreSQL."""
    choices = {"plugins": PLUGINS, "clock": clock, "seed": 1, "migrated": True}
    with (
        postgres.database(template=pumpkin_template) as url,
        linked(tmp_path / "pumpkin", url=url, **choices) as node,
    ):
        yield node


@pytest.fixture(params=["lite", "postgres"])
def pumpkin(request: pytest.FixtureRequest) -> Linked:
    """A node on each kind of database."""
    made: Linked = request.getfixturevalue(f"pumpkin_{request.param}")
    return made


@pytest.fixture
def node(tmp_path: Path, pumpkin_file: Path, clock: FixedClock) -> Iterator[Node]:
    """A node that is not served, on SQLite."""
    shutil.copyfile(pumpkin_file, tmp_path / "wizzle.db")
    made = make_node(
        tmp_path,
        clock=clock,
        plugins=PLUGINS,
        migrated=True,
        address="https://pumpkin.example",
        plugin_settings={"federation": {"open_call": True}},
    )
    yield made
    made.close()


@pytest.fixture
def reader(node: Node) -> FlaskClient:
    """A program of another node that reads what everyone may."""
    return create_app(node).test_client()
