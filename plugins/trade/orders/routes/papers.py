"""The order sheet of an order between nodes, on paper and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from .....core.paper import Facts, Listing, Paper, Sheet
from .....core.tables import Column, Row, Table
from .....core.web import say
from ..models import TradeLine, TradeOrder
from ..rules.states import Side


def _name(order: TradeOrder) -> str:
    return f"{say('Order sheet')} {order.peer_name} {order.due_on.isoformat()}"


def _columns() -> tuple[Column, ...]:
    return (
        Column(say("Product")),
        Column(say("Unit")),
        Column(say("Price"), "won"),
        Column(say("Units ordered"), "whole"),
        Column(say("Agreed"), "whole"),
        Column(say("Sent"), "whole"),
        Column("g", "whole"),
        Column(say("Lot")),
        Column(say("Have come"), "whole"),
    )


def _row(line: TradeLine) -> Row:
    return (
        line.product_name, line.unit_label, line.price, line.wanted, line.agreed, line.shipped,
        line.shipped_g, line.lot, line.received,
    )  # fmt: skip


def sheet_table(order: TradeOrder, lines: Sequence[TradeLine]) -> Table:
    """Return an order as a table, a line for each good."""
    return Table(_name(order), _columns(), [_row(line) for line in lines])


def sheet_paper(order: TradeOrder, lines: Sequence[TradeLine]) -> Paper:
    """Return an order on paper, to pack by."""
    other = say("Producer") if order.side == Side.BUYER else say("Hub")
    facts = Facts(
        (
            (other, order.peer_name),
            (say("Round"), order.title),
            (say("To be there on"), order.due_on.isoformat()),
            (say("Deliver to"), order.deliver_to),
        )
    )
    units = sum(line.agreed for line in lines)
    totals = (say("Total"), None, None, None, units, None, None, None, None)
    table = Table("", _columns(), [_row(line) for line in lines])
    sheet = Sheet(order.peer_name, (facts, Listing(table, totals)), over=say("Order sheet"),
                  aside=order.title)  # fmt: skip
    return Paper(_name(order), (sheet,))
