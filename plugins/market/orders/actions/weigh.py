"""Weighing: what goods sold by weight cost is settled by the grams that the scale shows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy.orm import Session

from .....core.errors import Refused
from .....core.node import Node
from ..models import OrderLine
from ..rules import cost_of
from .held import touch
from .many import serve
from .notes import note


class Doubt(StrEnum):
    """What to think of a weight that was typed."""

    NONE = "none"
    ASK = "ask"
    REFUSE = "refuse"


def doubt(grams: int, expected: int) -> Doubt:
    """Say whether a weight can be meant, against the one that is expected.

    Beyond a quarter or four times of it somebody should look again; ten times too much or too
    little is a slip of the finger.
    """
    if grams > 10 * expected or 10 * grams < expected:
        return Doubt.REFUSE
    return Doubt.ASK if grams > 4 * expected or 4 * grams < expected else Doubt.NONE


def weigh(
    node: Node, session: Session, occasion: str, grams: Mapping[int, int], *, actor_id: int
) -> None:
    """Write what all that is delivered of these lines (by id) weighs, in grams.

    The line then costs what that weight costs, but never more than its ``most_g`` allows. Refused
    for what is sold by the piece, for none delivered, and for a weight that cannot be meant.
    """
    at = node.clock.now()
    served = serve(node, session, occasion, grams)
    for order_id, order in served.orders.items():
        lines = [line for line in served.lines_of(order_id) if line.id in grams]
        moved = [line for line in lines if line.weighed_g != grams[line.id]]
        for line in moved:
            _check(line, grams[line.id])
            line.weighed_g = grams[line.id]
            line.amount = cost_of(line)
            note(session, order_id, "weighed", at=at, actor_id=actor_id, line=line.id,
                 product=line.product_name, grams=line.weighed_g, expected=expected_of(line),
                 amount=line.amount, capped=is_capped(line))  # fmt: skip
        if moved:
            touch(session, order, at)


def expected_of(line: OrderLine) -> int:
    """Return the grams that were expected of what is delivered of a line."""
    return (line.expected_g or 0) * line.delivered


def is_capped(line: OrderLine) -> bool:
    """Say whether a line weighs more than its buyer agreed to pay for."""
    most = None if line.most_g is None else line.most_g * line.delivered
    return line.weighed_g is not None and most is not None and line.weighed_g > most


def _check(line: OrderLine, grams: int) -> None:
    if line.sold_by != "weight":
        raise Refused("%(name)s is sold by the piece.", name=line.product_name)
    if not line.delivered:
        raise Refused("There is nothing of %(name)s to weigh.", name=line.product_name)
    if doubt(grams, expected_of(line)) is Doubt.REFUSE:
        raise Refused(
            "%(grams)s g of %(name)s cannot be right: about %(expected)s g are expected.",
            grams=f"{grams:,}",
            name=line.product_name,
            expected=f"{expected_of(line):,}",
        )
