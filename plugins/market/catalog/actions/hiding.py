"""Goods that stewards keep from being seen: off the list, and nobody puts them back meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from .....core.answers import Thing
from .....core.facts import ThingHidden
from .....core.models import Grant
from .....core.node import Node
from .....core.values import Message
from ..models import Product
from ..rules import titled
from .goods import write_changes

KIND = "product"


def thing(session: Session, subject: str) -> Thing | None:
    """Return the product that a subject names, with who runs its seller's page."""
    product = _product_of(session, subject, held=False)
    if product is None:
        return None
    people = session.query(Grant.person_id).filter(Grant.space_id == product.seller_id)
    return Thing(
        subject, Message("Product", {}), titled(product.name, product.variant),
        f"/market/{product.id}", frozenset(row.person_id for row in people),
        space_id=product.seller_id,
    )  # fmt: skip


def listen(node: Node, session: Session, fact: ThingHidden) -> None:
    """Take a product that is hidden off the list, or put it back as it was before."""
    product = _product_of(session, fact.subject, held=True)
    if product is not None:
        _show(session, product, hidden=fact.hidden, at=node.clock.now())


def _product_of(session: Session, subject: str, *, held: bool) -> Product | None:
    """Return a product by its subject; ``held``: locked until the transaction ends."""
    kind, _, number = subject.partition(":")
    if kind != KIND or not number.isdecimal() or len(number) > 9:
        return None
    return session.get(Product, int(number), with_for_update=held, populate_existing=held)


def _show(session: Session, product: Product, *, hidden: bool, at: datetime) -> None:
    if hidden is (product.listed_before is not None):
        return
    changes: dict[str, Any] = {"listed": bool(product.listed_before), "listed_before": None}
    if hidden:  # one that was out for this week only was to come back
        stood = product.listed or product.back_at is not None
        changes = {"listed": False, "listed_before": stood, "back_at": None}
    write_changes(session, product.id, changes, version=product.version, at=at)
    session.refresh(product)
