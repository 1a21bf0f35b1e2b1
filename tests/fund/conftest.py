"""A node whose fund hears of sales."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.sales import Sales

from wizzle.core.node import Node


@pytest.fixture
def sales(node: Node, cast: Cast) -> Sales:
    """Made-up sales on ``node``."""
    return Sales(node, cast)
