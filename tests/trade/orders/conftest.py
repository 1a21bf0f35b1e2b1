"""Two nodes that trade: a hub's round on the one, a farm on the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cast import Cast
from support.post import Post
from support.settling import Sold
from support.trading import GANGBUK, WANJU, Pair

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node

PLUGINS = ("market", "assembly", "fund", "trade")


@pytest.fixture
def pair(
    request: pytest.FixtureRequest, tmp_path: Path, trade_sqlite: Path, clock: FixedClock
) -> Iterator[Pair]:
    """Gangbuk and Wanju on SQLite, with one clock."""
    nodes = []
    for seed, host in enumerate((GANGBUK, WANJU), start=1):
        home = tmp_path / host
        home.mkdir()
        shutil.copyfile(trade_sqlite, home / "wizzle.db")
        nodes.append(
            make_node(home, clock=clock, seed=seed, migrated=True, plugins=PLUGINS,
                      address=f"https://{host}")
        )  # fmt: skip
    post = Post()
    for node in nodes:
        post.join(node)
    yield Pair(Sold(nodes[0], Cast(nodes[0]), clock), nodes[1], post, Cast(nodes[1]))
    for node in nodes:
        node.close()
