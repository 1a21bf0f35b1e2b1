"""What may be read of the catalogues that sellers of this node publish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, Table, func, select
from sqlalchemy.orm import Session

from ....core.addresses import space_actor
from ....core.models import Picture, Space
from ....core.node import Node
from ....core.talk import PublicationState, PublishedItem
from ...market import Product
from .models import Catalogue, Published
from .rules import Good, proposal_uri, to_proposal, to_tombstone

NAME = "catalog"
"""The name of the publication: a seller's catalogue stands at ``/orgs/<id>/catalog``."""

KEPT = timedelta(days=90)
"""So long tombstones are told to those who ask for changes."""

SIZE = 50
"""Producers on one page of the directory."""

_item: Table = Published.__table__  # type: ignore[assignment]
_product: Table = Product.__table__  # type: ignore[assignment]
_space: Table = Space.__table__  # type: ignore[assignment]
_picture: Table = Picture.__table__  # type: ignore[assignment]

_OF_PRODUCT = (
    "name", "description", "category", "unit_code", "unit_label", "price", "tax_class", "origin",
    "storage", "minimum", "step", "variant", "family_id", "sold_by", "expected_g", "allergens",
    "certification", "certificate_number", "certificate_until", "listed",
)  # fmt: skip


def _rows(told: Select[Any]) -> Select[Any]:
    """Return what a selection of items is told from: each with its product, seller and picture.

    The items are chosen, sorted and limited before they are joined: a page costs what is on it.
    """
    item = told.subquery()
    return select(
        *item.c,
        *(_product.c[name] for name in _OF_PRODUCT),
        _product.c.id.label("still_there"),
        _product.c.version.label("now_version"),
        _product.c.stock.label("now_stock"),
        _space.c.name.label("producer"),
        _picture.c.digest.label("picture"),
    ).select_from(
        item.join(_space, _space.c.id == item.c.space_id)
        .outerjoin(_product, _product.c.id == item.c.product_id)
        .outerjoin(_picture, _picture.c.id == _product.c.picture_id)
    )


def state(session: Session, space_id: int) -> PublicationState | None:
    """Return how a seller's catalogue stands, None if the seller publishes none."""
    found = session.execute(
        select(Catalogue.count, Catalogue.seq, Catalogue.digest)
        .join(Space, Space.id == Catalogue.space_id)
        .where(Catalogue.space_id == space_id, Catalogue.published, Space.closed_at.is_(None))
    ).one_or_none()
    return None if found is None else PublicationState(*found)


def page(
    node: Node, session: Session, space_id: int, after: int, limit: int, since: bool
) -> list[PublishedItem]:
    """Return the things of a catalogue after the change ``after``; tombstones only ``since``."""
    wanted = select(_item).where(_item.c.space_id == space_id, _item.c.seq > after)
    if not since:
        wanted = wanted.where(_item.c.gone_at.is_(None))
    rows = session.execute(_rows(wanted.order_by(_item.c.seq).limit(limit)).order_by("seq"))
    return [published(node, row) for row in rows]


def item(node: Node, session: Session, uri: str) -> PublishedItem | None:
    """Return what stands at the address of a proposal, None if it never was one."""
    number = uri.removeprefix(proposal_uri(node.settings.node.address, 0)[:-1])
    if number == uri or not number.isdecimal() or len(number) > 9:
        return None
    row = item_row(session, int(number))
    return None if row is None else published(node, row)


def item_row(session: Session, product_id: int) -> Any:
    """Return what was told of a product, with the product as it is now; None if nothing was."""
    wanted = select(_item).where(_item.c.product_id == product_id)
    return session.execute(_rows(wanted)).one_or_none()


def is_behind(row: Any) -> bool:
    """Say whether a product is another one than what was last told of it."""
    if row.gone_at is not None:
        return bool(row.listed)
    told = (row.product_version, row.stock)
    return not row.listed or told != (row.now_version, row.now_stock)


def published(node: Node, row: Any) -> PublishedItem:
    """Return a thing as it is told: the good, or the tombstone that stands for it."""
    base = node.settings.node.address
    uri = proposal_uri(base, row.product_id)
    if row.gone_at is not None or row.still_there is None:
        document = to_tombstone(uri, row.gone_at or row.updated_at, base)
        return PublishedItem(uri, row.version, row.seq, document, gone=True)
    return PublishedItem(uri, row.version, row.seq, to_proposal(good_of(base, row), base))


def good_of(base: str, row: Any) -> Good:
    """Return the good that a row of the catalogue is."""
    family = row.family_id
    return Good(
        uri=proposal_uri(base, row.product_id),
        version=row.version,
        updated=row.updated_at,
        seller=space_actor(base, row.space_id),
        name=row.name,
        unit_code=row.unit_code,
        unit_label=row.unit_label,
        price=row.price,
        producer=row.producer,
        description=row.description,
        category=row.category,
        tax_class=row.tax_class,
        origin=row.origin,
        storage=row.storage,
        available=row.stock,
        minimum=row.minimum,
        step=row.step,
        variant=row.variant,
        family="" if family is None else proposal_uri(base, family),
        sold_by=row.sold_by,
        expected_g=row.expected_g,
        allergens=row.allergens,
        certification=row.certification,
        certificate_number=row.certificate_number,
        certificate_until=row.certificate_until,
        page=f"{base}/market/{row.product_id}",
        picture="" if row.picture is None else f"{base}/pictures/{row.picture}/large.webp",
    )


def goods_of(
    node: Node, session: Session, space_id: int, *, after: int = 0, limit: int = 500
) -> list[Good]:
    """Return the goods that a published catalogue holds, after the product ``after``, by its id."""
    base = node.settings.node.address
    wanted = select(_item).where(
        _item.c.space_id == space_id, _item.c.gone_at.is_(None), _item.c.product_id > after
    )
    rows = session.execute(
        _rows(wanted.order_by(_item.c.product_id).limit(limit)).order_by("product_id")
    )
    return [good_of(base, row) for row in rows if row.still_there is not None]


def oldest(node: Node, session: Session, space_id: int) -> int:
    """Return the change before which tombstones are not told any more."""
    long_ago = node.clock.now() - KEPT
    found = session.scalar(
        select(func.max(Published.seq)).where(
            Published.space_id == space_id, Published.gone_at < long_ago
        )
    )
    return int(found or 0)


def catalogue_of(session: Session, space_id: int) -> Any:
    """Return ``published``, ``count``, ``switched_at`` and ``freshened_at``; None if never used."""
    return session.execute(
        select(
            Catalogue.published, Catalogue.count, Catalogue.switched_at, Catalogue.freshened_at
        ).where(Catalogue.space_id == space_id)
    ).one_or_none()


def producers(session: Session, *, after: int = 0, limit: int = SIZE) -> Sequence[Any]:
    """Return those who publish a catalogue, with who they are, by their ids."""
    columns = (
        "id", "slug", "name", "province", "county", "address", "phone", "email", "representative",
        "business_number", "mail_order_number", "intro",
    )  # fmt: skip
    return session.execute(
        select(*(_space.c[name] for name in columns), Catalogue.count)
        .join(Catalogue, Catalogue.space_id == _space.c.id)
        .where(Catalogue.published, _space.c.closed_at.is_(None), _space.c.id > after)
        .order_by(_space.c.id)
        .limit(limit)
    ).all()


def published_seller(session: Session, slug: str) -> Any:
    """Return the whole row of a seller who publishes, by the slug; None if there is none."""
    return session.execute(
        select(_space, Catalogue.count)
        .join(Catalogue, Catalogue.space_id == _space.c.id)
        .where(Catalogue.published, _space.c.closed_at.is_(None), _space.c.slug == slug)
    ).one_or_none()
