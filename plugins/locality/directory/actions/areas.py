"""The boundary of the neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from .....core import audit
from .....core.node import Node
from ..models import Area
from ..rules.boundary import Shape, written


def set_area(
    node: Node, session: Session, shapes: Sequence[Shape], *, remark: str, actor_id: int | None
) -> None:
    """Keep a boundary that was read, in place of the one before."""
    found = session.get(Area, 1) or Area(id=1)
    found.shapes, found.remark = written(shapes), remark
    found.set_at, found.set_by = node.clock.now(), actor_id
    session.add(found)
    _record(node, session, "set", actor_id)


def remove_area(node: Node, session: Session, *, actor_id: int) -> None:
    """Show the map without a boundary."""
    found = session.get(Area, 1)
    if found is not None:
        session.delete(found)
        _record(node, session, "removed", actor_id)


def _record(node: Node, session: Session, what: str, actor_id: int | None) -> None:
    audit.record(
        session, f"locality.area.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("area", 1),
    )  # fmt: skip
