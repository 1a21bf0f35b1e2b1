"""Goods that do not come although they were confirmed: whoever was to bring them has said so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ....market import cancel_lines, order_lines
from ...cycles.actions import locked
from ...cycles.actions.held import record
from ...cycles.models import Cycle, Part
from ...cycles.queries import AnyRow
from ...cycles.rules import Outcome, State, cycle_of
from ..models import Receipt
from ..queries import counted, seed_for


def call_off(
    node: Node,
    session: Session,
    occasion: str,
    seller_id: int,
    product_ids: Collection[int],
    *,
    whole: bool,
) -> Sequence[AnyRow]:
    """Cancel what residents ordered of these products of a seller; return the lines as they stood.

    Residents pay nothing for it. ``whole``: the seller brings nothing at all to the round. No mail:
    whoever calls off tells. Refused once the round is settled.
    """
    cycle_id = cycle_of(occasion)
    if cycle_id is None:
        raise Refused("There is no such round.")
    cycle = locked(session, cycle_id)
    if cycle.state == State.SETTLED:
        raise Refused("This round is settled. Nothing in it can be changed any more.")
    lines = [
        line
        for line in order_lines(session, occasion, seller_id=seller_id, states=("placed",))
        if line.product_id in product_ids and line.delivered
    ]
    if whole:
        part = session.get(Part, (cycle_id, seller_id))
        if part is not None:
            part.outcome = Outcome.CANCELLED.value
    else:
        _none_came(node, session, cycle, {line.product_id for line in lines})
    if lines:
        record(node, session, "called_off", cycle_id, None, seller_id=seller_id,
               lines=[line.line_id for line in lines])  # fmt: skip
        cancel_lines(node, session, occasion, [line.line_id for line in lines], by_seller=True)
    return lines


def _none_came(node: Node, session: Session, cycle: Cycle, product_ids: Collection[int]) -> None:
    """Count none of these products beforehand, so that nobody waits for them at receiving."""
    known = counted(session, cycle.id, product_ids)
    fresh = [id_ for id_ in known if not known[id_].version]
    seeds = seed_for(session, cycle.id, fresh)
    for id_ in fresh:
        session.add(
            Receipt(
                cycle_id=cycle.id, product_id=id_, seller_id=known[id_].seller_id,
                ordered=int(known[id_].ordered), came=0, seed=seeds[id_], at=node.clock.now(),
                version=1,
            )
        )  # fmt: skip
    session.flush()
