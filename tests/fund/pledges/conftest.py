"""Drives on a node."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.drives import Raising

from wizzle.core.node import Node


@pytest.fixture
def raising(node: Node, cast: Cast) -> Raising:
    """What people do with drives on ``node``."""
    return Raising(node, cast)
