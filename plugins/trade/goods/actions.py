"""What may be done with catalogues: a seller switches one on or off, and changes are noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, false, literal, null, or_, select, update
from sqlalchemy.orm import Session

from ....core import audit
from ....core.errors import Forbidden, Refused
from ....core.models import Space
from ....core.node import Node
from ....core.statements import Statement
from ....core.talk import PublishedItem
from ....core.values import item_mark
from ...market import Product
from . import queries
from .models import Catalogue, Published
from .rules import proposal_uri

TOLD = 100
"""Of so many changes the things themselves are returned; of more their readers ask."""

MINUTE = timedelta(minutes=1)

_item: Table = Published.__table__  # type: ignore[assignment]
_product: Table = Product.__table__  # type: ignore[assignment]


def switch(node: Node, session: Session, space: Space, *, on: bool, person_id: int) -> None:
    """Let other nodes follow a seller's catalogue from now on, or no more; twice is like once.

    What was published before becomes tombstones when it is switched off, so that nobody goes on
    offering it. Only the seller's own wish may lead here.
    """
    if space.home:
        raise Forbidden("This catalogue belongs to another node. It can only be published there.")
    if space.kind != "producer":
        raise Refused("Only producers publish a catalogue for other neighbourhoods.")
    now = node.clock.now()
    catalogue = _locked(session, space.id)
    if catalogue is None:
        catalogue = Catalogue(space_id=space.id, published=False)
        session.add(catalogue)
        session.flush()
    if catalogue.published is on:
        return
    catalogue.published, catalogue.switched_at, catalogue.switched_by = on, now, person_id
    session.flush()
    action = "trade.catalogue.published" if on else "trade.catalogue.withdrawn"
    audit.record(session, action, at=now, person_id=person_id, subject=("space", space.id))
    freshen(node, session, space.id)


def freshen(node: Node, session: Session, space_id: int) -> Sequence[PublishedItem]:
    """Note all that differs from what was last told of a seller's goods, each as a new version.

    Returns the changed things, as many as ``TOLD`` of them.
    """
    catalogue = _locked(session, space_id)
    space = session.get(Space, space_id)
    if catalogue is None or space is None:
        return []
    now = node.clock.now()
    catalogue.freshened_at = now
    if catalogue.seller_name != space.name:
        _tell_all_anew(session, space_id)
        catalogue.seller_name = space.name
    offered = catalogue.published and space.closed_at is None
    found = _DIFFERENT[offered].all(session, {"space_id": space_id})
    if not found:
        return []
    before = catalogue.seq
    _note(node, session, catalogue, found, now)
    session.flush()
    return queries.page(node, session, space_id, before, TOLD, True)


def freshen_if_old(node: Node, space_id: int) -> None:
    """Note what has changed in a catalogue that is asked for, at most once a minute."""
    with node.db.read() as session:
        known = queries.catalogue_of(session, space_id)
    if known is None or not known.published:
        return
    now = node.clock.now()
    if known.freshened_at is None or now - known.freshened_at >= MINUTE:
        with node.db.write() as session:
            freshen(node, session, space_id)


def _locked(session: Session, space_id: int) -> Catalogue | None:
    return session.get(Catalogue, space_id, with_for_update=True, populate_existing=True)


def _tell_all_anew(session: Session, space_id: int) -> None:
    """Make all goods of a seller with a new name differ from what was told of them."""
    session.execute(
        update(Published)
        .where(Published.space_id == space_id, Published.gone_at.is_(None))
        .values(product_version=0)
        .execution_options(synchronize_session=False)
    )


def _different(offered: bool) -> Select[Any]:
    """What is another thing than was told: new, changed, sold, put back, taken off or deleted."""
    stands = and_(_item.c.product_id.is_not(None), _item.c.gone_at.is_(None))
    changed = or_(
        _item.c.product_id.is_(None),
        _item.c.gone_at.is_not(None),
        _item.c.product_version != _product.c.version,
        _item.c.stock.is_distinct_from(_product.c.stock),
    )
    wanted = _product.c.listed if offered else false()
    goods = (
        select(
            _product.c.id,
            wanted.label("offered"),
            _product.c.version.label("product_version"),
            _product.c.stock,
            _item.c.version,
            stands.label("stood"),
        )
        .select_from(_product.outerjoin(_item, _item.c.product_id == _product.c.id))
        .where(
            _product.c.seller_id == bindparam("space_id"),
            or_(and_(wanted, changed), and_(~wanted, stands)),
        )
    )
    deleted = (
        select(_item.c.product_id, false(), literal(0), null(), _item.c.version, literal(True))
        .select_from(_item.outerjoin(_product, _product.c.id == _item.c.product_id))
        .where(
            _item.c.space_id == bindparam("space_id"),
            _item.c.gone_at.is_(None),
            _product.c.id.is_(None),
        )
    )
    both = goods.union_all(deleted).subquery()
    return select(both).order_by(both.c.id)


_DIFFERENT = {offered: Statement(_different(offered)) for offered in (True, False)}
_NOTE = Statement(
    lambda insert: (noted := insert(_item)).on_conflict_do_update(
        index_elements=["product_id"],
        set_={
            name: noted.excluded[name]
            for name in ("seq", "version", "product_version", "stock", "updated_at", "gone_at")
        },
    )
)


def _note(
    node: Node, session: Session, catalogue: Catalogue, found: Sequence[Any], now: datetime
) -> None:
    base = node.settings.node.address
    digest = int.from_bytes(catalogue.digest, "big")
    for row in found:
        uri = proposal_uri(base, row.id)
        if row.stood:
            digest ^= _mark(uri, row.version)
        if row.offered:
            digest ^= _mark(uri, (row.version or 0) + 1)
        catalogue.count += bool(row.offered) - bool(row.stood)
    _NOTE.write(session, *_noted(catalogue, found, now))
    catalogue.seq += len(found)
    catalogue.digest = digest.to_bytes(32, "big")


def _noted(catalogue: Catalogue, found: Sequence[Any], now: datetime) -> Iterator[dict[str, Any]]:
    for seq, row in enumerate(found, catalogue.seq + 1):
        yield {
            "product_id": row.id,
            "space_id": catalogue.space_id,
            "seq": seq,
            "version": (row.version or 0) + 1,
            "product_version": row.product_version,
            "stock": row.stock,
            "updated_at": now,
            "gone_at": None if row.offered else now,
        }


def _mark(uri: str, version: int) -> int:
    return int.from_bytes(item_mark(uri, version), "big")
