"""Two nodes that trade."""

import pytest
from support.pairs import pair
from support.trading import Pair


@pytest.fixture
def leek(pair: Pair) -> Pair:
    """Ten leeks in Wanju at 990 won."""
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    return pair


__all__ = ["leek", "pair"]
