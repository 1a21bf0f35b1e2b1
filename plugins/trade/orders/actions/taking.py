"""What a seller says, held against what was ordered and written into the buyer's lines."""

from __future__ import annotations

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import TradeOrder
from ..rules import problems
from ..rules.answering import overstepped
from ..rules.bundles import Bundle
from ..rules.states import NOT_AGREED
from .held import rows_of, write_said
from .speaking import said_before


def oversteps(session: Session, order: TradeOrder, bundle: Bundle) -> bool:
    """Say whether the seller claims what was never ordered: more, or as agreed what is dearer."""
    rows = rows_of(session, order.id)
    said = [line for line in bundle.lines if line.no in rows]
    offered = bundle.state in NOT_AGREED
    if any(overstepped(line, rows[line.no].seen, offered=offered) for line in said):
        return True
    more = [line for line in said if line.agreed > max(rows[line.no].wanted, rows[line.no].agreed)]
    before = said_before(session, order) if more else {}
    return any(line.agreed > before.get(line.no, 0) for line in more)


def take_over(node: Node, session: Session, order: TradeOrder, bundle: Bundle, id_: str) -> None:
    """Write what the seller says of lines and times; what was wanted stays the buyer's own."""
    rows = rows_of(session, order.id)
    said = {line.no: line for line in bundle.lines if line.no in rows}
    if any(rows[no].proposal != line.proposal for no, line in said.items()):
        raise Refused("A line of an order names the same goods as long as it stands.")
    if bundle.answered > order.version:
        raise Refused("This answers something that was never said.")
    write_said(rows, list(said.values()))
    order.revision, order.answered = bundle.revision, bundle.answered
    order.bundle_uri, order.peer_view = bundle.uri, bundle.view or bundle.uri
    order.cut_off, order.reason = bundle.cut_off, bundle.reason
    if id_:
        order.answer_id = id_
    if any(line.shipped is not None for line in bundle.lines) and order.shipped_at is None:
        order.shipped_at = node.clock.now()
    order.heard_at = node.clock.now()
    if order.problem != problems.REFUSED.text:  # that one ends by talking alone
        order.problem = ""
