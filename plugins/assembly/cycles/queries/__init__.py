"""What may be read of hubs, their rounds, and the orders in them."""

from .finding import ROUNDS
from .handover import (
    OrderCard,
    counted_orders,
    found_orders,
    is_line_of,
    order_card,
    served_order,
)
from .happening import happenings
from .holders import holders
from .hubs import Host, HubPage, hosts_of, hub_by_id, hub_page, hubs
from .news import opened_rounds
from .offers import (
    offerable,
    offered_goods,
    offered_number,
    producer_face,
    producers_to_choose,
    products_to_choose,
    sellers_of,
)
from .parts import ordered_of, part_of, parts_of, special_terms, still_coming
from .points import points_of, rounds_collected_at
from .producing import ordered_goods, parts_of_seller, sheet_confirmed, slug_of_seller
from .rounds import (
    any_round,
    changeable_rounds,
    current_rounds,
    cycle_page,
    earlier_rounds,
    further_hubs,
    hub_rounds,
    last_round,
    occasions_taking_orders,
    public_rounds_at,
    steps_taken,
    waiting_orders,
)
from .rows import AnyRow
from .schedules import carried_from, carried_numbers, personal, schedule_of
from .sheets import (
    Sheet,
    all_sheets,
    at_hubs,
    collection_list,
    numbers_of,
    order_sheet,
    packing_lines,
    sheets_for,
)
from .terms import sale_occasions, sale_terms

__all__ = [
    "ROUNDS",
    "AnyRow",
    "Host",
    "HubPage",
    "OrderCard",
    "Sheet",
    "all_sheets",
    "any_round",
    "at_hubs",
    "carried_from",
    "carried_numbers",
    "changeable_rounds",
    "collection_list",
    "counted_orders",
    "current_rounds",
    "cycle_page",
    "earlier_rounds",
    "found_orders",
    "further_hubs",
    "happenings",
    "holders",
    "hosts_of",
    "hub_by_id",
    "hub_page",
    "hub_rounds",
    "hubs",
    "is_line_of",
    "last_round",
    "numbers_of",
    "occasions_taking_orders",
    "offerable",
    "offered_goods",
    "offered_number",
    "opened_rounds",
    "order_card",
    "order_sheet",
    "ordered_goods",
    "ordered_of",
    "packing_lines",
    "part_of",
    "parts_of",
    "parts_of_seller",
    "personal",
    "points_of",
    "producer_face",
    "producers_to_choose",
    "products_to_choose",
    "public_rounds_at",
    "rounds_collected_at",
    "sale_occasions",
    "sale_terms",
    "schedule_of",
    "sellers_of",
    "served_order",
    "sheet_confirmed",
    "sheets_for",
    "slug_of_seller",
    "special_terms",
    "steps_taken",
    "still_coming",
    "waiting_orders",
]
