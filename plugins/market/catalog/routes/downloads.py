"""A seller's goods as a spreadsheet that can be changed and read in again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .....core.tables import Column, Table
from .....core.web import download, permitted, say, this_node, this_tongue
from ...pages import blueprint
from .. import queries
from ..access import MANAGE, own_seller
from ..queries import AnyRow
from ..rules import CERTIFICATIONS, WEIGHT, TaxClass, allergen_names, grams_text


@blueprint.get("/spaces/<slug>/goods.<ending('csv', 'xlsx', 'ods'):ending>")
@permitted(MANAGE)
def download_goods(slug: str, ending: str) -> Any:
    """Write all goods of a seller, also those off the list, as an import reads them."""
    with this_node().db.read() as session:
        seller = own_seller(session, slug)
        rows = queries.whole_goods(session, seller.id)
        name = say("Goods of %(name)s", name=seller.name)
        return download(Table(name, _columns(), _rows(rows)), ending)


def _columns() -> tuple[Column, ...]:
    """Return the headings; ``imports.rules.columns`` knows each of them in each language."""
    tongue = this_tongue()
    return (
        Column(tongue.pgettext("column", "Producer")),
        Column(tongue.pgettext("column", "Product")),
        Column(tongue.pgettext("column", "Variant")),
        Column(tongue.pgettext("column", "Category")),
        Column(tongue.pgettext("column", "Unit")),
        Column(tongue.pgettext("column", "Price"), "won"),
        Column(tongue.pgettext("column", "Tax")),
        Column(tongue.pgettext("column", "Origin")),
        Column(tongue.pgettext("column", "Stock")),
        Column(tongue.pgettext("column", "Minimum"), "whole"),
        Column(tongue.pgettext("column", "Step"), "whole"),
        Column(tongue.pgettext("column", "Storage")),
        Column(tongue.pgettext("column", "Sold by")),
        Column(tongue.pgettext("column", "Expected weight")),
        Column(tongue.pgettext("column", "Allergens")),
        Column(tongue.pgettext("column", "Certification")),
        Column(tongue.pgettext("column", "Certificate number")),
        Column(tongue.pgettext("column", "Certificate until")),
        Column(tongue.pgettext("column", "Container")),
        Column(tongue.pgettext("column", "Description")),
    )


def _rows(goods: Iterator[AnyRow]) -> Iterator[tuple[object, ...]]:
    tongue = this_tongue()
    taxes = {
        TaxClass.EXEMPT.value: tongue.pgettext("column", "exempt"),
        TaxClass.TAXED.value: tongue.pgettext("column", "taxed"),
    }
    weight, piece = tongue.pgettext("column", "weight"), tongue.pgettext("column", "piece")
    on_demand = tongue.pgettext("column", "on demand")
    for row in goods:
        kind = CERTIFICATIONS.get(row.certification)
        yield (
            row.seller_name,
            row.name,
            row.variant,
            row.category,
            row.unit_label,
            row.price,
            taxes[row.tax_class],
            row.origin,
            on_demand if row.stock is None else str(row.stock),
            row.minimum,
            row.step,
            row.storage,
            weight if row.sold_by == WEIGHT else piece,
            grams_text(row.expected_g) if row.expected_g else "",
            ", ".join(map(tongue.say, allergen_names(row.allergens))),
            tongue.say(kind) if kind else "",
            row.certificate_number,
            row.certificate_until.isoformat() if row.certificate_until else "",
            row.container or "",
            row.description,
        )
