"""Statements as tables, and what their papers share with them."""

from __future__ import annotations

from typing import Any

from .....core.tables import Column, Table
from .....core.web import say, this_tongue
from ..queries import SharePage, StatementPage
from ..rules import SellerSums, centre_number, hub_number, number

EXEMPT = "exempt"


def tax_name(tax_class: str) -> str:
    return say("Tax-exempt sales") if tax_class == EXEMPT else say("Taxed sales")


def given_back() -> str:
    return this_tongue().pgettext("correction", "Given back")


def seller_table(page: StatementPage) -> Table:
    """Return a producer's statement as a table: products, then corrections below 0."""
    columns = (Column(say("Kind")), Column(say("Product")), Column(say("Unit")), *amount_columns(),
               Column(say("Round")), Column(say("Reason")))  # fmt: skip
    settlement = page.settlement
    rows: list[tuple[object, ...]] = [
        (tax_name(r.tax_class), r.product_name, r.unit_label, *amounts(r), settlement.title, "")
        for r in page.products
    ]
    rows += [
        (tax_name(r.tax_class), r.product_name, "", None, -r.amount, -r.activist, -r.centre,
         -r.producer, r.title, r.reason)
        for r in page.corrections
    ]  # fmt: skip
    code = number(settlement.cycle_id, page.seller.seller_id)
    return Table(f"{say('Statement')} {code} {page.seller.seller_name}", columns, rows)


def amounts(row: Any) -> tuple[int, ...]:
    return row.quantity, row.paid, row.activist, row.centre, row.producer


def amount_columns() -> tuple[Column, ...]:
    return (
        Column(say("Quantity"), "whole"),
        Column(say("Paid by residents"), "won"),
        Column(say("Activist's share"), "won"),
        Column(say("Centre's share"), "won"),
        Column(say("The producer gets"), "won"),
    )


def share_table(page: SharePage) -> Table:
    """Return a hub's or the centre's statement as a table: sellers, then corrections below 0."""
    name = "centre" if page.hub is None else "activist"
    label = say("Centre's share") if page.hub is None else say("Activist's share")
    rows = [(*share_row(each, name), page.settlement.title, "") for each in page.sellers]
    rows += [
        (r.seller_name, *_by_tax(r), -getattr(r, name), r.title, r.reason) for r in page.corrections
    ]
    columns = (*share_columns(label), Column(say("Round")), Column(say("Reason")))
    title = say("The centre's statement") if page.hub is None else say("The hub's statement")
    return Table(f"{title} {share_number(page)}", columns, rows)


def share_number(page: SharePage) -> str:
    """Return the number of a hub's or the centre's statement."""
    cycle_id = page.settlement.cycle_id
    return centre_number(cycle_id) if page.hub is None else hub_number(cycle_id, page.hub.hub_id)


def _by_tax(row: Any) -> tuple[int, int]:
    return (-row.amount, 0) if row.tax_class == EXEMPT else (0, -row.amount)


def share_columns(label: str) -> tuple[Column, ...]:
    return (
        Column(say("Producer")),
        Column(say("Tax-exempt sales"), "won"),
        Column(say("Taxed sales"), "won"),
        Column(label, "won"),
    )


def share_row(each: SellerSums, name: str) -> tuple[object, ...]:
    share = getattr(each.sums.split, name)
    return each.seller_name, each.sums.exempt, each.sums.taxed, share
