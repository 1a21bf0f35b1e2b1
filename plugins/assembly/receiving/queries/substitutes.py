"""What could stand in for what came short: in whose order, and at most how dear."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from .....core.models import Space
from ....market import SUBSTITUTE, Order, OrderLine, Product, off_step, piece_price
from ...cycles.models import Offer
from ...cycles.queries import AnyRow, still_coming
from ...cycles.rules import occasion

MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A product that may stand in; ``price`` is what one piece of it costs, about."""

    product: AnyRow
    price: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A line that lacks ``missing`` units and wished something else, with what could be."""

    line: AnyRow
    missing: int
    choices: Sequence[Choice]
    instead: Sequence[AnyRow]


def lacks(session: Session, cycle_id: int) -> list[Lack]:
    """Return the lines of a round whose people wished something else for what is missing, by
    product and name; also those that have it already."""
    lines = _wishing(session, cycle_id)
    if not lines:
        return []
    orders = {line.order_id for line in lines}
    held = session.execute(
        select(
            OrderLine.id, OrderLine.order_id, OrderLine.product_id, OrderLine.product_name,
            OrderLine.unit_label, OrderLine.delivered, OrderLine.amount,
            OrderLine.substitute_for_id,
        ).where(OrderLine.order_id.in_(orders))
    ).all()  # fmt: skip
    goods = _goods(session, cycle_id)
    return [_lack(line, held, goods) for line in lines]


def _wishing(session: Session, cycle_id: int) -> Sequence[AnyRow]:
    line, other = OrderLine, aliased(OrderLine)
    stand_ins = (
        select(func.coalesce(func.sum(other.delivered), 0))
        .where(other.substitute_for_id == line.id)
        .scalar_subquery()
    )
    return session.execute(
        select(
            line.id.label("line_id"), line.order_id, line.product_id, line.product_name,
            line.unit_label, line.quantity, line.delivered, line.substitute_up_to,
            Order.person_name, Order.code, Product.category, stand_ins.label("stand_ins"),
        )
        .join(Order, Order.id == line.order_id)
        .join(Product, Product.id == line.product_id)
        .where(
            line.occasion == occasion(cycle_id),
            line.wish == SUBSTITUTE,
            line.delivered < line.quantity,
            Order.state == "placed",
            still_coming(),
        )
        .order_by(line.product_name, line.product_id, Order.person_name, Order.id)
    ).all()  # fmt: skip


def _goods(session: Session, cycle_id: int) -> list[Choice]:
    """Return what can be had now from those who take part, the cheapest piece first."""
    rows = session.execute(
        select(
            Product.id, Product.name, Product.variant, Product.unit_label, Product.price,
            Product.stock, Product.minimum, Product.step, Product.tax_class, Product.sold_by,
            Product.expected_g, Product.category, Space.name.label("seller_name"),
        )
        .join(Space, Space.id == Product.seller_id)
        .where(
            _of_round(cycle_id),
            Product.listed,
            Space.closed_at.is_(None),
            or_(Product.stock.is_(None), Product.stock > 0),
        )
    ).all()  # fmt: skip
    choices = [Choice(row, piece_price(row)) for row in rows]
    return sorted(choices, key=lambda choice: (choice.price, choice.product.id))


def _of_round(cycle_id: int) -> ColumnElement[bool]:
    sellers = select(Offer.seller_id).where(Offer.cycle_id == cycle_id)
    return Product.seller_id.in_(sellers)


def may_stand_in(session: Session, cycle_id: int, product_ids: Collection[int]) -> set[int]:
    """Return those of these products that somebody sells who takes part in the round."""
    return set(
        session.scalars(select(Product.id).where(Product.id.in_(product_ids), _of_round(cycle_id)))
    )


def _lack(line: AnyRow, held: Sequence[AnyRow], goods: Sequence[Choice]) -> Lack:
    mine = [each for each in held if each.order_id == line.order_id]
    instead = [each for each in mine if each.substitute_for_id == line.line_id]
    missing = max(0, int(line.quantity - line.delivered - line.stand_ins))
    taken = {each.product_id for each in mine} - {each.product_id for each in instead}
    fitting = [
        choice
        for choice in goods
        if choice.price <= (line.substitute_up_to or 0)
        and choice.product.id not in taken
        and (choice.product.stock is None or choice.product.stock >= missing)
        and (missing == 0 or off_step(choice.product, missing) is None)
    ]
    fitting.sort(key=lambda choice: choice.product.category != line.category)
    return Lack(line, missing, fitting[:MOST_CHOICES], instead)


def lacking(session: Session, cycle_id: int) -> int:
    """Return how many lines lack something that their people wished replaced."""
    lines = _wishing(session, cycle_id)
    return sum(line.quantity > line.delivered + line.stand_ins for line in lines)
