"""What is known of followers and of what is followed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...core.models import Space
from ...core.node import Node
from ...core.talk import Following, Publication
from .models import Followed, Follower

SIZE = 50


def publications(node: Node) -> dict[str, Publication]:
    """Return what spaces of this node can publish, by name."""
    return {each.name: each for each in node.host.collect("publications", node=node)}


def takers(node: Node) -> dict[str, Following]:
    """Return what is done here with what is followed, by the publication's name."""
    return {each.name: each for each in node.host.collect("followings", node=node)}


def open_space(session: Session, space_id: int) -> bool:
    """Say whether there is such a space and it is not closed."""
    found = select(Space.id).where(Space.id == space_id, Space.closed_at.is_(None))
    return session.scalar(found) is not None


def followers_of(session: Session, space_id: int, name: str) -> Sequence[Follower]:
    """Return who follows a publication now."""
    return session.scalars(
        select(Follower)
        .where(Follower.space_id == space_id, Follower.name == name, Follower.ended_at.is_(None))
        .order_by(Follower.id)
    ).all()


def followed_publications(session: Session) -> Sequence[tuple[int, str]]:
    """Return space and name of every publication of this node that somebody follows."""
    rows = session.execute(
        select(Follower.space_id, Follower.name)
        .where(Follower.ended_at.is_(None))
        .distinct()
        .order_by(Follower.space_id, Follower.name)
    )
    return [(row.space_id, row.name) for row in rows]


def followed(session: Session, actor: str, name: str) -> Followed | None:
    """Return what is known of a publication that is followed here, or was."""
    return session.scalars(
        select(Followed).where(Followed.actor == actor, Followed.name == name)
    ).one_or_none()


def all_followed(
    session: Session, *, host: str | None = None, after: int = 0, limit: int = SIZE + 1
) -> Sequence[Followed]:
    """Return what is followed here (of one node), in the order of their ids."""
    query = (
        select(Followed)
        .where(Followed.id > after, Followed.state != "ended")
        .order_by(Followed.id)
        .limit(limit)
    )
    return session.scalars(query if host is None else query.where(Followed.host == host)).all()


def asked_by(session: Session, request: str) -> Followed | None:
    """Return what was asked for by a Follow with this address."""
    return session.scalars(select(Followed).where(Followed.request == request)).one_or_none()


def follower_count(session: Session, host: str) -> int:
    """Return how many publications of ours are followed by actors of a node."""
    counted = select(func.count()).select_from(Follower)
    found = session.scalar(counted.where(Follower.host == host, Follower.ended_at.is_(None)))
    return int(found or 0)
