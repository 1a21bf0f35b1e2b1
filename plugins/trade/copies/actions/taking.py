"""Taking in what followed catalogues send: in bulk, each thing by its version, and refused alone.

A catalogue of a hundred thousand goods comes page by page, so all that is known of a page's things
is read with two statements and written with a few; the digest moves with each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core.addresses import host_of
from .....core.node import Node
from .....core.talk import Followed, PublishedItem, Taken
from ..models import Copy, RefusedItem, Source
from .ageing import fresh_again
from .batch import Batch, Known
from .mirroring import change_products, withdraw_products
from .sources import stand_in

CHUNK = 1000
"""Things that are looked at together."""


def take(node: Node, session: Session, followed: Followed) -> Taken:
    """Take in a page of a followed catalogue (``core.talk.Following``).

    Lower versions than the one that is held are ignored, unless the other node began anew. What
    cannot be used is kept as refused,
    with its reason, and counts in the digest, since the other node goes on holding it.
    """
    source = _held(node, session, followed)
    if followed.first:
        source.generation += 1
        source.reading = True
    refused: dict[str, str] = {}
    for items in _chunks(followed.items):
        batch = Batch(source, followed.fetched_at, _known(session, items), followed.anew)
        batch.take(items)
        _write(node, session, batch)
        refused.update(batch.refused)
    if followed.complete and source.reading:
        _sweep(node, session, source, followed)
        source.reading = False
        if followed.anew:
            _forget_versions(session, source)
    if not source.reading:
        source.fetched_at = followed.fetched_at
        fresh_again(node, session, source)
    session.flush()
    return Taken(source.count, source.digest, refused)


def _held(node: Node, session: Session, followed: Followed) -> Source:
    """Return the source, held so that two pages of it wait for each other."""
    named = select(Source).where(Source.actor == followed.actor).with_for_update()
    source = session.scalars(named.execution_options(populate_existing=True)).one_or_none()
    if source is None or source.ended_at is not None:
        # It was followed by other ways than the page: from the command line, say.
        name = host_of(followed.actor)
        stand_in(node, session, followed.actor, name=name, peer_name=name)
        source = session.scalars(named.execution_options(populate_existing=True)).one()
    return source


def _chunks(items: Iterable[PublishedItem]) -> Iterator[list[PublishedItem]]:
    """Return the things in parts, of each address only the highest version."""
    chosen: dict[str, PublishedItem] = {}
    for item in items:
        other = chosen.get(item.uri)
        if other is None or item.version >= other.version:
            chosen[item.uri] = item
        if len(chosen) == CHUNK:
            yield list(chosen.values())
            chosen = {}
    if chosen:
        yield list(chosen.values())


def _known(session: Session, items: list[PublishedItem]) -> dict[str, Known]:
    """Return what is held under these addresses, whoever's it is."""
    uris = [item.uri for item in items]
    copies = session.execute(
        select(
            Copy.uri, Copy.source_id, Copy.version, Copy.gone_at.is_(None).label("stands"),
            Copy.id, Copy.product_id,
        ).where(Copy.uri.in_(uris))
    )  # fmt: skip
    known = {
        row.uri: Known(row.source_id, row.version, bool(row.stands), row.id, row.product_id)
        for row in copies
    }
    refusals = session.execute(
        select(
            RefusedItem.uri, RefusedItem.source_id, RefusedItem.version, RefusedItem.id
        ).where(RefusedItem.uri.in_(uris))
    )  # fmt: skip
    for row in refusals:
        copy = known.get(row.uri)
        known[row.uri] = Known(
            row.source_id, row.version, True, copy and copy.copy_id, copy and copy.product_id,
            row.id,
        )  # fmt: skip
    return known


def _write(node: Node, session: Session, batch: Batch) -> None:
    batch.write(session)
    change_products(session, batch.source, batch.changed, at=batch.now)
    withdraw_products(session, batch.source, batch.withdrawn, at=batch.now)


def _forget_versions(session: Session, source: Source) -> None:
    """Let things that are gone come back by whatever version their node gives them now."""
    session.execute(
        update(Copy)
        .where(Copy.source_id == source.id, Copy.gone_at.is_not(None))
        .values(version=0)
        .execution_options(synchronize_session=False)
    )


def _sweep(node: Node, session: Session, source: Source, followed: Followed) -> None:
    """Let go of all that a full reading has not shown."""
    old = (Copy.source_id == source.id, Copy.generation < source.generation)
    copies = session.execute(
        select(Copy.uri, Copy.version, Copy.product_id).where(*old, Copy.gone_at.is_(None))
    ).all()
    unseen = (
        RefusedItem.source_id == source.id,
        RefusedItem.generation < source.generation,
    )
    refusals = session.execute(select(RefusedItem.uri, RefusedItem.version).where(*unseen)).all()
    if not (copies or refusals):
        return
    batch = Batch(source, followed.fetched_at, {})
    for row in (*copies, *refusals):
        batch.turn(row.uri, row.version, None)
    batch.settle()
    quiet = {"synchronize_session": False}
    session.execute(
        update(Copy)
        .where(*old, Copy.gone_at.is_(None))
        .values(gone_at=followed.fetched_at)
        .execution_options(**quiet)
    )
    session.execute(delete(RefusedItem).where(*unseen).execution_options(**quiet))
    picked = [row.product_id for row in copies if row.product_id is not None]
    withdraw_products(session, source, picked, at=followed.fetched_at)
