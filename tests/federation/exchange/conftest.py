"""Two nodes, one of which follows what the other publishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.federated import Wire, join, near
from support.gardens import Cellar, Garden, Pair

from wizzle.core.addresses import space_actor
from wizzle.core.models import Space
from wizzle.core.testing import FixedClock


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    wire, clock = Wire(), FixedClock()
    with (
        near(wire, tmp_path / "wanju", "wanju.example", clock=clock) as wanju,
        near(wire, tmp_path / "gangbuk", "gangbuk.example", clock=clock, seed=2) as gangbuk,
    ):
        garden, cellar = Garden("https://wanju.example"), Cellar()
        wanju.host._manager.register(garden)
        gangbuk.host._manager.register(cellar)
        join(wanju, gangbuk)
        with wanju.db.write() as session:
            space = Space(kind="producer", slug="farm", name="완주 농부", created_at=clock.now())
            session.add(space)
            session.flush()
            actor = space_actor("https://wanju.example", space.id)
        yield Pair(wire, wanju, gangbuk, garden, cellar, clock, actor)
