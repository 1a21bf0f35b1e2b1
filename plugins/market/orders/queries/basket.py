"""What lies in a person's basket, by occasion and seller, with what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.models import Space
from .....core.node import Node
from .....core.values import NOTHING, Message, Split, Won, split
from ...catalog.models import Product
from ..models import BasketLine
from ..rules import amount, fingerprint, why_closed, why_not
from .goods import GOOD_COLUMNS, SELLER, terms_of

_IDENTITY = (
    "kind", "slug", "representative", "address", "phone", "email", "business_number",
    "mail_order_number",
)  # fmt: skip
_BASKET = (
    select(
        BasketLine.occasion,
        BasketLine.quantity,
        *GOOD_COLUMNS,
        *(getattr(Space, name).label(f"seller_{name}") for name in _IDENTITY),
    )
    .join(Product, Product.id == BasketLine.product_id)
    .join(Space, SELLER)
    .where(BasketLine.person_id == bindparam("person_id"))
    .order_by(BasketLine.occasion, Space.name, Space.id, Product.name, Product.id)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the basket; ``problem`` says why it cannot be ordered, None if it can."""

    good: Any
    quantity: int
    problem: Message | None

    @property
    def amount(self) -> Won:
        return amount(self.good.price, self.quantity)


@dataclass(frozen=True, slots=True)
class Part:
    """What of the basket belongs to one occasion; ``closed`` if nothing can be ordered there."""

    occasion: str
    terms: SaleTerms | None
    closed: Message | None
    lines: Sequence[Wanted]

    @property
    def ready(self) -> list[Wanted]:
        """The lines that can be ordered as they are."""
        return [line for line in self.lines if line.problem is None]

    @property
    def sellers(self) -> list[tuple[Any, list[Wanted]]]:
        """Each seller's identity with the lines that come from them."""
        grouped = groupby(self.lines, key=lambda line: line.good.seller_id)
        return [(lines[0].good, lines) for lines in (list(found) for _, found in grouped)]

    @property
    def total(self) -> Won:
        return Won(sum(line.amount for line in self.ready))

    @property
    def split(self) -> Split:
        """Who gets what of what can be ordered, each line rounded by itself."""
        if self.terms is None:
            return NOTHING
        rates = self.terms.activist_bp, self.terms.centre_bp
        return sum((split(line.amount, *rates) for line in self.ready), NOTHING)


@dataclass(frozen=True, slots=True)
class Basket:
    """A whole basket."""

    parts: Sequence[Part]

    @property
    def ready(self) -> list[Part]:
        """The parts of which something can be ordered."""
        return [part for part in self.parts if part.ready]

    @property
    def problems(self) -> list[Wanted]:
        return [line for part in self.parts for line in part.lines if line.problem is not None]

    @property
    def total(self) -> Won:
        return Won(sum(part.total for part in self.parts))

    @property
    def split(self) -> Split:
        return sum((part.split for part in self.parts), NOTHING)

    @property
    def shown(self) -> str:
        """A short name of exactly what would be ordered, in which units and at which prices."""
        return fingerprint(
            (
                part.occasion,
                line.good.id,
                line.quantity,
                line.good.price,
                line.good.name,
                line.good.unit_label,
            )
            for part in self.parts
            for line in part.ready
        )


def basket_of(node: Node, session: Session, person_id: int) -> Basket:
    """Return a person's basket; each occasion is asked for its terms once."""
    rows = session.connection().execute(_BASKET, {"person_id": person_id}).all()
    grouped = groupby(rows, key=lambda row: row.occasion)
    return Basket([_part(node, session, occasion, list(found)) for occasion, found in grouped])


def _part(node: Node, session: Session, occasion: str, rows: Sequence[Any]) -> Part:
    terms = terms_of(node, session, occasion, (row.id for row in rows))
    closed = why_closed(terms, node.clock.now())
    lines = [
        Wanted(row, row.quantity, closed if terms is None else why_not(row, terms, row.quantity))
        for row in rows
    ]
    if closed is not None:
        lines = [replace(line, problem=closed) for line in lines]
    return Part(occasion, terms, closed, lines)


def basket_size(session: Session, person_id: int) -> int:
    """Return how many lines lie in a person's basket."""
    count = select(func.count()).where(BasketLine.person_id == person_id)
    return int(session.execute(count).scalar_one())
