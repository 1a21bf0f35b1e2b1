"""The lists of the alliance: people in office, history, partners, documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import NotFound, Refused
from .....core.node import Node
from ..models import AllianceDocument, Moment, Partner, Term
from ..queries import MOST

Row = TypeVar("Row", Term, Moment, Partner, AllianceDocument)


def keep(
    node: Node, session: Session, model: type[Row], row_id: int | None, data: Mapping[str, Any], *,
    actor_id: int | None,
) -> Row:  # fmt: skip
    """Add a row to a list, or change the row ``row_id``; the same one added twice is one."""
    if row_id is None:
        same = select(model).where(*(getattr(model, name) == it for name, it in data.items()))
        found = session.scalars(same.limit(1)).first()
        if found is not None:
            return found
        if (session.scalar(select(func.count()).select_from(model)) or 0) >= MOST:
            raise Refused("This list is full. Please remove something first.")
        found = model(**data, **_times(node, model))
        session.add(found)
    else:
        found = _the(session, model, row_id)
        for name, value in data.items():
            setattr(found, name, value)
    session.flush()
    _record(node, session, "kept", found, actor_id)
    return found


def remove(node: Node, session: Session, model: type[Row], row_id: int, *, actor_id: int) -> None:
    """Take a row off its list."""
    found = _the(session, model, row_id)
    session.delete(found)
    _record(node, session, "removed", found, actor_id)


def _times(node: Node, model: type[Row]) -> dict[str, Any]:
    return {"added_at": node.clock.now()} if model is AllianceDocument else {}


def _the(session: Session, model: type[Row], row_id: int) -> Row:
    found = session.get(model, row_id)
    if found is None:
        raise NotFound("There is no such entry any more.")
    return found


def _record(node: Node, session: Session, what: str, row: Any, actor_id: int | None) -> None:
    kind = str(row.__tablename__).removeprefix("locality_")
    audit.record(
        session, f"locality.{kind}.{what}", at=node.clock.now(), person_id=actor_id,
        subject=(kind, row.id),
    )  # fmt: skip
