"""A collection held for a change, who may make it, and what is written down of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.auth.attempts import Limit, count
from .....core.errors import Forbidden, NotFound
from .....core.node import Node
from .....core.search import changed
from .....core.values import Viewer
from ...circles import is_vouched
from .. import queries
from ..models import Collection
from ..rules import EDITOR, KIND


def locked(session: Session, viewer: Viewer, collection_id: int) -> Collection:
    """Return a collection that the viewer makes, locked until the transaction ends.

    NotFound also for a draft of somebody else: nobody learns that it is there.
    """
    found = session.scalars(
        select(Collection)
        .where(Collection.id == collection_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is not None and makes(session, viewer, found):
        return found
    if found is None or not found.public:
        raise NotFound("There is no such collection.")
    raise Forbidden("Only those who make this collection can change it.")


def makes(session: Session, viewer: Viewer | None, collection: Any) -> bool:
    """Say whether somebody makes a collection: began it, was asked to, or chooses for the week."""
    if viewer is None:
        return False
    if collection.week is not None and is_editor(viewer):
        return True
    if collection.owner_id == viewer.id and collection.week is None:
        return True
    return queries.is_curator(session, collection.id, viewer.id)


def is_editor(viewer: Viewer) -> bool:
    """Say whether somebody chooses for the week; stewards can stand in."""
    return (None, EDITOR) in viewer.roles or viewer.is_steward


def counted(
    node: Node, session: Session, viewer: Viewer, what: str, most: int, most_of_newcomers: int
) -> bool:
    """Count something that others are told of, and say whether it is within the day's bound."""
    if not is_vouched(node, session, viewer.id):
        most = most_of_newcomers
    return count(session, Limit(what, most, 24 * 60), str(viewer.id), at=node.clock.now())


def touched(node: Node, session: Session, collection: Collection) -> None:
    """Note that what a collection says has changed."""
    collection.changed_at = node.clock.now()
    collection.version += 1
    session.flush()
    changed(session, KIND, collection.id)


def record(
    node: Node, session: Session, what: str, collection_id: int, person_id: int | None,
    **details: Any,
) -> None:  # fmt: skip
    """Write in the audit log what was done with a collection."""
    audit.record(
        session, f"feed.collection.{what}", at=node.clock.now(), person_id=person_id,
        subject=(KIND, collection_id), **details,
    )  # fmt: skip
