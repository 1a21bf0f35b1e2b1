"""Nodes on which neighbours write: market and feed are on, and everybody has been here a while."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.cast import Cast
from support.postgres import Server

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node
from wizzle.plugins.feed.circles import actions as circles
from wizzle.plugins.feed.posts import actions as posts
from wizzle.plugins.feed.posts.rules import Wording

PLUGINS = ("market", "assembly", "fund", "feed")
Write = Callable[..., int]


@pytest.fixture(scope="session")
def feed_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file with the tables of the feed, to be copied."""
    home = tmp_path_factory.mktemp("feed_sqlite")
    make_node(home, plugins=PLUGINS).close()
    return home / "wizzle.db"


@pytest.fixture(scope="session")
def feed_postgres(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database with the tables of the feed on the test server."""
    url = postgres.new_database()
    make_node(tmp_path_factory.mktemp("feed_postgres"), url=url, plugins=PLUGINS).close()
    return url


@pytest.fixture
def sqlite_node(tmp_path: Path, feed_sqlite: Path, clock: FixedClock) -> Iterator[Node]:
    """A node on SQLite with a feed."""
    shutil.copyfile(feed_sqlite, tmp_path / "wizzle.db")
    node = make_node(tmp_path, clock=clock, migrated=True, plugins=PLUGINS)
    yield node
    node.close()


@pytest.fixture
def postgres_node(
    tmp_path: Path, postgres: Server, feed_postgres: str, clock: FixedClock
) -> Iterator[Node]:
    """A node on PostgreSQL with a feed."""
    with postgres.database(template=feed_postgres) as url:
        node = make_node(tmp_path, url=url, clock=clock, migrated=True, plugins=PLUGINS)
        yield node
        node.close()


@pytest.fixture
def neighbours(node: Node, cast: Cast, clock: FixedClock) -> dict[str, int]:
    """alice, gina, charlie, bob by their ids, here for long enough to do all; alice and gina have
    public pages."""
    ids = {name: cast.person(name).id for name in ("alice", "gina", "charlie", "bob")}
    clock.advance(days=4)
    with node.db.write() as session:
        for name in ("alice", "gina"):
            circles.open_page(node, session, ids[name], handle=name, name=name, words="안녕하세요")
    return ids


@pytest.fixture
def write(node: Node, neighbours: dict[str, int]) -> Write:
    """Publish a post and return its id: ``write("alice", "…", "members")``."""

    def written(who: str, text: str = "안녕", audience: str = "everyone", **more: Any) -> int:
        picture, shares = more.pop("picture", None), more.pop("shares", None)
        wording = Wording(text, audience, **more)
        with node.db.write() as session:
            key = node.random.token()
            me = neighbours[who]
            post = posts.begin(node, session, me, wording, key=key, shares=shares)
            if picture is not None:
                posts.add_picture(node, session, post.id, me, picture, "감 세 알")
            posts.publish(node, session, post.id, me)
            return post.id

    return written


@pytest.fixture
def circle(node: Node, neighbours: dict[str, int]) -> int:
    """alice's circle, in which gina is too."""
    with node.db.write() as session:
        made = circles.make(node, session, neighbours["alice"], name="옥상 텃밭")
        circles.invite(node, session, made.id, neighbours["alice"], "@gina")
        circles.accept(node, session, made.id, neighbours["gina"])
        return made.id
