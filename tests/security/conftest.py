"""A round to be attacked."""

from __future__ import annotations

import pytest
from support.cast import Cast
from support.rounds import Round

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock


@pytest.fixture
def round_(node: Node, cast: Cast, clock: FixedClock) -> Round:
    """An open round of dana's hub with two products of the farm."""
    made = Round(node, cast, clock)
    made.goods("감자", "대파")
    return made.draft().offer().to("open")
