"""How many residents stand behind what was sold: a number that other plugins may ask for."""

from __future__ import annotations

from sqlalchemy import update

from wizzle.plugins.market.orders.models import OrderLine


def asked(node, *subjects: str, seller_id: int | None = None) -> int:
    with node.db.read() as session:
        return int(
            node.hooks.buyers(
                node=node, session=session, subjects=frozenset(subjects), seller_id=seller_id
            )
        )


def test_everybody_counts_once_and_only_if_they_paid_something(node, stall, cast):
    potato, bread = stall.product(), stall.product("빵", seller="other_farm")
    orders = [stall.order(name, {potato: 1}) for name in ("alice", "gina", "charlie")]
    both = stall.order("alice", {potato: 1, bread: 1})
    occasion = both.occasion
    assert asked(node, occasion) == 0  # nobody has paid yet
    with node.db.write() as session:
        session.execute(update(OrderLine).values(paid=1_000))
    farm, other = cast.space("farm").id, cast.space("other_farm").id
    assert asked(node, occasion) == 3
    assert asked(node, occasion, seller_id=farm) == 3
    assert asked(node, occasion, seller_id=other) == 1
    assert asked(node, f"order:{orders[0].id}", f"order:{both.id}") == 1
    assert asked(node, f"order:{orders[0].id}", f"order:{orders[1].id}", "cycle:999") == 2
    assert asked(node) == asked(node, "cycle:999") == 0
    with node.db.write() as session:  # all of it was given back
        session.execute(
            update(OrderLine).where(OrderLine.order_id == orders[2].id).values(refunded=1_000)
        )
    assert asked(node, occasion) == 2
