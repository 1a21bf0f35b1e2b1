"""Producers of other nodes who are followed, and the spaces that stand for them here."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core import audit, members
from .....core.addresses import host_of
from .....core.errors import NotFound, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.talk import Peer
from .....core.values import EMPTY_DIGEST
from ....market import list_mirrored
from ...goods.queries import NAME
from ..models import Copy, RefusedItem, Source
from ..rules import Producer, mirror_name

ALONE = "This node is not connected to others."


def follow(node: Node, session: Session, producer: Producer, peer: Peer, person_id: int) -> Source:
    """Follow the catalogue of a producer of a peer, for the whole node; twice is like once."""
    taken = node.hooks.follow(
        node=node, session=session, actor=producer.actor, publication=NAME, space_id=None
    )
    if taken is None:
        raise Refused(ALONE)
    source = stand_in(
        node, session, producer.actor, name=producer.name, peer_name=peer.name,
        details=producer.details,
    )  # fmt: skip
    _record(node, session, "followed", source, person_id)
    return source


def unfollow(node: Node, session: Session, source_id: int, person_id: int) -> Source:
    """End a following; what was ordered stays, nothing more can be ordered."""
    source = session.get(Source, source_id)
    if source is None or source.ended_at is not None:
        raise NotFound("This producer is not followed.")
    node.hooks.unfollow(
        node=node, session=session, actor=source.actor, publication=NAME, space_id=None
    )
    forget(node, session, source.actor)
    _record(node, session, "unfollowed", source, person_id)
    return source


def stand_in(
    node: Node, session: Session, actor: str, *, name: str, peer_name: str,
    details: Mapping[str, str] | None = None,
) -> Source:  # fmt: skip
    """Return the source of an actor with the space that stands for it, as its node tells it now.

    Nobody runs that space: it is at home there (``Space.home``).
    """
    now = node.clock.now()
    source = session.scalars(select(Source).where(Source.actor == actor)).one_or_none()
    shown = mirror_name(name, peer_name)
    if source is None:
        space = members.make_space(
            session, kind="producer", name=shown, at=now, home=actor, **(details or {})
        )
        source = Source(
            actor=actor, host=host_of(actor), seller_id=space.id, name=name, created_at=now
        )
        session.add(source)
    else:
        space = session.get_one(Space, source.seller_id)
        source.name, space.name = name, shown
        for column, value in (details or {}).items():
            setattr(space, column, value)
    source.ended_at = space.closed_at = None
    members.tell_changed(node, session, space.id)
    return source


def forget(node: Node, session: Session, actor: str) -> None:
    """Let go of what was taken of a source (``core.talk.Following``).

    Copies that were picked stay as gone ones, and their products off the list: orders name them.
    """
    source = session.scalars(
        select(Source).where(Source.actor == actor).with_for_update()
    ).one_or_none()
    if source is None or source.ended_at is not None:
        return
    now = node.clock.now()
    mine = Copy.source_id == source.id
    quiet = {"synchronize_session": False}
    session.execute(delete(Copy).where(mine, Copy.product_id.is_(None)).execution_options(**quiet))
    session.execute(
        delete(RefusedItem).where(RefusedItem.source_id == source.id).execution_options(**quiet)
    )
    picked = list(session.scalars(select(Copy.product_id).where(mine, Copy.gone_at.is_(None))))
    session.execute(
        update(Copy).where(mine, Copy.gone_at.is_(None)).values(gone_at=now)
        .execution_options(**quiet)
    )  # fmt: skip
    goods = [product_id for product_id in picked if product_id is not None]
    list_mirrored(session, source.seller_id, goods, listed=False, at=now)
    source.ended_at, source.fetched_at, source.withheld_at = now, None, None
    source.count, source.digest, source.reading = 0, EMPTY_DIGEST, False
    session.get_one(Space, source.seller_id).closed_at = now
    members.tell_changed(node, session, source.seller_id)


def _record(node: Node, session: Session, what: str, source: Source, person_id: int) -> None:
    audit.record(
        session, f"trade.source.{what}", at=node.clock.now(), person_id=person_id,
        subject=("source", source.id), actor=source.actor,
    )  # fmt: skip
