"""What an organisation says of itself, and that a steward has seen it."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core import audit, search
from .....core.errors import Invalid, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Organisation, Verification
from ..queries import run_by
from ..rules import number_form, verified_until
from .badges import tell_later


def describe(
    node: Node, session: Session, space_id: int, *, form: str, number: str, books_open: bool,
    version: int, actor_id: int,
) -> None:  # fmt: skip
    """Keep what kind of organisation it is; what a steward saw before holds no more if it differs.

    ``Invalid`` for a number that is none; ``Refused`` if somebody else changed it meanwhile.
    """
    number, now = number_form(number), node.clock.now()
    row = _held(session, space_id)
    if (row.version if row else 0) != version:
        raise Refused("This was changed in another window. Please look at it again.")
    if row is None:
        row = Organisation(space_id=space_id, version=0)
        session.add(row)
    row.form, row.number, row.books_open = form, number, books_open
    row.version, row.changed_at = version + 1, now
    session.flush()
    search.changed(session, "space", space_id)
    _record(node, session, "described", space_id, actor_id, form=form, books_open=books_open)


def verify(
    node: Node, session: Session, space_id: int, *, seen: str, version: int, actor_id: int
) -> None:
    """Note that a steward has seen that this is the organisation that it says; for a year."""
    row, now = _held(session, space_id), node.clock.now()
    if actor_id in run_by(session, space_id):
        raise Refused("You run this organisation yourself. Please let another steward look at it.")
    if row is None:
        raise Refused("The organisation has not said yet what kind it is.")
    if row.version != version:
        raise Refused("The organisation has changed what it says. Please look at it again.")
    if len(seen) < 2:
        raise Invalid({"seen": [Message("Please say in a few words what you have seen.", {})]})
    _end_all(node, session, space_id)
    look = Verification(
        space_id=space_id, form=row.form, number=row.number, seen=seen, at=now, by_id=actor_id,
        expires_at=verified_until(now),
    )  # fmt: skip
    session.add(look)
    session.flush()
    tell_later(session, look)
    _record(node, session, "verified", space_id, actor_id, seen=seen)


def unverify(node: Node, session: Session, space_id: int, *, actor_id: int) -> None:
    """Take the badge back."""
    _end_all(node, session, space_id)
    _record(node, session, "unverified", space_id, actor_id)


def _held(session: Session, space_id: int) -> Organisation | None:
    query = select(Organisation).where(Organisation.space_id == space_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _end_all(node: Node, session: Session, space_id: int) -> None:
    session.execute(
        update(Verification)
        .where(Verification.space_id == space_id, Verification.ended_at.is_(None))
        .values(ended_at=node.clock.now())
        .execution_options(synchronize_session=False)
    )


def _record(
    node: Node, session: Session, what: str, space_id: int, actor_id: int, **details: object
) -> None:
    audit.record(
        session, f"board.organisation.{what}", at=node.clock.now(), person_id=actor_id,
        subject=("space", space_id), **details,
    )  # fmt: skip
