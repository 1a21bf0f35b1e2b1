"""What may be read of settlements, before and after they are made."""

from .corrected import corrections_on, corrections_to_come
from .lists import hub_statements, settlements, sold_lines, statements
from .splitting import (
    preview,
    settled_parts,
    shares,
    split_lines,
    summed,
    sums_by_seller,
    unfinished_orders,
)
from .standing import (
    SettlementPage,
    SharePage,
    StatementPage,
    centre_page,
    hub_page,
    hubs_of,
    named_hubs,
    product_sums,
    seller_statements,
    settlement_page,
    statement_page,
)

__all__ = [
    "SettlementPage",
    "SharePage",
    "StatementPage",
    "centre_page",
    "corrections_on",
    "corrections_to_come",
    "hub_page",
    "hub_statements",
    "hubs_of",
    "named_hubs",
    "preview",
    "product_sums",
    "seller_statements",
    "settled_parts",
    "settlement_page",
    "settlements",
    "shares",
    "sold_lines",
    "split_lines",
    "statement_page",
    "statements",
    "summed",
    "sums_by_seller",
    "unfinished_orders",
]
