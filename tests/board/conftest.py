"""Nodes with a board, and an organisation that runs campaigns there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.campaigns import Board
from support.cast import PEOPLE, SPACES, Cast
from support.postgres import Server

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

PLUGINS = ("market", "assembly", "fund", "board")


@pytest.fixture(scope="session")
def board_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file with the tables of board, to be copied."""
    home = tmp_path_factory.mktemp("board_sqlite")
    make_node(home, plugins=PLUGINS).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def board_postgres(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database with the tables of board on the test server."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("board_postgres"), url=url, plugins=PLUGINS).close()
    return url


@pytest.fixture
def sqlite_node(tmp_path: Path, board_sqlite: Path, clock: FixedClock) -> Iterator[Node]:
    """A node on SQLite with a board."""
    shutil.copyfile(board_sqlite, tmp_path / "wizzle.db")
    node = make_node(tmp_path, clock=clock, migrated=True, plugins=PLUGINS)
    yield node
    node.close()


@pytest.fixture
def postgres_node(
    tmp_path: Path, postgres: Server, board_postgres: str, clock: FixedClock
) -> Iterator[Node]:
    """A node on PostgreSQL with a board."""
    with postgres.database(template=board_postgres) as url:
        node = make_node(tmp_path, url=url, clock=clock, migrated=True, plugins=PLUGINS)
        yield node
        node.close()


@pytest.fixture(autouse=True)
def _organisations(monkeypatch: pytest.MonkeyPatch) -> None:
    """dana and erin run the garden, frank the table, besides what they run elsewhere."""
    monkeypatch.setitem(SPACES, "garden", ("organisation", "수유 마을텃밭 모임"))
    monkeypatch.setitem(SPACES, "table", ("organisation", "번동 어르신 밥상"))
    for name, runs in (("dana", "garden"), ("erin", "garden"), ("frank", "table")):
        title, roles = PEOPLE[name]
        monkeypatch.setitem(PEOPLE, name, (title, (*roles, (runs, "owner"))))


@pytest.fixture
def garden(cast: Cast) -> int:
    """The id of the organisation, whose runners are there already."""
    for name in ("dana", "erin", "bob"):
        cast.person(name)
    return cast.space("garden").id


@pytest.fixture
def board(node: Node, cast: Cast, request: pytest.FixtureRequest) -> Board:
    """hana's organisation and its campaigns."""
    return Board(node, cast, lambda: request.getfixturevalue("site"))
