"""Shortages: who asked for what came short, and what each would get by the rule."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from ....market import MONEY_BACK, SUBSTITUTE, Order, OrderLine
from ...cycles.queries import AnyRow
from ...cycles.rules import occasion
from ..models import Receipt
from ..rules import Claim, lot, seed_of, seed_text, share_out
from .counts import coming


@dataclass(frozen=True, slots=True)
class Portion:
    """What one order is to get; ``line`` holds its name, code, wish and what it gets now."""

    line: AnyRow
    gets: int
    lot: str

    @property
    def lacks(self) -> int:
        """What is then missing and nothing else stands in for."""
        return max(0, int(self.line.quantity - self.gets - self.line.stand_ins))

    @property
    def wishes_other(self) -> bool:
        return bool(self.line.wish == SUBSTITUTE and self.lacks)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A product of which too little came, or that was shared and can be shared anew."""

    product: AnyRow
    portions: Sequence[Portion]
    seed: str
    seed_text: str

    @property
    def left(self) -> int:
        """What nobody gets: what came too much, or what was too little for all-or-nothing."""
        return max(0, int(self.product.came) - sum(portion.gets for portion in self.portions))

    @property
    def moves(self) -> bool:
        """Whether sharing would change anything."""
        return any(portion.gets != portion.line.delivered for portion in self.portions)

    @property
    def waits(self) -> bool:
        """Whether it has to be shared: for the first time, or since the count was corrected."""
        shared_at = self.product.shared_at
        return self.moves and (shared_at is None or self.product.at > shared_at)

    @property
    def mark(self) -> str:
        """A short name of what would be done, which changes with any of it."""
        lines = [(p.line.line_id, p.line.delivered, p.gets) for p in self.portions]
        return sha256(repr((self.product.came, lines)).encode()).hexdigest()[:16]


def shortages(
    session: Session, cycle_id: int, product_ids: Collection[int] | None = None
) -> list[Shortage]:
    """Return what came short in a round, or was shared before, by producer and name."""
    products = session.execute(_products(cycle_id)).all()
    short = [
        row
        for row in products
        if (row.came < row.wanted or row.shared_at is not None)
        and (product_ids is None or row.product_id in product_ids)
    ]
    lines = _lines(session, cycle_id, [row.product_id for row in short])
    return [_shortage(cycle_id, row, lines[row.product_id]) for row in short]


def _products(cycle_id: int) -> Select[*tuple[Any, ...]]:
    line, receipt = OrderLine, Receipt
    query = select(
        receipt.product_id, receipt.came, receipt.seed, receipt.at, receipt.shared_at,
        receipt.version, func.max(line.product_name).label("product_name"),
        func.max(line.unit_label).label("unit_label"),
        func.max(line.seller_name).label("seller_name"),
        func.sum(line.quantity).label("wanted"),
        func.sum(line.delivered).label("here"),
    ).select_from(receipt)  # fmt: skip
    query = query.join(line, line.product_id == receipt.product_id)
    return (
        query.join(Order, Order.id == line.order_id)
        .where(receipt.cycle_id == cycle_id, coming(cycle_id), Order.state == "placed")
        .group_by(
            receipt.product_id, receipt.came, receipt.seed, receipt.at, receipt.shared_at,
            receipt.version,
        )
        .order_by(
            func.max(line.seller_name), func.max(line.product_name), receipt.product_id
        )
    )  # fmt: skip


def _lines(
    session: Session, cycle_id: int, product_ids: Collection[int]
) -> dict[int, list[AnyRow]]:
    """Return the lines of orders that wait, by product, with what stands in for each already."""
    line, other = OrderLine, aliased(OrderLine)
    stand_ins = (
        select(func.coalesce(func.sum(other.delivered), 0))
        .where(other.substitute_for_id == line.id)
        .scalar_subquery()
    )
    query = select(
        line.id.label("line_id"), line.product_id, line.quantity, line.delivered, line.wish,
        line.substitute_up_to, Order.uid, Order.number, Order.code, Order.person_name,
        stand_ins.label("stand_ins"),
    ).select_from(line)  # fmt: skip
    rows = session.execute(
        query.join(Order, Order.id == line.order_id)
        .where(coming(cycle_id), Order.state == "placed", line.product_id.in_(product_ids))
        .order_by(Order.person_name, Order.id)
    )
    found: dict[int, list[AnyRow]] = {product_id: [] for product_id in product_ids}
    for row in rows:
        found[row.product_id].append(row)
    return found


def _shortage(cycle_id: int, product: AnyRow, lines: Sequence[AnyRow]) -> Shortage:
    uids = [line.uid for line in lines]
    name = occasion(cycle_id)
    seed = product.seed or seed_of(name, product.product_id, uids)
    claims = [
        Claim(line.uid, max(0, int(line.quantity - line.stand_ins)), line.wish == MONEY_BACK)
        for line in lines
    ]
    dealt = share_out(product.came, claims, seed)
    portions = [Portion(line, dealt[line.uid], lot(seed, line.uid)) for line in lines]
    return Shortage(product, portions, seed, seed_text(name, product.product_id, uids))


def seed_for(session: Session, cycle_id: int, product_ids: Collection[int]) -> dict[int, str]:
    """Return the seed of each of these products from the orders that wait now."""
    lines = _lines(session, cycle_id, product_ids)
    name = occasion(cycle_id)
    return {
        product_id: seed_of(name, product_id, [line.uid for line in rows])
        for product_id, rows in lines.items()
    }
