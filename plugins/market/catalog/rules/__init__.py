"""Units, prices and quantities of goods: what they may be, and how people write them."""

from .amounts import MAX_PRICE, MAX_QUANTITY, MAX_STOCK, TaxClass, check_quantity, line_amount
from .kinds import UNIT_KINDS, Unit, UnitKind, unit_text
from .prices import Price, parse_price, parse_won
from .quantities import Stock, parse_count, parse_stock, parse_tax
from .text import folded, plain, quoted, tidy
from .units import parse_unit

__all__ = [
    "MAX_PRICE",
    "MAX_QUANTITY",
    "MAX_STOCK",
    "UNIT_KINDS",
    "Price",
    "Stock",
    "TaxClass",
    "Unit",
    "UnitKind",
    "check_quantity",
    "folded",
    "line_amount",
    "parse_count",
    "parse_price",
    "parse_stock",
    "parse_tax",
    "parse_unit",
    "parse_won",
    "plain",
    "quoted",
    "tidy",
    "unit_text",
]
