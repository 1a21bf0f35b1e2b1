"""The nodes that the tests play with, on SQLite and on PostgreSQL, each as good as new."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from support.places import in_memory
from support.postgres import Server
from support.sites import compile_once

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node
from wizzle.core.web import create_app

pytest_plugins = [
    "support.not_run", "support.postgres", "support.browser", "support.cast", "support.programs",
]  # fmt: skip

# Processes that tests start load compiled files, as those of an installed node do: without them
# each spends a second and more on reading sources. They stand apart from the checkout.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(sys.prefix) / "compiled")

for place in in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")
compile_once()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    home = tmp_path_factory.mktemp("sqlite_template")
    make_node(home).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def postgres_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database on the test server, to be copied."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("postgres_template"), url=url).close()
    return url


@pytest.fixture
def clock() -> FixedClock:
    """The clock of ``node``: it stands at nine on a Monday morning in Seoul until moved."""
    return FixedClock()


@pytest.fixture
def sqlite_node(tmp_path: Path, sqlite_template: Path, clock: FixedClock) -> Iterator[Node]:
    """A node on SQLite with what a neighbourhood has that stands alone."""
    shutil.copyfile(sqlite_template, tmp_path / "wizzle.db")
    node = make_node(tmp_path, clock=clock, migrated=True)
    yield node
    node.close()


@pytest.fixture
def postgres_node(
    tmp_path: Path, postgres: Server, postgres_template: str, clock: FixedClock
) -> Iterator[Node]:
    """A node on PostgreSQL with what a neighbourhood has that stands alone."""
    with postgres.database(template=postgres_template) as url:
        node = make_node(tmp_path, url=url, clock=clock, migrated=True)
        yield node
        node.close()


@pytest.fixture(params=["sqlite", "postgres"])
def node(request: pytest.FixtureRequest) -> Node:
    """A node with market, assembly and fund: the test runs once on each kind of database."""
    made: Node = request.getfixturevalue(f"{request.param}_node")
    return made


@pytest.fixture(scope="session")
def bare_postgres_template(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database without any plugin, to be copied."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("bare_postgres"), plugins=(), url=url).close()
    return url


@pytest.fixture
def bare_sqlite_node(tmp_path: Path, clock: FixedClock) -> Iterator[Node]:
    """A node without any plugin on SQLite."""
    node = make_node(tmp_path, plugins=(), clock=clock)
    yield node
    node.close()


@pytest.fixture
def bare_postgres_node(
    tmp_path: Path, postgres: Server, bare_postgres_template: str, clock: FixedClock
) -> Iterator[Node]:
    """A node without any plugin on PostgreSQL."""
    with postgres.database(template=bare_postgres_template) as url:
        node = make_node(tmp_path, plugins=(), url=url, clock=clock, migrated=True)
        yield node
        node.close()


@pytest.fixture(params=["sqlite", "postgres"])
def bare_node(request: pytest.FixtureRequest) -> Node:
    """A node without any plugin, on each kind of database: for tests of the core alone."""
    made: Node = request.getfixturevalue(f"bare_{request.param}_node")
    return made


@pytest.fixture
def new_node(tmp_path: Path) -> Iterator[Callable[..., Node]]:
    """Make nodes on SQLite with settings of the test's own."""
    made: list[Node] = []

    def make(name: str = "other", **choices: Any) -> Node:
        home = tmp_path / name
        home.mkdir()
        made.append(make_node(home, **choices))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def site(node: Node) -> Flask:
    """The website of ``node``; forms need no CSRF token here but where a test asks for it."""
    app = create_app(node)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    """A stranger's browser."""
    return site.test_client()
