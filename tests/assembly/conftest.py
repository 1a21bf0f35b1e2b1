"""A round of dana's hub on its day of collection."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from support.cast import Cast
from support.settling import Sold

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock


@pytest.fixture
def empty(node: Node, cast: Cast, clock: FixedClock) -> Sold:
    """A round that is not made yet."""
    return Sold(node, cast, clock)


@pytest.fixture
def sold(empty: Sold) -> Sold:
    """Two farms, exempt and taxed goods; alice and gina have their orders and paid 12,770 won."""
    (plum,) = empty.goods("매실청", price=990, tax_class="taxed")
    (leek,) = empty.goods("대파", price=2300)
    (rice,) = empty.goods("쌀", farm="other_farm", price=5000)
    orders = {"alice": {plum: 3, leek: 1}, "gina": {leek: 1, rice: 1}}
    return empty.ready(orders, ("farm", "other_farm")).hand_over()


@pytest.fixture
def dana(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    """The browser of the hub's activist."""
    return as_("dana")
