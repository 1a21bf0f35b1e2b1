"""Two nodes that are tied to each other, each with public life."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from support.federated import Wire, copied, joined_once, near, tie
from support.public import PLUGINS

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock
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


@pytest.fixture(params=["sqlite", "postgres"])
def pair(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock, wire: Wire,
    public_homes: Path,
) -> Iterator[tuple[Node, Node]]:  # fmt: skip
    """Pumpkin and Quince; Quince stands on each kind of database in turn."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    here, there = (copied(public_homes, host, tmp_path) for host in (PUMPKIN, QUINCE))
    choices = {"clock": clock, "plugins": PLUGINS}
    with (
        near(wire, here, PUMPKIN, migrated=True, **choices) as pumpkin,
        near(wire, there, QUINCE, url=url, migrated=not url, **choices) as quince,
    ):
        if url:
            tie(quince, pumpkin)
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
