"""Where a product can be ordered now, and who gets what of its price there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.node import Node
from .....core.values import share
from ..rules import piece_price
from .rows import AnyRow


@dataclass(frozen=True, slots=True)
class Offer:
    """One occasion at which a product can be ordered, and who gets what of its price there."""

    terms: SaleTerms
    producer: int
    activist: int
    centre: int

    @property
    def shared(self) -> bool:
        """Whether anybody else than the seller gets a share."""
        return bool(self.activist or self.centre)


def offers_of(node: Node, session: Session, product: AnyRow) -> Sequence[Offer]:
    """Return the occasions, open now, at which a product can be ordered."""
    occasions = node.host.collect(
        "sale_occasions", node=node, session=session, product_ids=frozenset({product.id})
    )
    return [
        _offer(terms, piece_price(product))
        for terms in occasions
        if product.id in terms.offered and terms.closed is None
    ]


def _offer(terms: SaleTerms, price: int) -> Offer:
    activist, centre = share(price, terms.activist_bp), share(price, terms.centre_bp)
    return Offer(terms, price - activist - centre, activist, centre)
