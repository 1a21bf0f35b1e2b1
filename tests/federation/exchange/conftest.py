"""Two nodes, one of which follows what the other publishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.federated import Wire, copied, joined_once, near
from support.gardens import Cellar, Garden, Pair

from wizzle.core.addresses import space_actor
from wizzle.core.models import Space
from wizzle.core.testing import FixedClock

WANJU, GANGBUK = "wanju.example", "gangbuk.example"


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both nodes as they are before each test."""
    return joined_once(tmp_path_factory.mktemp("exchange"), WANJU, GANGBUK)


@pytest.fixture
def pair(tmp_path: Path, homes: Path) -> Iterator[Pair]:
    wire, clock = Wire(), FixedClock()
    here, there = copied(homes, WANJU, tmp_path), copied(homes, GANGBUK, tmp_path)
    with (
        near(wire, here, WANJU, clock=clock, migrated=True) as wanju,
        near(wire, there, GANGBUK, clock=clock, seed=2, migrated=True) as gangbuk,
    ):
        garden, cellar = Garden(f"https://{WANJU}"), Cellar()
        wanju.host._manager.register(garden)
        gangbuk.host._manager.register(cellar)
        with wanju.db.write() as session:
            space = Space(kind="producer", slug="farm", name="완주 농부", created_at=clock.now())
            session.add(space)
            session.flush()
            actor = space_actor(f"https://{WANJU}", space.id)
        yield Pair(wire, wanju, gangbuk, garden, cellar, clock, actor)
