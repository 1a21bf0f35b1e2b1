"""What imports need to know: who and what stands already, and what earlier imports did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ....core.errors import NotFound, Refused
from ....core.models import Person, Space
from ..accounts.models import Container
from ..catalog.models import Product
from ..catalog.queries import AnyRow
from .models import Import, ImportRow
from .rules import Fact, KnownProducer, KnownProduct
from .rules.columns import PRODUCER_COLUMNS
from .rules.producers import ProducerBook

SPACE_FIELDS = tuple(field for field in PRODUCER_COLUMNS if field != "region")
"""The columns of a space that a list of producers may fill."""

PRODUCT_FIELDS = (
    "price", "tax_class", "origin", "category", "storage", "description", "stock", "minimum",
    "step", "variant", "sold_by", "expected_g", "allergens", "certification",
    "certificate_number", "certificate_until",
)  # fmt: skip
"""The columns of a product that a catalogue may change, besides its container."""


def known_producers(session: Session, kinds: Iterable[str] = ("producer",)) -> list[KnownProducer]:
    """Return the spaces of these kinds that are run here and not closed, as the rules compare
    them."""
    rows = session.execute(
        select(Space.id, *(getattr(Space, field) for field in SPACE_FIELDS))
        .where(Space.kind.in_(tuple(kinds)), Space.closed_at.is_(None), Space.home == "")
        .order_by(Space.id)
    )
    return [
        KnownProducer(row.id, row.name, {field: getattr(row, field) for field in SPACE_FIELDS})
        for row in rows
    ]


def known_sellers(session: Session) -> list[KnownProducer]:
    """Return everybody who offers goods."""
    return known_producers(session, ("producer", "shop"))


def named_seller(session: Session, name: str) -> KnownProducer:
    """Return the seller of this name; Refused if there is none, or several."""
    sellers = known_sellers(session)
    found = ProducerBook(sellers).find(name, "", "")
    if found is None:
        raise Refused("There is no producer called %(name)s here.", name=name)
    return next(seller for seller in sellers if seller.id == found.subject_id)


def known_products(session: Session, seller_ids: Iterable[int]) -> list[KnownProduct]:
    """Return the goods of these sellers, and hold them until the transaction ends.

    What is compared must not be sold or changed before it is written (SQLite holds all anyway).
    New order lines may name these goods meanwhile, or an order of several parts and a file could
    wait for each other in a circle.
    """
    rows = session.execute(
        select(
            Product.id,
            Product.seller_id,
            Product.name,
            Product.unit_code,
            *(getattr(Product, field) for field in PRODUCT_FIELDS),
            select(Container.name)
            .where(Container.id == Product.container_id)
            .scalar_subquery()
            .label("container"),
        )
        .where(Product.seller_id.in_(list(seller_ids)))
        .order_by(Product.id)
        .with_for_update(key_share=True)
    )
    return [
        KnownProduct(
            row.id,
            row.seller_id,
            row.name,
            row.unit_code,
            _facts(row),
        )
        for row in rows
    ]


def _facts(row: Any) -> dict[str, Fact]:
    """Return a product as the rules compare it: "" where a column other than the stock is empty."""
    until = row.certificate_until
    return {
        **{field: getattr(row, field) for field in PRODUCT_FIELDS},
        "expected_g": row.expected_g or "",
        "certificate_until": until.isoformat() if until else "",
        "container": row.container or "",
    }


def import_named(session: Session, import_id: int) -> Import:
    """Return one import; NotFound if there is none of this number."""
    found = session.get(Import, import_id)
    if found is None:
        raise NotFound("There is no import %(number)s.", number=import_id)
    return found


def imports(session: Session, *, seller_id: int | None = None, limit: int = 50) -> Sequence[AnyRow]:
    """Return the last imports, newest first, those of one seller if asked."""
    statement = select(
        Import.id,
        Import.kind,
        Import.file_name,
        Import.at,
        Import.counts,
        Import.undone_at,
        Person.name.label("person"),
    ).outerjoin(Person, Person.id == Import.person_id)
    if seller_id is not None:
        statement = statement.where(Import.seller_id == seller_id)
    return session.execute(statement.order_by(Import.id.desc()).limit(limit)).all()


def rows_to_undo(session: Session, import_id: int) -> Sequence[AnyRow]:
    """Return the rows of an import that wrote anything, the last first."""
    return session.execute(
        select(
            ImportRow.line,
            ImportRow.outcome,
            ImportRow.name,
            ImportRow.subject_id,
            ImportRow.before,
            ImportRow.after,
        )
        .where(
            ImportRow.import_id == import_id,
            ImportRow.outcome.in_(("made", "changed")),
            ImportRow.subject_id.is_not(None),
        )
        .order_by(ImportRow.line.desc())
    ).all()


def rows_of(session: Session, import_id: int, *, limit: int) -> Sequence[AnyRow]:
    """Return the rows of an import in the order of its file."""
    return session.execute(
        select(
            ImportRow.line,
            ImportRow.outcome,
            ImportRow.name,
            ImportRow.incomplete,
            ImportRow.notes,
            ImportRow.subject_id,
        )
        .where(ImportRow.import_id == import_id)
        .order_by(ImportRow.line)
        .limit(limit)
    ).all()
