"""Substitution with consent: something else for what is missing, for those who wished it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.models import Space
from .....core.node import Node
from ...catalog.models import Product
from ...catalog.rules import certificate_of, most_grams, titled
from ..models import OrderLine
from ..rules import LESS, SUBSTITUTE, cost, cost_of, given_reason, left_of, off_step, refusal
from .held import touch
from .many import Served, serve
from .notes import note
from .shortfall import tell_later
from .stock import move_stock

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Swap:
    """So many units of a product in place of what a line lacks."""

    line_id: int
    product_id: int
    quantity: int


def substitute(
    node: Node,
    session: Session,
    occasion: str,
    swaps: Sequence[Swap],
    *,
    reason: str,
    actor_id: int,
) -> None:
    """Put substitutes into orders, each as a line of its own at its own price, taking stock.

    Only for a line that wished one, at most for what it lacks, and never dearer than was allowed.
    Nothing is done if any of it cannot be. Refused for a product that is in the order already:
    how much of that was ordered is for the resident to say.
    """
    why, at = given_reason(reason), node.clock.now()
    served = serve(node, session, occasion, {swap.line_id for swap in swaps})
    goods = _goods(session, {swap.product_id for swap in swaps})
    units: dict[int, int] = {}
    for swap in sorted(swaps, key=lambda swap: (served.lines[swap.line_id].order_id, swap.line_id)):
        line = served.lines[swap.line_id]
        good = _sold(goods.get(swap.product_id), line)
        standing = _check(served, line, swap, good)
        taken = 0 if good.Product.stock is None else swap.quantity
        units[swap.product_id] = units.get(swap.product_id, 0) + taken
        _write(session, served, line, good, swap, standing, taken, _day(node))
        _told(session, line, good.Product, swap, why, actor_id, at)
    for order in served.orders.values():
        touch(session, order, at)
        tell_later(session, order, at)
    move_stock(session, {product: number for product, number in units.items() if number})


def missing_of(line: Any, lines: Iterable[Any]) -> int:
    """Return how many units a line lacks, less those that something else stands in for."""
    stand_ins = sum(each.delivered for each in lines if each.substitute_for_id == line_id_of(line))
    return max(0, int(line.quantity - line.delivered - stand_ins))


def line_id_of(line: Any) -> int:
    return int(line.id if isinstance(line, OrderLine) else line.line_id)


def most_of(product: Any, up_to: int) -> int | None:
    """Return the grams of a piece that may be charged so that it costs at most ``up_to`` won."""
    if product.sold_by != "weight":
        return None
    return int(min(most_grams(product.expected_g or 0), up_to * 1_000 // product.price))


def piece_price(product: Any) -> int:
    """Return what one piece of a product costs, by its expected weight if it is weighed."""
    return int(cost(product.price, 1, sold_by=product.sold_by, expected_g=product.expected_g))


def _goods(session: Session, product_ids: Iterable[int]) -> Mapping[int, AnyRow]:
    rows = session.execute(
        select(Product, Space.name.label("seller"), Space.closed_at)
        .join(Space, Space.id == Product.seller_id)
        .where(Product.id.in_(product_ids))
        .execution_options(populate_existing=True)
    )
    return {row.Product.id: row for row in rows}


def _sold(good: AnyRow | None, line: OrderLine) -> AnyRow:
    """Return the product, Refused if nobody sells it now."""
    if good is None or not good.Product.listed or good.closed_at is not None:
        raise refusal(left_of(good.Product.name if good else line.product_name, None))
    return good


def _check(served: Served, line: OrderLine, swap: Swap, good: AnyRow) -> OrderLine | None:
    """Refuse what was not wished; return the line of this substitute if it stands already."""
    lines = served.lines_of(line.order_id)
    if line.wish != SUBSTITUTE or line.substitute_up_to is None:
        raise Refused("Nobody wished a substitute for %(name)s here.", name=line.product_name)
    if not 0 < swap.quantity <= missing_of(line, lines):
        raise Refused(
            "At most %(missing)s of %(name)s are missing in this order.",
            missing=missing_of(line, lines),
            name=line.product_name,
        )
    if (problem := off_step(good.Product, swap.quantity)) is not None:
        raise refusal(problem)
    if piece_price(good.Product) > line.substitute_up_to:
        raise Refused(
            "%(name)s costs more than the %(most)s won a piece that this person allowed.",
            name=good.Product.name,
            most=f"{line.substitute_up_to:,}",
        )
    return _standing(lines, line, good.Product)


def _standing(lines: Sequence[OrderLine], line: OrderLine, product: Product) -> OrderLine | None:
    standing = next((each for each in lines if each.product_id == product.id), None)
    if standing is None:
        return None
    if standing.substitute_for_id != line.id or standing.price != product.price:
        raise Refused(
            "%(name)s is in this order already. Please choose something else.", name=product.name
        )
    return standing


def _day(node: Node) -> date:
    return node.clock.now().astimezone(ZoneInfo(node.settings.node.time_zone)).date()


def _write(
    session: Session,
    served: Served,
    line: OrderLine,
    good: AnyRow,
    swap: Swap,
    standing: OrderLine | None,
    taken: int,
    day: date,
) -> None:
    if standing is None:
        made = _made(line, good, swap.quantity, taken, day)
        session.add(made)
        session.flush()
        served.lines[made.id] = made
        return
    # What was written off of the substitute before comes first out of what it had.
    standing.quantity += max(0, standing.delivered + swap.quantity - standing.quantity)
    standing.delivered += swap.quantity
    standing.taken = min(standing.quantity, standing.taken + taken)
    standing.weighed_g = None
    standing.amount = cost_of(standing)


def _made(line: OrderLine, good: AnyRow, quantity: int, taken: int, day: date) -> OrderLine:
    product: Product = good.Product
    made = OrderLine(
        order_id=line.order_id,
        occasion=line.occasion,
        product_id=product.id,
        seller_id=product.seller_id,
        seller_name=good.seller,
        product_name=titled(product.name, product.variant),
        unit_label=product.unit_label,
        price=product.price,
        quantity=quantity,
        delivered=quantity,
        taken=taken,
        tax_class=product.tax_class,
        origin=product.origin,
        storage=product.storage,
        activist_bp=line.activist_bp,
        centre_bp=line.centre_bp,
        sold_by=product.sold_by,
        expected_g=product.expected_g,
        most_g=most_of(product, line.substitute_up_to or 0),
        wish=LESS,
        substitute_for_id=line.id,
        certificate=str(certificate_of(product, day) or ""),
        allergens=product.allergens,
        container_id=product.container_id,
    )
    made.amount = cost_of(made)
    return made


def _told(
    session: Session,
    line: OrderLine,
    product: Product,
    swap: Swap,
    why: str,
    actor_id: int,
    at: datetime,
) -> None:
    note(session, line.order_id, "substituted", at=at, actor_id=actor_id, line=line.id,
         product=line.product_name,
         instead=titled(product.name, product.variant), quantity=swap.quantity,
         price=product.price, tax_class=product.tax_class, reason=why)  # fmt: skip
