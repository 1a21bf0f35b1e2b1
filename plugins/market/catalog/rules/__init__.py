"""Units, prices and quantities of goods: what they may be, and how people write them."""

from .allergens import ALLERGENS, allergen_names, joined, parse_allergens
from .amounts import MAX_PRICE, MAX_QUANTITY, MAX_STOCK, TaxClass, check_quantity, line_amount
from .certificates import (
    CERTIFICATIONS,
    LONGEST_NUMBER,
    Certificate,
    certificate_of,
    parse_certification,
    parse_day,
)
from .drawings import drawing_of
from .keeping import STORAGES, storage_code
from .kinds import UNIT_KINDS, Unit, UnitKind, unit_text
from .prices import Price, parse_price, parse_won
from .quantities import Stock, parse_count, parse_stock, parse_tax
from .resting import back_at
from .text import folded, plain, quoted, tidy, titled
from .units import parse_unit
from .weights import (
    HEAVIEST,
    LIGHTEST,
    PIECE,
    WEIGHT,
    check_piece,
    grams_text,
    most_grams,
    parse_grams,
    parse_sold_by,
    piece_price,
    weighed_amount,
)

__all__ = [
    "ALLERGENS",
    "CERTIFICATIONS",
    "HEAVIEST",
    "LIGHTEST",
    "LONGEST_NUMBER",
    "MAX_PRICE",
    "MAX_QUANTITY",
    "MAX_STOCK",
    "PIECE",
    "STORAGES",
    "UNIT_KINDS",
    "WEIGHT",
    "Certificate",
    "Price",
    "Stock",
    "TaxClass",
    "Unit",
    "UnitKind",
    "allergen_names",
    "back_at",
    "certificate_of",
    "check_piece",
    "check_quantity",
    "drawing_of",
    "folded",
    "grams_text",
    "joined",
    "line_amount",
    "most_grams",
    "parse_allergens",
    "parse_certification",
    "parse_count",
    "parse_day",
    "parse_grams",
    "parse_price",
    "parse_sold_by",
    "parse_stock",
    "parse_tax",
    "parse_unit",
    "parse_won",
    "piece_price",
    "plain",
    "quoted",
    "storage_code",
    "tidy",
    "titled",
    "unit_text",
    "weighed_amount",
]
