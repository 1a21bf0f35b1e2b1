"""The papers of a round as files: order sheets and packing sheets on paper and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from .....core.language import when
from .....core.paper import Facts, Heading, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Row, Table
from .....core.web import say, this_node, this_tongue
from ..queries import AnyRow, HubPage
from ..queries import Sheet as OrderSheet

Groups = Sequence[Sequence[AnyRow]]


def word(text: str) -> str:
    """Return a word in the context of rounds."""
    return this_tongue().pgettext("round", text)


def _when(cycle: AnyRow) -> str:
    zone = ZoneInfo(this_node().settings.node.time_zone)
    language = this_tongue().language
    return (
        f"{when(cycle.collect_from, zone, language)} – {when(cycle.collect_until, zone, language)}"
    )


def sheets_name(cycle: AnyRow, sheets: Sequence[OrderSheet]) -> str:
    """Return the name of a file with these order sheets."""
    whose = [sheets[0].seller_name] if len(sheets) == 1 else []
    return " – ".join([word("Order sheet"), *whose, cycle.title])


def sheets_paper(cycle: AnyRow, sheets: Sequence[OrderSheet], hub: HubPage) -> Paper:
    """Return order sheets on paper, each beginning a page."""
    pages = tuple(_sheet_page(cycle, sheet, hub) for sheet in sheets)
    empty = Sheet(word("Order sheet"), (Paragraph(say("Nothing is ordered in this round")),))
    return Paper(sheets_name(cycle, sheets), pages or (empty,))


def _sheet_page(cycle: AnyRow, sheet: OrderSheet, hub: HubPage) -> Sheet:
    place = f"{cycle.place} ({cycle.address})" if cycle.address else cycle.place
    facts = Facts(
        (
            (say("To bring by"), _when(cycle)),
            (word("Place"), place),
            (word("Telephone"), hub.phone or ""),
        )
    )
    if not sheet.rows:
        nothing = Paragraph(say("Nothing of this producer was ordered in this round."))
        return Sheet(sheet.seller_name, (facts, nothing), word("Order sheet"), cycle.title)
    table = Table("", _columns(), [_sheet_row(row) for row in sheet.rows])
    totals = (word("Total"), None, None, None, sheet.units, sheet.won)
    blocks = (facts, Listing(table, totals))
    return Sheet(sheet.seller_name, blocks, over=word("Order sheet"), aside=cycle.title)


def _columns() -> tuple[Column, ...]:
    return (
        Column(word("Product")),
        Column(word("Unit")),
        Column(word("Origin")),
        Column(word("Price"), "won"),
        Column(word("Ordered"), "whole"),
        Column(word("Amount"), "won"),
    )


def _sheet_row(row: AnyRow) -> Row:
    return (
        row.product_name, row.unit_label, row.origin, row.price, int(row.units), int(row.won)
    )  # fmt: skip


def sheets_table(cycle: AnyRow, sheets: Sequence[OrderSheet]) -> Table:
    """Return order sheets as a table, a line for each product, the producer in front."""
    rows = [(sheet.seller_name, *_sheet_row(row)) for sheet in sheets for row in sheet.rows]
    return Table(sheets_name(cycle, sheets), (Column(word("Producer")), *_columns()), rows)


def packing_name(cycle: AnyRow, *, by_product: bool) -> str:
    """Return the name of a file with a packing sheet."""
    sort = say("Packing sheet by product") if by_product else say("Packing sheet by bag")
    return f"{sort} – {cycle.title}"


def packing_paper(cycle: AnyRow, groups: Groups, *, by_product: bool) -> Paper:
    """Return a packing sheet on paper: a table for each product or each bag, one after another."""
    blocks: list[Heading | Paragraph | Listing] = []
    for lines in groups:
        blocks += _by_product(lines) if by_product else _by_bag(lines)
    if not blocks:
        blocks = [Paragraph(say("Nothing is ordered in this round"))]
    name = packing_name(cycle, by_product=by_product)
    sheet = Sheet(say("Packing sheet"), tuple(blocks), aside=cycle.title)
    return Paper(name, (sheet,))


def _by_product(lines: Sequence[AnyRow]) -> tuple[Heading, Listing]:
    first = lines[0]
    title = f"{first.product_name} {first.unit_label} – {first.seller_name}"
    columns = (Column(say("Name")), Column(word("Code")), Column(word("Amount of it"), "whole"),
               Column(word("Ordered"), "whole"), Column("g", "whole"))  # fmt: skip
    rows = [
        (line.person_name, line.code, line.delivered, line.quantity, line.weighed_g)
        for line in lines
    ]
    total = sum(line.delivered for line in lines)
    totals = (word("Total"), None, total, sum(line.quantity for line in lines), None)
    return Heading(title), Listing(Table("", columns, rows), totals)


def _by_bag(lines: Sequence[AnyRow]) -> tuple[Heading, Listing]:
    first = lines[0]
    columns = (Column(word("Product")), Column(word("Unit")), Column(word("Producer")),
               Column(word("Amount of it"), "whole"), Column("g", "whole"))  # fmt: skip
    rows = [
        (line.product_name, line.unit_label, line.seller_name, line.delivered, line.weighed_g)
        for line in lines
        if line.delivered
    ]
    return Heading(f"{first.person_name}  {first.code}"), Listing(Table("", columns, rows))


def packing_table(cycle: AnyRow, groups: Groups, *, by_product: bool) -> Table:
    """Return a packing sheet as a table, a line for each product of each order."""
    columns = (
        Column(say("Name")),
        Column(word("Code")),
        Column(word("Producer")),
        Column(word("Product")),
        Column(word("Unit")),
        Column(word("Storage")),
        Column(word("Ordered"), "whole"),
        Column(word("Amount of it"), "whole"),
        Column("g", "whole"),
    )
    rows = (_packed(line) for line in _flat(groups))
    return Table(packing_name(cycle, by_product=by_product), columns, rows)


def _flat(groups: Groups) -> Iterable[AnyRow]:
    return (line for lines in groups for line in lines)


def _packed(line: AnyRow) -> Row:
    return (
        line.person_name, line.code, line.seller_name, line.product_name, line.unit_label,
        line.storage, line.quantity, line.delivered, line.weighed_g,
    )  # fmt: skip
