"""Rows of a catalogue: which goods are new, which change and in what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .....core.errors import Refused
from .....core.sheets import Row, Table
from ...catalog.rules import (
    PIECE,
    WEIGHT,
    Price,
    TaxClass,
    Unit,
    check_piece,
    folded,
    parse_count,
    parse_price,
    parse_stock,
    parse_tax,
    parse_unit,
    quoted,
)
from .closely import KILOGRAM, MOST_TITLE, check_whole, read_more
from .columns import PRODUCT_COLUMNS, Columns, left_aside, match_columns
from .planning import Standing, made, meet, refused
from .producers import KnownProducer, ProducerBook
from .reading import RowReader
from .report import Fact, Report, RowOutcome

_DEFAULTS: dict[str, Fact] = {
    "origin": "",
    "category": "",
    "storage": "",
    "description": "",
    "variant": "",
    "sold_by": PIECE,
    "expected_g": "",
    "allergens": "",
    "certification": "",
    "certificate_number": "",
    "certificate_until": "",
    "container": "",
    "stock": None,
    "minimum": 1,
    "step": 1,
}


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product of the database; ``facts`` are its columns that a table may change."""

    id: int
    seller_id: int
    name: str
    unit_code: str
    facts: Mapping[str, Fact]

    @property
    def key(self) -> str:
        variant = str(self.facts.get("variant", ""))
        return product_key(self.seller_id, self.name, self.unit_code, variant)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """What a row says of a product; a field that is absent from ``facts`` was left empty."""

    seller_id: int
    name: str
    unit: Unit
    unit_label: str
    facts: Mapping[str, Fact]

    @property
    def key(self) -> str:
        variant = str(self.facts.get("variant", ""))
        return product_key(self.seller_id, self.name, self.unit.code, variant)


def product_key(seller_id: int, name: str, unit_code: str, variant: str = "") -> str:
    """Return what identifies a product: seller, unit, name and variant, these without spaces."""
    return f"{seller_id}|{folded(name)}|{unit_code}|{folded(variant)}"


def classify_products(
    table: Table,
    known: Iterable[KnownProduct],
    sellers: Iterable[KnownProducer],
    *,
    tax: TaxClass | None = None,
    containers: Iterable[str] = (),
) -> Report:
    """Plan what each row does to the ``known`` products of ``sellers``; change nothing.

    ``containers`` are the names of those that goods may come in. Facts are columns of a product,
    but for the container's name and for "" where a column holds nothing.

    A row without a seller belongs to the only one given; one without a tax class is of ``tax``.
    """
    columns = match_columns(table.columns, PRODUCT_COLUMNS, required=("name",))
    plan = _Plan(columns, known, tuple(sellers), tax, tuple(containers))
    return Report(tuple(map(plan.outcome, table.rows)), left_aside(table, columns))


class _Plan:
    def __init__(
        self,
        columns: Columns,
        known: Iterable[KnownProduct],
        sellers: tuple[KnownProducer, ...],
        tax: TaxClass | None,
        containers: tuple[str, ...],
    ) -> None:
        self._containers = containers
        self._columns = columns
        self._sellers = ProducerBook(sellers)
        self._only = sellers[0].id if len(sellers) == 1 else None
        self._tax = tax
        self._standing = {one.key: Standing(dict(one.facts), one.id) for one in known}

    def outcome(self, row: Row) -> RowOutcome:
        """Return what becomes of a row, and remember it for the rows below."""
        reader = RowReader(row, self._columns)
        name = reader.name(80)
        product = self._read(reader, name)
        if product is None or reader.reasons:
            return refused(row.line, name, *reader.reasons)
        standing = self._standing.get(product.key)
        check_whole(reader, {**(standing.facts if standing else {}), **product.facts})
        if reader.reasons:
            return refused(row.line, name, *reader.reasons)
        if standing is not None:
            return meet(standing, row.line, name, product.facts, self._columns)
        return self._made(row.line, product, reader)

    def _made(self, line: int, product: ProductRow, reader: RowReader) -> RowOutcome:
        given: dict[str, Fact] = {"tax_class": str(self._tax)} if self._tax else {}
        facts = _DEFAULTS | given | dict(product.facts)
        if "price" not in facts:
            reader.refuse("The price is missing.")
        if "tax_class" not in facts:
            reader.refuse("Please say whether this is tax-exempt or taxed.")
        if reader.reasons:
            return refused(line, product.name, *reader.reasons)
        self._standing[product.key] = Standing(dict(facts), line=line)
        identity: dict[str, Fact] = {
            "seller_id": product.seller_id,
            "name": product.name,
            "unit_code": product.unit.code,
            "unit_label": product.unit_label,
        }
        return made(line, product.name, identity | facts)

    def _read(self, reader: RowReader, name: str) -> ProductRow | None:
        seller_id = self._seller(reader)
        price = reader.read("price", parse_price)
        more = read_more(reader, self._containers)
        if more.get("sold_by") == WEIGHT and price and price.unit == KILOGRAM:
            price = Price(price.won)
        unit, label = _unit(reader, price)
        if more.get("sold_by") == WEIGHT and unit is not None:
            reader.tried(lambda: check_piece(unit))
        if len(name) + len(str(more.get("variant", ""))) + 3 > MOST_TITLE and "variant" in more:
            reader.refuse("Name and size are too long together.")
        facts = _facts(reader, unit, price) | more
        if seller_id is None or unit is None:
            return None
        return ProductRow(seller_id, name, unit, label, facts)

    def _seller(self, reader: RowReader) -> int | None:
        name = reader.text("seller", 120)
        if not name and self._only is not None:
            return self._only
        if not name:
            reader.refuse("The producer is missing. Merged cells count for their first row only.")
            return None
        try:
            standing = self._sellers.find(name, *reader.place())
        except Refused as error:
            reader.reasons.append(error.message)
            return None
        if standing is None:
            reader.refuse("There is no producer called %(name)s here.", name=quoted(name))
        return standing.subject_id if standing else None


def _unit(reader: RowReader, price: Price | None) -> tuple[Unit | None, str]:
    """Return the unit and its text, from its columns or from beside the price."""
    written, size = reader.text("unit", 40), reader.text("size", 40)
    label = _joined(written, size) or (price.unit_label if price else "")
    try:
        unit = parse_unit(label)
    except Refused as error:
        reader.reasons.append(error.message)
        return None, label
    if price and price.unit not in {None, unit}:
        reader.refuse(
            "The price is for %(one)s, but the unit is %(other)s.",
            one=price.unit_label,
            other=label,
        )
    return unit, label


def _joined(unit: str, size: str) -> str:
    """Join a container and its content (봉, 500g) or a number and its measure (500, g)."""
    if size.replace(".", "").replace(",", "").isdecimal():
        return f"{size}{unit}"
    return unit if folded(unit) == folded(size) else f"{unit} {size}".strip()


def _facts(reader: RowReader, unit: Unit | None, price: Price | None) -> dict[str, Fact]:
    stock = reader.read("stock", lambda text: parse_stock(text, unit))
    tax = reader.read("tax_class", parse_tax)
    said: dict[str, Fact] = {
        "price": price.won if price else None,
        "tax_class": str(tax) if tax else None,
        "minimum": reader.read("minimum", parse_count),
        "step": reader.read("step", parse_count),
        "origin": reader.text("origin", 120),
        "category": reader.text("category", 30),
        "storage": reader.text("storage", 20),
        "description": reader.text("description", 2000, lines=True),
    }
    facts = {field: fact for field, fact in said.items() if fact not in {None, ""}}
    return facts | ({"stock": stock.quantity} if stock else {})
