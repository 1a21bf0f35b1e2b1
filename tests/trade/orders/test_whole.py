"""A whole order: offered, accepted, shipped, received, settled, and stated at the month's end."""

from __future__ import annotations

import pytest
from support.trading import Pair


@pytest.mark.parametrize("pair", ["sqlite", "postgres"], indirect=True)
def test_from_basket_to_the_producers_account(pair: Pair):
    pair.grow("대파", price=990, stock=10)
    pair.there.person("erin")
    pair.ordered({"alice": {"대파": 3}, "gina": {"대파": 1}})
    assert pair.here.state == "offered"
    pair.settle_down()
    assert pair.states == ("accepted", "accepted")
    assert pair.stock("대파") == 6

    pair.ship()
    pair.settle_down()
    assert pair.states == ("shipped", "shipped")

    pair.sold.to("distributing")
    pair.settle_down()
    assert pair.states == ("delivered", "delivered")

    pair.sold.hand_over()
    pair.sold.settle()
    pair.settle_down()
    assert pair.states == ("settled", "settled")
    # 990 × 3 gives 208 / 238 / 2,524 and 990 × 1 gives 69 / 79 / 842.
    assert pair.mirrors() == (2524 + 842, -(2524 + 842))
    farm = pair.there.space("farm").id
    assert pair.balance(pair.wanju, "producer", farm) == 3366
    assert pair.balance(pair.gangbuk, "producer", pair.mirror) == 0
    assert pair.post.refused == []
