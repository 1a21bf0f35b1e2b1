"""Sharing a shortage among those who ordered, and putting something else in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.node import Node
from .... import market
from ....market import OrderLine, Swap
from ...cycles.actions import locked
from ...cycles.queries import still_coming
from ...cycles.rules import State, check_state, occasion
from ..models import Receipt
from ..queries import Shortage, may_stand_in, shortages
from ..rules import PACKING, SHARING


def share(
    node: Node,
    session: Session,
    cycle_id: int,
    shown: Mapping[int, str],
    *,
    reason: str,
    actor_id: int,
) -> int:
    """Share what came of these products by the rule; return how many orders it changed.

    ``shown`` holds by product the ``mark`` of what whoever presses the button has seen: Refused if
    it would be something else by now. The round is held, so that of two who share at once the
    second sees what the first has done, and nothing is handed over meanwhile.
    """
    check_state(State(locked(session, cycle_id).state), SHARING)
    found = shortages(session, cycle_id, shown)
    if not shown:
        raise Refused("Please choose at least one product to share.")
    if {each.product.product_id: each.mark for each in found} != shown:
        raise Refused(
            "Something has changed since this page was shown. Please look at it again and share "
            "it then."
        )
    moved = _deliver(node, session, cycle_id, found, reason, actor_id)
    for shortage in found:
        receipt = session.get_one(Receipt, (cycle_id, shortage.product.product_id))
        receipt.shared_at, receipt.version = node.clock.now(), receipt.version + 1
    session.flush()
    _record(node, session, "shared", cycle_id, actor_id, found)
    return moved


def _deliver(
    node: Node,
    session: Session,
    cycle_id: int,
    found: Sequence[Shortage],
    reason: str,
    actor_id: int,
) -> int:
    portions = {
        portion.line.line_id: portion.gets
        for shortage in found
        for portion in shortage.portions
        if portion.gets != portion.line.delivered
    }
    if not portions:
        return 0
    told = {
        portion.line.line_id: {
            "came": int(shortage.product.came),
            "asked": int(shortage.product.wanted),
            "seed": shortage.seed,
        }
        for shortage in found
        for portion in shortage.portions
    }
    return market.deliver(
        node, session, occasion(cycle_id), portions, reason=reason, actor_id=actor_id, told=told
    )


def replace(
    node: Node,
    session: Session,
    cycle_id: int,
    swaps: Sequence[Swap],
    *,
    reason: str,
    actor_id: int,
) -> None:
    """Put something else into orders whose people wished it, for what they lack.

    It must be offered in the round or come from a producer that takes part in it.
    """
    check_state(State(locked(session, cycle_id).state), PACKING)
    if not swaps:
        raise Refused("Please choose something for at least one order.")
    strange = {swap.product_id for swap in swaps} - may_stand_in(
        session, cycle_id, {swap.product_id for swap in swaps}
    )
    if strange:
        raise NotFound("This product is not sold by anybody who takes part in the round.")
    _check_coming(session, {swap.line_id for swap in swaps})
    market.substitute(node, session, occasion(cycle_id), swaps, reason=reason, actor_id=actor_id)


def _check_coming(session: Session, line_ids: set[int]) -> None:
    """Refuse lines that were cancelled, or go over into the next round, at the producer's cut-off:
    whoever ordered them would get both."""
    found = session.scalars(select(OrderLine.id).where(OrderLine.id.in_(line_ids), still_coming()))
    if set(found) != line_ids:
        raise NotFound("There is no such order in this round.")


def _record(
    node: Node,
    session: Session,
    what: str,
    cycle_id: int,
    actor_id: int,
    found: Sequence[Shortage],
) -> None:
    audit.record(
        session,
        f"assembly.cycle.{what}",
        at=node.clock.now(),
        person_id=actor_id,
        subject=("cycle", cycle_id),
        products=[[each.product.product_id, each.product.came, each.seed] for each in found],
    )
