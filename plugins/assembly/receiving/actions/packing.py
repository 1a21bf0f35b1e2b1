"""Weighing and packing what came, and letting orders wait again, in a round that is under way."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound
from .....core.node import Node
from .....core.values import Message
from .... import market
from ....market import Doubt, Order, doubt
from ...cycles.actions import locked
from ...cycles.rules import HANDING_OVER, State, check_state, occasion
from ..queries import weighing_lines
from ..rules import PACKING, in_kg


def field_of(line_id: int) -> str:
    """Return the name of the field for the weight of a line."""
    return f"g-{line_id}"


def weigh(
    node: Node,
    session: Session,
    cycle_id: int,
    product_id: int,
    grams: Mapping[int, int],
    *,
    sure: Collection[int] = (),
    hubs: frozenset[int] | None = None,
    actor_id: int,
) -> int:
    """Write what the lines of a product weigh, in grams; return how many are new or changed.

    ``Invalid`` by ``field_of`` for weights that cannot be meant, and for those that somebody
    should look at again and is not ``sure`` of. ``hubs``: whose orders may be touched.
    """
    _serve(session, cycle_id, PACKING)
    lines = {line.line_id: line for line in weighing_lines(session, cycle_id, product_id, hubs)}
    if not grams.keys() <= lines.keys():
        raise NotFound("There is no such order in this round.")
    moved = {i: weight for i, weight in grams.items() if lines[i].weighed_g != weight}
    wrong = {
        field_of(i): [why]
        for i, weight in moved.items()
        if (why := _why_not(weight, lines[i].expected_g * lines[i].delivered, i in sure))
    }
    if wrong:
        raise Invalid(wrong)
    if moved:
        market.weigh(node, session, occasion(cycle_id), moved, actor_id=actor_id)
    return len(moved)


def _why_not(grams: int, expected: int, sure: bool) -> Message | None:
    words = {"grams": in_kg(grams), "expected": in_kg(expected)}
    match doubt(grams, expected):
        case Doubt.REFUSE:
            return Message(
                "%(grams)s kg cannot be right: about %(expected)s kg are expected. Please look at "
                "the point and the zeros.",
                words,
            )
        case Doubt.ASK if not sure:
            return Message("Really %(grams)s kg, not %(expected)s kg?", words)
    return None


def pack(
    node: Node,
    session: Session,
    cycle_id: int,
    order_id: int,
    bags: int,
    *,
    hubs: frozenset[int] | None = None,
    actor_id: int,
) -> None:
    """Note that an order of the round is packed into so many bags; 0 takes it back."""
    _serve(session, cycle_id, PACKING)
    check_order(session, cycle_id, order_id, hubs)
    market.pack(node, session, order_id, bags, actor_id=actor_id)


def let_wait(
    node: Node,
    session: Session,
    cycle_id: int,
    order_id: int,
    *,
    hubs: frozenset[int] | None = None,
    actor_id: int,
) -> None:
    """Take back that nobody came for an order: it can be handed over again."""
    _serve(session, cycle_id, HANDING_OVER)
    check_order(session, cycle_id, order_id, hubs)
    market.let_wait(node, session, order_id, actor_id=actor_id)


def check_order(
    session: Session, cycle_id: int, order_id: int, hubs: frozenset[int] | None
) -> None:
    """Refuse an order of another round, or of a hub that is not among these."""
    host = session.scalar(
        select(Order.host_id).where(Order.id == order_id, Order.occasion == occasion(cycle_id))
    )
    if host is None or (hubs is not None and host not in hubs):
        raise NotFound("There is no such order in this round.")


def _serve(session: Session, cycle_id: int, allowed: frozenset[State]) -> None:
    check_state(State(locked(session, cycle_id, shared=True).state), allowed)
