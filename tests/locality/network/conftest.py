"""A node with the locality, and money that goes round on it."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.going_round import Money
from support.quarter import postgres_node, postgres_template, sqlite_node, sqlite_template

from wizzle.core.node import Node

__all__ = ["postgres_node", "postgres_template", "sqlite_node", "sqlite_template"]


@pytest.fixture
def money(node: Node, cast: Cast) -> Money:
    """Sales in made-up rounds and shops, with as many buyers as a test says."""
    return Money(node, cast)
