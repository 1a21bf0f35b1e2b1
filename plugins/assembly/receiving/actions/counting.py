"""Writing down what came, and correcting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ...cycles.actions import locked
from ...cycles.queries import AnyRow
from ...cycles.rules import State, check_state
from ..models import Receipt
from ..queries import counted, seed_for
from ..rules import COUNTING


@dataclass(frozen=True, slots=True)
class Count:
    """How many units came; ``version`` is the one of the count that was shown, 0 for none."""

    came: int
    version: int


def count(
    node: Node, session: Session, cycle_id: int, counts: Mapping[int, Count], *, actor_id: int
) -> int:
    """Write what came of these products (by id); return how many counts are new or changed.

    The seed of a product's lots is fixed with its first count, before anything is shared. Refused
    as a whole if somebody else wrote down another number since it was shown.
    """
    check_state(State(locked(session, cycle_id).state), COUNTING)
    known = counted(session, cycle_id, counts)
    if len(known) != len(counts):
        raise NotFound("There is no such product in this round.")
    changed = {
        product_id: each
        for product_id, each in counts.items()
        if known[product_id].came != each.came
    }
    for product_id, each in changed.items():
        _check(known[product_id], each)
    fresh = seed_for(session, cycle_id, [id_ for id_ in changed if not known[id_].version])
    for product_id, each in changed.items():
        _write(node, session, cycle_id, known[product_id], each, fresh, actor_id)
    session.flush()
    if changed:
        told = [[known[i].product_name, known[i].ordered, each.came] for i, each in changed.items()]
        audit.record(
            session,
            "assembly.cycle.counted",
            at=node.clock.now(),
            person_id=actor_id,
            subject=("cycle", cycle_id),
            counts=told,
        )
    return len(changed)


def _check(row: AnyRow, count: Count) -> None:
    if row.version != count.version:
        raise Refused(
            "Somebody else wrote down %(came)s of %(name)s meanwhile. Please look again.",
            came=row.came,
            name=row.product_name,
        )


def _write(
    node: Node,
    session: Session,
    cycle_id: int,
    row: AnyRow,
    count: Count,
    seeds: Mapping[int, str],
    actor_id: int,
) -> None:
    receipt = session.get(Receipt, (cycle_id, row.product_id))
    if receipt is None:
        receipt = Receipt(
            cycle_id=cycle_id,
            product_id=row.product_id,
            seller_id=row.seller_id,
            seed=seeds[row.product_id],
            version=0,
        )
        session.add(receipt)
    receipt.ordered, receipt.came = int(row.ordered), count.came
    receipt.at, receipt.actor_id = node.clock.now(), actor_id
    receipt.version += 1
