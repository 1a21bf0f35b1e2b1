"""Two nodes that trade, one on each kind of database: a hub's round here, a farm there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

from .cast import Cast
from .post import Post
from .postgres import Server
from .settling import Sold
from .trading import GANGBUK, WANJU, Pair

PLUGINS = ("market", "assembly", "fund", "trade")


@pytest.fixture
def pair(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    trade_sqlite: Path,
    trade_postgres: str,
    postgres: Server,
    clock: FixedClock,
) -> Iterator[Pair]:
    """Gangbuk and Wanju with one clock; the parameter names what Gangbuk stands on ("sqlite"),
    Wanju stands on the other."""
    here = getattr(request, "param", "sqlite")
    with ExitStack() as closing:
        nodes: list[Node] = []
        for seed, host in enumerate((GANGBUK, WANJU), start=1):
            home = tmp_path / host
            home.mkdir()
            url = None
            if (here == "postgres") == (host == GANGBUK):
                url = closing.enter_context(postgres.database(template=trade_postgres))
            else:
                shutil.copyfile(trade_sqlite, home / "wizzle.db")
            node = make_node(home, clock=clock, seed=seed, migrated=True, plugins=PLUGINS,
                             url=url, address=f"https://{host}")  # fmt: skip
            closing.callback(node.close)
            nodes.append(node)
        post = Post()
        for node in nodes:
            post.join(node)
        gangbuk, wanju = nodes
        yield Pair(Sold(gangbuk, Cast(gangbuk), clock), wanju, post, Cast(wanju))
