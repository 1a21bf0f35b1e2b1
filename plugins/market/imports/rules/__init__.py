"""How rows of a spreadsheet become producers and products: pure reading and planning."""

from .....core.sheets import Row, Table
from .columns import PRODUCER_COLUMNS, PRODUCT_COLUMNS, Columns, is_header, match_columns
from .contact import parse_business_number, parse_email, parse_phone
from .places import lacks_place, read_province, short_province
from .producers import KnownProducer, classify_producers, fold_producer, producer_key
from .products import KnownProduct, classify_products, product_key
from .report import Change, Fact, Outcome, Report, RowOutcome

__all__ = [
    "PRODUCER_COLUMNS",
    "PRODUCT_COLUMNS",
    "Change",
    "Columns",
    "Fact",
    "KnownProducer",
    "KnownProduct",
    "Outcome",
    "Report",
    "Row",
    "RowOutcome",
    "Table",
    "classify_producers",
    "classify_products",
    "fold_producer",
    "is_header",
    "lacks_place",
    "match_columns",
    "parse_business_number",
    "parse_email",
    "parse_phone",
    "producer_key",
    "product_key",
    "read_province",
    "short_province",
]
