"""Who is written to on behalf of a space: those who hold a role in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .....core.models import Grant, Person, Space
from .rows import AnyRow


def holders(
    session: Session, role: str, space_ids: Collection[int] | Select[int]
) -> Sequence[AnyRow]:
    """Return who holds ``role`` in these spaces, without those who are shut out: id, email and
    language, with ``space_id`` and the space's ``name``, by space and person."""
    return session.execute(
        select(Person.id, Person.email, Person.language, Space.id.label("space_id"), Space.name)
        .join(Grant, Grant.person_id == Person.id)
        .join(Space, Space.id == Grant.space_id)
        .where(Grant.role == role, Space.id.in_(space_ids), Person.blocked_at.is_(None))
        .order_by(Space.id, Person.id)
    ).all()
