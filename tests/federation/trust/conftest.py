"""Two nodes of two neighbourhoods: pumpkin in the city, quince where things grow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.linked import Linked, linked

from wizzle.core.testing import FixedClock


@pytest.fixture(params=["sqlite", "postgres"])
def pumpkin(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> Iterator[Linked]:
    """A node on each kind of database."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    with linked(tmp_path / "pumpkin", clock=clock, url=url, seed=1) as node:
        yield node


@pytest.fixture
def quince(tmp_path: Path, clock: FixedClock) -> Iterator[Linked]:
    """Another node, on SQLite, with the same clock."""
    with linked(tmp_path / "quince", clock=clock, seed=2) as node:
        yield node


