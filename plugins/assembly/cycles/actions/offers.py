"""What is offered in a round: producers take part, with all or some of their products."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.models import Space
from .....core.node import Node
from ....market import Order, OrderLine, Product
from ..models import Cycle, Offer
from ..queries import offerable
from ..rules import State, occasion, shown_state
from .held import locked, record
from .parts import keep_parts


def choose_producers(
    node: Node, session: Session, cycle_id: int, seller_ids: Collection[int], *,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Let just these producers take part: new ones with all they have, the others go with theirs.

    Those who took part already keep the products that were chosen of them.
    """
    cycle = _changeable(node, session, cycle_id)
    taking_part = set(
        session.scalars(select(Offer.seller_id).where(Offer.cycle_id == cycle_id).distinct())
    )
    leaving = taking_part - set(seller_ids)
    gone = set(
        session.scalars(
            select(Offer.product_id).where(Offer.cycle_id == cycle_id, Offer.seller_id.in_(leaving))
        )
    )
    _change(node, session, cycle, _listed(session, set(seller_ids) - taking_part), gone, actor_id)


def choose_products(
    node: Node, session: Session, cycle_id: int, seller_id: int, product_ids: Collection[int], *,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Offer just these of a producer's products in the round."""
    cycle = _changeable(node, session, cycle_id)
    offered = set(
        session.scalars(
            select(Offer.product_id).where(Offer.cycle_id == cycle_id, Offer.seller_id == seller_id)
        )
    )
    known = _listed(session, {seller_id})
    added = {product: known[product] for product in set(product_ids) - offered if product in known}
    _change(node, session, cycle, added, offered - set(product_ids), actor_id)


def offer_all_of(
    node: Node, session: Session, cycle_id: int, seller_ids: Collection[int], *,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Offer all that these producers have listed now, besides what is offered already."""
    cycle = _changeable(node, session, cycle_id)
    offered = set(session.scalars(select(Offer.product_id).where(Offer.cycle_id == cycle_id)))
    known = _listed(session, set(seller_ids))
    added = {product: seller for product, seller in known.items() if product not in offered}
    _change(node, session, cycle, added, set(), actor_id)


def offer_more(
    node: Node, session: Session, cycle_id: int, seller_id: int, product_ids: Collection[int], *,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Offer these products of one producer besides what the round offers already."""
    cycle = _changeable(node, session, cycle_id)
    offered = set(session.scalars(select(Offer.product_id).where(Offer.cycle_id == cycle_id)))
    known = _listed(session, {seller_id})
    added = {id_: known[id_] for id_ in set(product_ids) - offered if id_ in known}
    _change(node, session, cycle, added, set(), actor_id)


def _changeable(node: Node, session: Session, cycle_id: int) -> Cycle:
    # The exclusive lock lets orders in progress end first, so that what they order is counted.
    cycle = locked(session, cycle_id)
    state = shown_state(State(cycle.state), cycle.cut_off, node.clock.now())
    if state not in {State.DRAFT, State.OPEN}:
        raise Refused("This round is closed. What it offers stays as it is.")
    return cycle


def _listed(session: Session, seller_ids: Collection[int]) -> dict[int, int]:
    """Return the seller of each product that these producers offer now, or again soon."""
    rows = session.execute(
        select(Product.id, Product.seller_id)
        .join(Space, Space.id == Product.seller_id)
        .where(
            Product.seller_id.in_(seller_ids),
            offerable(),
            Space.kind == "producer",
            Space.closed_at.is_(None),
        )
    )
    return {row.id: row.seller_id for row in rows}


def _change(
    node: Node, session: Session, cycle: Cycle, added: dict[int, int], gone: set[int],
    actor_id: int | None,
) -> None:  # fmt: skip
    if not added and not gone:
        return
    if gone:
        _refuse_ordered(session, cycle, gone)
        session.execute(delete(Offer).where(Offer.cycle_id == cycle.id, Offer.product_id.in_(gone)))
    if added:
        session.execute(
            insert(Offer),
            [
                {"cycle_id": cycle.id, "product_id": product, "seller_id": seller}
                for product, seller in sorted(added.items())
            ],
        )
    keep_parts(session, cycle.id)
    cycle.version += 1
    record(node, session, "offers", cycle.id, actor_id, added=sorted(added), gone=sorted(gone))


def leave_out(session: Session, cycle_id: int, product_ids: Collection[int]) -> None:
    """Take products out of a draft that is being made."""
    gone = delete(Offer).where(Offer.cycle_id == cycle_id, Offer.product_id.in_(product_ids))
    session.execute(gone)
    keep_parts(session, cycle_id)


def _refuse_ordered(session: Session, cycle: Cycle, gone: set[int]) -> None:
    name = session.scalars(
        select(OrderLine.product_name)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            OrderLine.occasion == occasion(cycle.id),
            OrderLine.product_id.in_(gone),
            Order.state != "withdrawn",
        )
        .limit(1)
    ).first()
    if name is not None:
        raise Refused("%(name)s is ordered already and stays in the round.", name=name)
