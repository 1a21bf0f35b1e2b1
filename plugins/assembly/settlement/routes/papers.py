"""Statements as papers, from the same values as their pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from .....core.answers import PassedOn
from .....core.language import day, percent, won
from .....core.paper import Block, Facts, Heading, Listing, Paper, Paragraph, Sheet
from .....core.tables import Column, Table
from .....core.web import say, this_node, this_tongue
from ...cycles.routes.access import zone
from ..queries import SettlementPage, SharePage, StatementPage
from ..rules import Net, net, number
from .tables import (
    amount_columns,
    amounts,
    given_back,
    share_columns,
    share_number,
    share_row,
    tax_name,
)

_LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)


def in_full(instant: datetime) -> str:
    """Return a day as a document says it: with its year, also within that year."""
    return day(instant, zone(), this_tongue().language, now=_LONG_AGO)


def seller_paper(
    page: StatementPage, business_number: str | None, passed: Sequence[PassedOn] = ()
) -> Paper:
    """Return a producer's statement of a round on paper."""
    seller, taken = page.seller, net(page.seller.sums, page.corrections)
    facts = ((say("Producer"), seller.seller_name),
             (say("Business number"), business_number or ""))  # fmt: skip
    sums: list[tuple[str, int]] = [
        (say("Tax-exempt sales"), seller.sums.exempt),
        (say("Taxed sales"), seller.sums.taxed),
        (_rate("Activist's share", page.settlement.activist_bp), -seller.sums.split.activist),
        (_rate("Centre's share", page.settlement.centre_bp), -seller.sums.split.centre),
        *_corrected("producer", page.corrections),
    ]
    blocks: list[Block] = [*_products(page), *_corrections_block(page.corrections, "producer")]
    blocks += _sums(sums, say("The producer gets"), taken.producer)
    blocks += _given_on(passed)
    blocks += [*_tax_within(taken), Paragraph(_small_print(), "note")]
    title = say("Statement")
    code = number(page.settlement.cycle_id, seller.seller_id)
    return _paper(title, code, seller.seller_name, page.settlement, facts, blocks)


def share_paper(page: SharePage) -> Paper:
    """Return the statement of a hub's activist, or of the centre, on paper."""
    settlement, of_hub = page.settlement, page.hub is not None
    name = "activist" if of_hub else "centre"
    operator = this_node().settings.operator
    whose = page.hub.hub_name if page.hub is not None else operator.trade_name
    label = say("Activist's share") if of_hub else say("Centre's share")
    title = say("The hub's statement") if of_hub else say("The centre's statement")
    facts = ((say("Hub") if of_hub else say("Operating centre"), whose),)
    sums = [
        (say("Tax-exempt sales"), page.sums.exempt),
        (say("Taxed sales"), page.sums.taxed),
        *_corrected(name, page.corrections),
    ]
    sellers = Table(title, share_columns(label), [share_row(s, name) for s in page.sellers])
    totals = ("", page.sums.exempt, page.sums.taxed, getattr(page.sums.split, name))
    blocks: list[Block] = [Listing(sellers, totals), *_corrections_block(page.corrections, name)]
    blocks += _sums(sums, label, getattr(net(page.sums, page.corrections), name))
    return _paper(title, share_number(page), whose, settlement, facts, blocks)


def _paper(
    title: str, code: str, whose: str, settlement: SettlementPage,
    facts: Sequence[tuple[str, str]], blocks: Sequence[Block],
) -> Paper:  # fmt: skip
    settings = this_node().settings
    pairs = (
        *facts,
        (say("Round"), settlement.title),
        (say("Collected on"), f"{in_full(settlement.collected_on)} · {settlement.place}"),
        (say("Settled on"), in_full(settlement.settled_at)),
        (say("Issued by"), settings.operator.trade_name),
    )
    aside = say("No. %(number)s", number=code)
    sheet = Sheet(title, (Facts(pairs), *blocks), over=settings.node.name, aside=aside)
    return Paper(f"{title} {code} {whose}", (sheet,), footer=f"{settings.node.name} · {aside}")


def _products(page: StatementPage) -> list[Block]:
    blocks: list[Block] = []
    for tax_class in dict.fromkeys(row.tax_class for row in page.products):
        rows = [row for row in page.products if row.tax_class == tax_class]
        cells = [(f"{r.product_name} {r.unit_label}", *amounts(r)) for r in rows]
        totals = ("", *(sum(numbers) for numbers in zip(*map(amounts, rows), strict=True)))
        table = Table(tax_name(tax_class), (Column(say("Product")), *amount_columns()), cells)
        blocks += [Heading(tax_name(tax_class)), Listing(table, totals)]
    return blocks


def _corrections_block(rows: Sequence[Any], name: str) -> list[Block]:
    if not rows:
        return []
    title = say("Corrections since the last statement")
    columns = (Column(say("Day"), "day"), Column(say("Round")), Column(say("Product")),
               Column(say("Reason")), Column(given_back(), "won"),
               Column(say("Of it from this share"), "won"))  # fmt: skip
    cells = [(r.at, r.title, r.product_name, r.reason, -r.amount, -getattr(r, name)) for r in rows]
    return [Heading(title), Listing(Table(title, columns, cells))]


def _corrected(name: str, rows: Sequence[Any]) -> list[tuple[str, int]]:
    back = sum(getattr(row, name) for row in rows)
    return [(say("Corrections since the last statement"), -back)] if rows else []


def _sums(sums: Sequence[tuple[str, int]], label: str, total: int) -> list[Block]:
    columns = Column(""), Column(say("Amount"), "won")
    return [Heading(say("In all")), Listing(Table(label, columns, sums), (label, total))]


def _given_on(passed: Sequence[PassedOn]) -> list[Block]:
    if not passed:
        return []
    title = say("Given on, as it stands now")
    rows = [(this_tongue().say(each.title), -each.won) for each in passed]
    table = Table(title, (Column(""), Column(say("Amount"), "won")), rows)
    return [Heading(title), Listing(table)]


def _rate(label: str, rate_bp: int) -> str:
    return f"{say(label)} {percent(rate_bp)}"


def _tax_within(taken: Net) -> list[Block]:
    if not taken.taxed:
        return []
    language = this_tongue().language
    text = say(
        "In the taxed sales of %(taxed)s there are %(vat)s of value added tax (10/110).",
        taxed=won(taken.taxed, language),
        vat=won(taken.vat, language),
    )
    return [Paragraph(text)]


def _small_print() -> str:
    return say(
        "Each share is rounded once for every line of an order; the producer gets the rest. Money "
        "that was given back to residents is not in it. A settled statement never changes."
    )
