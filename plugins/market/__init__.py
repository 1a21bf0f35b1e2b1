"""The face of the market: the only names that plugins building on it may use."""

from .accounts.actions import add_container, bring_back
from .accounts.models import Refund
from .accounts.queries import Held, containers
from .accounts.queries import held_by as containers_held
from .accounts.rules import BANKS, Due, bank_in
from .catalog.models import Product
from .catalog.queries import Filter, product_cards, products_of
from .orders.actions import (
    Doubt,
    Short,
    Swap,
    add_to_basket,
    cancel_by_hub,
    cancel_lines,
    change_order,
    deliver,
    deliver_less,
    doubt,
    hand_over,
    let_wait,
    mark_not_collected,
    missing_of,
    note_correction,
    pack,
    piece_price,
    place_order,
    refund,
    substitute,
    weigh,
    withdraw_order,
)
from .orders.models import Order, OrderEvent, OrderLine
from .orders.queries import baskets_at, due_of, dues, order_lines, orders_of, sold_lines
from .orders.rules import (
    AT_COLLECTION,
    LESS,
    MONEY_BACK,
    MOST_LINES,
    SUBSTITUTE,
    IfShort,
    Item,
    Orderer,
    off_step,
)
from .standing.actions import begin_standing, run_standing
from .standing.queries import Demand, standing_demand
from .standing.queries import failures as standing_failures
from .standing.rules import Terms as StandingTerms

__all__ = [
    "AT_COLLECTION",
    "BANKS",
    "LESS",
    "MONEY_BACK",
    "MOST_LINES",
    "SUBSTITUTE",
    "Demand",
    "Doubt",
    "Due",
    "Filter",
    "Held",
    "IfShort",
    "Item",
    "Order",
    "OrderEvent",
    "OrderLine",
    "Orderer",
    "Product",
    "Refund",
    "Short",
    "StandingTerms",
    "Swap",
    "add_container",
    "add_to_basket",
    "bank_in",
    "baskets_at",
    "begin_standing",
    "bring_back",
    "cancel_by_hub",
    "cancel_lines",
    "change_order",
    "containers",
    "containers_held",
    "deliver",
    "deliver_less",
    "doubt",
    "due_of",
    "dues",
    "hand_over",
    "let_wait",
    "mark_not_collected",
    "missing_of",
    "note_correction",
    "off_step",
    "order_lines",
    "orders_of",
    "pack",
    "piece_price",
    "place_order",
    "product_cards",
    "products_of",
    "refund",
    "run_standing",
    "sold_lines",
    "standing_demand",
    "standing_failures",
    "substitute",
    "weigh",
    "withdraw_order",
]
