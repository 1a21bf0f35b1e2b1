"""Two nodes that are tied to each other, each with public life."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import delete
from support.federated import Wire, copied, joined_once, near, tie
from support.postgres import Server
from support.public import PLUGINS

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock, make_node
from wizzle.federation.trust.actions import keys
from wizzle.federation.trust.models import Peer

PUMPKIN, QUINCE = "pumpkin.example", "quince.example"


@pytest.fixture
def wire() -> Wire:
    """What lies between the nodes of a test."""
    return Wire()


@pytest.fixture(scope="session")
def public_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two nodes with keys that are tied to each other, to be copied."""
    return joined_once(tmp_path_factory.mktemp("public"), PUMPKIN, QUINCE, plugins=PLUGINS)


@pytest.fixture(scope="session")
def public_postgres(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a migrated database on the test server with keys, to be copied."""
    url = postgres.new_database()
    node = make_node(tmp_path_factory.mktemp("pg_public"), url=url, plugins=PLUGINS)
    keys.published(node)
    node.close()
    return url


@pytest.fixture
def pair(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock, wire: Wire,
    public_homes: Path, postgres: Server, public_postgres: str,
) -> Iterator[tuple[Node, Node]]:  # fmt: skip
    """Pumpkin on SQLite and Quince on PostgreSQL; a parameter "postgres" turns that round."""
    here, there = (copied(public_homes, host, tmp_path) for host in (PUMPKIN, QUINCE))
    choices = {"clock": clock, "plugins": PLUGINS, "migrated": True}
    with ExitStack() as closing:
        url = closing.enter_context(postgres.database(template=public_postgres))
        turned = getattr(request, "param", "") == "postgres"
        urls = (url, None) if turned else (None, url)
        pumpkin = closing.enter_context(near(wire, here, PUMPKIN, url=urls[0], **choices))
        quince = closing.enter_context(near(wire, there, QUINCE, url=urls[1], **choices))
        tie(*((pumpkin, quince) if turned else (quince, pumpkin)))
        yield pumpkin, quince


@pytest.fixture
def strangers(
    tmp_path: Path, clock: FixedClock, wire: Wire, public_homes: Path
) -> Iterator[tuple[Node, Node]]:
    """Pumpkin, which lets anybody follow what is public there, and Quince, not joined with it."""
    here, there = (copied(public_homes, host, tmp_path) for host in (PUMPKIN, QUINCE))
    choices = {"clock": clock, "plugins": PLUGINS, "migrated": True}
    settings = {"federation": {"open_following": True}}
    with (
        near(wire, here, PUMPKIN, plugin_settings=settings, **choices) as pumpkin,
        near(wire, there, QUINCE, plugin_settings=settings, **choices) as quince,
    ):
        for node in (pumpkin, quince):
            with node.db.write() as session:
                session.execute(delete(Peer))
        yield pumpkin, quince
