"""The days in which residents order, change their minds, and withdraw."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from .....core.errors import Refused
from .....core.models import Person
from ....market import (
    Item,
    Order,
    Product,
    change_order,
    order_lines,
    piece_price,
    place_order,
    withdraw_order,
)
from ..rules import Good, items, smaller
from .stage import Stage


def order_until_cut_off(stage: Stage) -> None:
    """Let every resident order once, and some come back to change or withdraw."""
    pause = (stage.cut_off - stage.opens_at) / (len(stage.residents) + 1)
    placed: list[tuple[Person, int]] = []
    for person in stage.residents:
        stage.clock.set(stage.clock.now() + pause)
        order_id = _order(stage, person)
        if order_id is not None:
            placed.append((person, order_id))
        if placed and stage.chance.happens(30):
            _change(stage, *stage.chance.pick(placed))
        if placed and stage.chance.happens(7):
            _withdraw(stage, *placed.pop(stage.chance.between(0, len(placed) - 1)))
    stage.clock.set(stage.cut_off + timedelta(minutes=1))
    _come_too_late(stage)


def _order(stage: Stage, person: Person) -> int | None:
    """Order a cart; what is refused for lack of stock is tried again with what there is."""
    cart = stage.chance.cart(_goods(stage))
    for attempt in range(3):
        if not cart:
            return None
        order_id = _place(stage, person, cart, f"{person.id}/{attempt}")
        if order_id is not None:
            stage.counts.orders += 1
            if stage.chance.happens(10):
                _repeat(stage, person, cart, f"{person.id}/{attempt}", order_id)
            return order_id
        cart = smaller(cart, _goods(stage))
    return None


def _place(stage: Stage, person: Person, cart: dict[int, int], key: str) -> int | None:
    try:
        with stage.node.db.write() as session:
            order = place_order(
                stage.node, session, person, occasion=stage.occasion, key=key,
                items=_wished(stage, cart), host_id=stage.hub_ids[person.id % 2],
            )  # fmt: skip
            return order.id
    except Refused:
        stage.counts.refused += 1
        return None


def _wished(stage: Stage, cart: dict[int, int]) -> list[Item]:
    goods = _goods(stage)
    return [Item(id_, number, stage.chance.wish(goods[id_])) for id_, number in cart.items()]


def _repeat(stage: Stage, person: Person, cart: dict[int, int], key: str, order_id: int) -> None:
    """Send the same request once more, as a browser does whose answer was lost."""
    if _place(stage, person, cart, key) != order_id:
        raise AssertionError("a repeated request made another order")
    stage.counts.repeated += 1


def _change(stage: Stage, person: Person, order_id: int) -> None:
    """Take one product out or another in, and more of a third."""
    goods = _goods(stage)
    with stage.node.db.read() as session:
        lines = order_lines(session, stage.occasion, order_ids=[order_id])
        version = session.scalars(select(Order.version).where(Order.id == order_id)).one()
    cart = {line.product_id: line.quantity for line in lines}
    if len(cart) > 1 and stage.chance.happens(50):
        cart.pop(stage.chance.pick(sorted(cart)))
    else:
        new = goods[stage.chance.pick(sorted(goods))]
        cart[new.id] = stage.chance.quantity(new)
    more = stage.chance.pick(sorted(cart))
    cart[more] += goods[more].step
    try:
        with stage.node.db.write() as session:
            change_order(stage.node, session, person, order_id, items(cart), version=version)
            stage.counts.changes += 1
    except Refused:
        stage.counts.refused += 1


def _withdraw(stage: Stage, person: Person, order_id: int) -> None:
    with stage.node.db.write() as session:
        withdraw_order(stage.node, session, person, order_id)
    stage.counts.withdrawals += 1


def _come_too_late(stage: Stage) -> None:
    late = stage.residents[0]
    if _place(stage, late, stage.chance.cart(_goods(stage)), f"{late.id}/late") is not None:
        raise AssertionError("an order was taken after the cut-off")


def _goods(stage: Stage) -> dict[int, Good]:
    """Look at the shelves: what there is, and how much of it is left."""
    with stage.node.db.read() as session:
        rows = session.execute(
            select(
                Product.id,
                Product.minimum,
                Product.step,
                Product.stock,
                Product.price,
                Product.sold_by,
                Product.expected_g,
            ).where(Product.id.in_(stage.stock))
        )
        return {
            row.id: Good(row.id, row.minimum, row.step, row.stock, piece_price(row)) for row in rows
        }
