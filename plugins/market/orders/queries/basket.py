"""What lies in a person's basket, by occasion and seller, with what stands in its way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import Session

from .....core.answers import SaleTerms
from .....core.models import Space
from .....core.node import Node
from .....core.statements import Statement
from .....core.values import NOTHING, Message, Split, Won, split
from ...catalog.models import Product
from ...catalog.rules import WEIGHT
from ..models import BasketLine
from ..rules import IfShort, Place, cost, fingerprint, places_of, why_closed, why_not
from .goods import GOOD_COLUMNS, SELLER, terms_of
from .late import why_late

_IDENTITY = (
    "kind", "slug", "representative", "address", "phone", "email", "business_number",
    "mail_order_number",
)  # fmt: skip
_BASKET = Statement(
    select(
        BasketLine.occasion,
        BasketLine.quantity,
        BasketLine.wish,
        BasketLine.substitute_up_to,
        *GOOD_COLUMNS,
        *(getattr(Space, name).label(f"seller_{name}") for name in _IDENTITY),
    )
    .join(Product, Product.id == BasketLine.product_id)
    .join(Space, SELLER)
    .where(BasketLine.person_id == bindparam("person_id"))
    .order_by(BasketLine.occasion, Space.name, Space.id, Product.name, Product.id)
)


_SIZE = Statement(
    select(func.count().label("number")).where(BasketLine.person_id == bindparam("person_id"))
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the basket; ``problem`` says why it cannot be ordered, None if it can."""

    good: Any
    quantity: int
    problem: Message | None

    @property
    def amount(self) -> Won:
        """What it costs; of goods by weight, about."""
        good = self.good
        return cost(good.price, self.quantity, sold_by=good.sold_by, expected_g=good.expected_g)

    @property
    def if_short(self) -> IfShort:
        return IfShort(self.good.wish, self.good.substitute_up_to)

    @property
    def shown(self) -> list[object]:
        """All that is agreed of it."""
        good = self.good
        return [
            good.id, self.quantity, good.price, good.name, good.unit_label, good.sold_by,
            good.expected_g, good.wish, good.substitute_up_to, good.container_id,
        ]  # fmt: skip


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
    def estimated(self) -> bool:
        """Whether the total is known only when everything was weighed."""
        return any(line.good.sold_by == WEIGHT for line in self.ready)

    @property
    def places(self) -> list[Place]:
        """Where it can be collected, the occasion's own place first."""
        return [] if self.terms is None else places_of(self.terms)

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
    def estimated(self) -> bool:
        return any(part.estimated for part in self.parts)

    @property
    def split(self) -> Split:
        return sum((part.split for part in self.parts), NOTHING)

    @property
    def shown(self) -> str:
        """A short name of exactly what would be ordered: which units at which prices, what is done
        if too little comes, and the places to choose from with their times."""
        return fingerprint(
            ([part.occasion, *line.shown] for part in self.parts for line in part.ready),
            ([part.occasion, *place.shown] for part in self.ready for place in part.places),
        )


def basket_of(node: Node, session: Session, person_id: int) -> Basket:
    """Return a person's basket; each occasion is asked for its terms once."""
    rows = _BASKET.all(session, {"person_id": person_id})
    grouped = groupby(rows, key=lambda row: row.occasion)
    return Basket([_part(node, session, occasion, list(found)) for occasion, found in grouped])


def _part(node: Node, session: Session, occasion: str, rows: Sequence[Any]) -> Part:
    terms = terms_of(node, session, occasion, (row.id for row in rows))
    closed = why_closed(terms, node.clock.now())
    lines = [
        Wanted(row, row.quantity, closed if terms is None else _problem(node, terms, row))
        for row in rows
    ]
    if closed is not None:
        lines = [replace(line, problem=closed) for line in lines]
    return Part(occasion, terms, closed, lines)


def _problem(node: Node, terms: SaleTerms, row: Any) -> Message | None:
    late = why_late(node, terms, row.id, row.seller_name)
    return late or why_not(row, terms, row.quantity)


def basket_size(session: Session | Connection, person_id: int) -> int:
    """Return how many lines lie in a person's basket."""
    return int(_SIZE.all(session, {"person_id": person_id})[0].number)


def baskets_at(session: Session, occasion: str, seller_ids: Collection[int]) -> list[int]:
    """Return the ids of those with goods of these sellers in the basket at an occasion."""
    return list(
        session.scalars(
            select(BasketLine.person_id)
            .join(Product, Product.id == BasketLine.product_id)
            .where(BasketLine.occasion == occasion, Product.seller_id.in_(seller_ids))
            .distinct()
        )
    )
