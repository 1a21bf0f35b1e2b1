"""A round whose goods arrive: wishes set as the goods' pages would, and the work seen by dana."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from support.arrivals import Arrival
from support.cast import Cast
from support.rounds import Round

from wizzle.core.node import Node
from wizzle.core.testing import FixedClock


@pytest.fixture
def round_(node: Node, cast: Cast, clock: FixedClock) -> Round:
    """A draft round of the hub with two products of the farm."""
    made = Round(node, cast, clock)
    made.goods("감자", "대파")
    return made.draft().offer()


@pytest.fixture
def dana(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    """The browser of the hub's activist."""
    return as_("dana")


@pytest.fixture
def alice(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    """The browser of a resident."""
    return as_("alice")


@pytest.fixture
def arrival(round_: Round) -> Arrival:
    """The round of the hub, open, for orders."""
    round_.to("open")
    return Arrival(round_)
