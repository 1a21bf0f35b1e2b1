"""Votes on the fund's money."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.votes import Votes

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock


@pytest.fixture
def votes(node: Node, clock: FixedClock, cast: Cast) -> Votes:
    return Votes(node, clock, cast)
