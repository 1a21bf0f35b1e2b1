"""Who may see and do what with orders between nodes."""

from __future__ import annotations

from .....core.answers import Rule
from .....core.errors import Forbidden, Invalid, WizzleError
from .....core.values import STEWARD
from .....core.web import allow, told
from ..models import TradeOrder
from ..rules.states import Side

VIEW = "trade.order.view"
LIST = "trade.order.list"
READ = "trade.order.read"
BUY = "trade.order.buy"
SELL = "trade.order.sell"

RULES = (
    # Programs of other nodes; the view itself looks whose signature the request carries.
    Rule(VIEW, everyone=True),
    # Opens the pages; whose orders they show decides ``READ`` in the space concerned.
    Rule(LIST, roles=frozenset({"activist", "owner", STEWARD})),
    Rule(READ, roles=frozenset({"activist", "owner", STEWARD})),
    Rule(BUY, roles=frozenset({"activist"})),
    Rule(SELL, roles=frozenset({"owner"})),
)


def allow_acting(order: TradeOrder) -> None:
    """Refuse unless the viewer runs the space whose order this is."""
    allow(BUY if order.side == Side.BUYER else SELL, order.space_id)


def tell(error: WizzleError) -> None:
    """Show on the next page why something was not done; what one may not do at all stays 403."""
    if isinstance(error, Forbidden):
        raise error
    if not isinstance(error, Invalid):
        told(error.message.text, "problem", **error.message.values)
        return
    for messages in error.fields.values():
        for message in messages:
            told(message.text, "problem", **message.values)
