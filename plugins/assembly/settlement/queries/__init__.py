"""What may be read of settlements, before and after they are made."""

from .lists import settlements, statements
from .splitting import preview, shares, split_lines, sums_by_seller, unfinished_orders
from .standing import (
    SettlementPage,
    StatementPage,
    product_sums,
    seller_statements,
    settlement_page,
    statement_page,
)

__all__ = [
    "SettlementPage",
    "StatementPage",
    "preview",
    "product_sums",
    "seller_statements",
    "settlement_page",
    "settlements",
    "shares",
    "split_lines",
    "statement_page",
    "statements",
    "sums_by_seller",
    "unfinished_orders",
]
