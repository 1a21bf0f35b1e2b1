"""What residents order of a producer at an occasion, all together: no person stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.errors import Refused
from .....core.node import Node
from ....market import order_lines


@dataclass(frozen=True, slots=True)
class Want:
    """So many units of a product at the price that its residents were told."""

    product_id: int
    price: int
    units: int
    name: str
    unit_label: str
    sold_by: str


def wants(session: Session, occasion: str, seller_id: int) -> Sequence[Want]:
    """Return what is ordered and neither withdrawn nor cancelled, by product and price."""
    found: dict[tuple[int, int], Want] = {}
    for line in order_lines(session, occasion, seller_id=seller_id):
        if not line.delivered or line.substitute_for_id is not None:
            continue
        key = (line.product_id, line.price)
        before = found[key].units if key in found else 0
        found[key] = Want(
            line.product_id, line.price, before + line.quantity, line.product_name,
            line.unit_label, line.sold_by,
        )  # fmt: skip
    return [found[key] for key in sorted(found)]


def rates_of(node: Node, session: Session, occasion: str) -> SaleTerms:
    """Return the terms of an occasion as whoever holds it says."""
    terms: SaleTerms | None = node.hooks.sale_terms(
        node=node, session=session, occasion=occasion, product_ids=frozenset()
    )
    if terms is None:
        raise Refused("Nobody holds this sale any more. What is in it stays as it is.")
    return terms
