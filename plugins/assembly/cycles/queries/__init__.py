"""What may be read of hubs, their rounds, and the orders in them."""

from .handover import OrderCard, counted_orders, found_orders, order_card
from .hubs import Host, HubPage, hosts_of, hub_by_id, hub_page, hubs
from .offers import (
    offered_goods,
    offered_number,
    producer_face,
    producers_to_choose,
    products_to_choose,
    sellers_of,
)
from .rounds import (
    current_rounds,
    cycle_page,
    earlier_rounds,
    hub_rounds,
    last_round,
    steps_taken,
    waiting_orders,
)
from .rows import AnyRow
from .sheets import (
    Sheet,
    all_sheets,
    collection_list,
    numbers_of,
    order_sheet,
    packing_lines,
    sheets_for,
)
from .terms import sale_occasions, sale_terms

__all__ = [
    "AnyRow",
    "Host",
    "HubPage",
    "OrderCard",
    "Sheet",
    "all_sheets",
    "collection_list",
    "counted_orders",
    "current_rounds",
    "cycle_page",
    "earlier_rounds",
    "found_orders",
    "hosts_of",
    "hub_by_id",
    "hub_page",
    "hub_rounds",
    "hubs",
    "last_round",
    "numbers_of",
    "offered_goods",
    "offered_number",
    "order_card",
    "order_sheet",
    "packing_lines",
    "producer_face",
    "producers_to_choose",
    "products_to_choose",
    "sale_occasions",
    "sale_terms",
    "sellers_of",
    "sheets_for",
    "steps_taken",
    "waiting_orders",
]
