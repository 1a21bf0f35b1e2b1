"""Taking in a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from .....core.models import AuditRecord
from .....core.search import changed
from ...accounts.queries import containers
from ...catalog.actions import Hand, PriceIsSellers, refuse_elsewhere
from ...catalog.models import Product
from ...catalog.rules import TaxClass
from ..queries import known_products
from ..rules import KnownProducer, Outcome, Report, RowOutcome, Table, classify_products
from ..rules.planning import refused
from .columns import as_kept, in_columns
from .families import join_families
from .record import Done, keep, subject_of


def import_products(
    session: Session,
    table: Table,
    *,
    sellers: list[KnownProducer],
    file_name: str,
    hand: Hand,
    tax: TaxClass | None = None,
) -> Done:
    """Make and change goods of ``sellers`` from a table; Refused if its columns cannot be used.

    A row that changes a price is refused unless the hand may set prices.
    """
    refuse_elsewhere(session, *(seller.id for seller in sellers))
    known = known_products(session, (seller.id for seller in sellers))
    boxes = {row.name: row.id for row in containers(session)}
    report = classify_products(table, known, sellers, tax=tax, containers=boxes)
    report = replace(report, rows=tuple(in_columns(row, boxes) for row in report.rows))
    if not hand.sets_price:
        report = replace(report, rows=tuple(map(_without_price, report.rows)))
    made = _make(session, report, hand)
    _change(session, report, made, hand)
    join_families(session, made.values())
    written = {Outcome.MADE, Outcome.CHANGED}
    subjects = [subject_of(row, made) for row in report.rows if row.outcome in written]
    changed(session, "product", *(subject for subject in subjects if subject is not None))
    _write_down(session, report, made, hand)
    return keep(
        session,
        "products",
        report,
        made,
        file_name=file_name,
        seller_id=sellers[0].id if len(sellers) == 1 else None,
        hand=hand,
    )


def _without_price(row: RowOutcome) -> RowOutcome:
    if row.outcome == Outcome.CHANGED and "price" in row.after:
        return refused(row.line, row.name, PriceIsSellers().message)
    return row


def _make(session: Session, report: Report, hand: Hand) -> dict[int, int]:
    """Insert all that is new with one statement for many rows; return the ids by their lines."""
    rows = [row for row in report.rows if row.outcome == Outcome.MADE]
    if not rows:
        return {}
    ids = session.scalars(
        insert(Product).returning(Product.id, sort_by_parameter_order=True),
        [{**as_kept(row.facts), "created_at": hand.at, "updated_at": hand.at} for row in rows],
    )
    return {row.line: id_ for row, id_ in zip(rows, ids, strict=True)}


def _change(session: Session, report: Report, made: Mapping[int, int], hand: Hand) -> None:
    for row in report.rows:
        if row.outcome == Outcome.CHANGED:
            session.execute(
                update(Product)
                .where(Product.id == subject_of(row, made))
                .values(**as_kept(row.after), version=Product.version + 1, updated_at=hand.at)
                .execution_options(synchronize_session=False)
            )


def _write_down(session: Session, report: Report, made: Mapping[int, int], hand: Hand) -> None:
    """Let every product's own history say what the file did to it."""
    records = [
        {
            "at": hand.at,
            "person_id": hand.person_id,
            "action": "market.product.imported",
            "subject_kind": "product",
            "subject_id": subject_of(row, made),
            "details": _details(row),
        }
        for row in report.rows
        if row.outcome in {Outcome.MADE, Outcome.CHANGED}
    ]
    if records:
        session.execute(insert(AuditRecord), records)


def _details(row: RowOutcome) -> dict[str, Any]:
    if row.outcome == Outcome.MADE:
        return {"price": row.facts["price"]}
    return {change.field: [change.before, change.after] for change in row.changes}
