"""What residents want of an order now: written into its lines, and held against what was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Refused
from ...copies.models import Copy
from ..models import TradeLine, TradeOrder
from ..queries import wants_of
from ..queries.wanted import Want
from ..rules.bundles import MOST_LINES
from .held import rows_of


def write_wants(session: Session, order: TradeOrder, wanted: Sequence[Want]) -> None:
    """Write what is wanted now as the lines of an order: one for each product and price."""
    rows = rows_of(session, order.id)
    targets, fresh = _targets(rows, wanted)
    for no, row in rows.items():
        row.wanted = targets[no]
    copies = _copies(session, [want.product_id for want in fresh])
    if len(rows) + len(copies) > MOST_LINES and rows:
        raise Refused("This order has as many lines as fit. Please call the producer.")
    first = max(rows, default=0) + 1
    for no, want in enumerate((w for w in fresh if w.product_id in copies), start=first):
        session.add(_line(order, no, want, copies[want.product_id]))
    session.flush()


def _targets(
    rows: Mapping[int, TradeLine], wanted: Sequence[Want]
) -> tuple[dict[int, int], list[Want]]:
    """Return what is wanted of each line that stands, and what no line stands for yet.

    Where the seller has said what there is at most, no more than that is wanted.
    """
    by_good = {(row.product_id, row.price): no for no, row in rows.items()}
    by_good |= {(row.product_id, row.seen): no for no, row in rows.items()}
    targets, fresh = dict.fromkeys(rows, 0), []
    for want in wanted:
        no = by_good.get((want.product_id, want.price))
        if no is None:
            fresh.append(want)
        else:
            targets[no] += want.units
    for no, row in rows.items():
        if row.most is not None:
            targets[no] = min(targets[no], row.most)
    return targets, fresh


def any_left(session: Session, order: TradeOrder, wanted: Sequence[Want]) -> bool:
    """Say whether anything would still be asked for if so much is wanted."""
    targets, fresh = _targets(rows_of(session, order.id), wanted)
    return any(targets.values()) or bool(_copies(session, [want.product_id for want in fresh]))


def _copies(session: Session, product_ids: Sequence[int]) -> dict[int, Copy]:
    rows = session.scalars(select(Copy).where(Copy.product_id.in_(product_ids)))
    return {copy.product_id: copy for copy in rows if copy.product_id is not None}


def _line(order: TradeOrder, no: int, want: Want, copy: Copy) -> TradeLine:
    return TradeLine(
        order_id=order.id, no=no, product_id=want.product_id, product_name=want.name,
        unit_label=want.unit_label, sold_by=want.sold_by, proposal=copy.uri,
        proposal_version=copy.version, seen=want.price, price=want.price, wanted=want.units,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A good of which something else is wanted now than was said to the seller."""

    name: str
    said: int
    wanted: int


def differences(session: Session, order: TradeOrder) -> list[Difference]:
    """Return what residents order now otherwise than what was said to the seller last."""
    if order.occasion is None or order.mirror_id is None:
        return []
    rows = rows_of(session, order.id)
    targets, fresh = _targets(rows, wants_of(session, order))
    moved = [
        Difference(row.product_name, row.wanted, targets[no])
        for no, row in rows.items()
        if row.wanted != targets[no]
    ]
    return [*moved, *(Difference(want.name, 0, want.units) for want in fresh)]
