"""What was ordered in a round and what came of it, product by product."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from ....market import Order, OrderLine
from ...cycles.queries import AnyRow, still_coming
from ...cycles.queries.sheets import STANDING
from ...cycles.rules import cycle_of, occasion
from ..models import Receipt


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one producer brings; of each row: product_id, seller_id, product_name, unit_label,
    sold_by, orders, ordered, here (what is to be handed over as it stands), came (None: not
    counted yet), version (0: not counted yet), at, seed and shared_at."""

    seller_id: int
    seller_name: str
    rows: Sequence[AnyRow]


def deliveries(session: Session, cycle_id: int) -> list[Delivery]:
    """Return what the producers of a round bring, by the producer's name."""
    rows = session.execute(_counts(cycle_id)).all()
    return [
        Delivery(seller_id, found[0].seller_name, found)
        for seller_id, each in groupby(rows, key=lambda row: int(row.seller_id))
        if (found := list(each))
    ]


def counted(session: Session, cycle_id: int, product_ids: Collection[int]) -> dict[int, AnyRow]:
    """Return the rows of these products of a round by id; products not ordered are left out."""
    rows = session.execute(_counts(cycle_id).where(OrderLine.product_id.in_(product_ids)))
    return {row.product_id: row for row in rows}


def came_of(session: Session, occasion: str, product_ids: Collection[int]) -> dict[int, int]:
    """Return how many units of these products were counted at an occasion; what was not counted
    is left out, as it came as it was ordered."""
    cycle_id = cycle_of(occasion)
    if cycle_id is None:
        return {}
    rows = session.execute(
        select(Receipt.product_id, Receipt.came).where(
            Receipt.cycle_id == cycle_id, Receipt.product_id.in_(product_ids)
        )
    )
    return {row.product_id: row.came for row in rows}


def coming(cycle_id: int) -> ColumnElement[bool]:
    """Return the condition for lines whose goods the producers bring to this round: neither
    withdrawn, nor cancelled at the producer's cut-off, nor chosen later as a substitute."""
    return and_(
        OrderLine.occasion == occasion(cycle_id),
        OrderLine.substitute_for_id.is_(None),
        Order.state.in_(STANDING),
        still_coming(),
    )


def _counts(cycle_id: int) -> Select[*tuple[Any, ...]]:
    line, receipt = OrderLine, Receipt
    frozen = (
        receipt.came, receipt.at, receipt.seed, receipt.shared_at,
        func.coalesce(receipt.version, 0).label("version"),
    )  # fmt: skip
    query = select(
        line.product_id,
        line.seller_id,
        func.max(line.seller_name).label("seller_name"),
        func.max(line.product_name).label("product_name"),
        func.max(line.unit_label).label("unit_label"),
        func.max(line.sold_by).label("sold_by"),
        func.count(line.id).label("orders"),
        func.sum(line.quantity).label("ordered"),
        func.sum(line.delivered).label("here"),
        *frozen,
    ).select_from(line)
    return (
        query.join(Order, Order.id == line.order_id)
        .outerjoin(
            receipt, and_(receipt.cycle_id == cycle_id, receipt.product_id == line.product_id)
        )
        .where(coming(cycle_id))
        .group_by(line.product_id, line.seller_id, *_OF_RECEIPT)
        .order_by(
            func.max(line.seller_name), line.seller_id, func.max(line.product_name),
            line.product_id,
        )
    )  # fmt: skip


_OF_RECEIPT = (Receipt.came, Receipt.at, Receipt.seed, Receipt.shared_at, Receipt.version)
