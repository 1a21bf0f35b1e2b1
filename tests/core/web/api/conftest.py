"""The API with all that a neighbourhood has that stands alone, on each kind of database."""

from __future__ import annotations

import pytest

from wizzle.core.node import Node


@pytest.fixture(params=["sqlite", "postgres"])
def node(request: pytest.FixtureRequest) -> Node:
    made: Node = request.getfixturevalue(f"{request.param}_node")
    return made
