"""Lenders: written down by one person, verified by another, and only then to be applied to."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import audit
from .....core.errors import Forbidden, Invalid, Refused
from .....core.models import Space
from .....core.node import Node
from .....core.statements import insert_of
from .....core.values import Message
from ..models import Lender
from ..queries import outstanding
from ..rules import Lending


def add_lender(
    node: Node, session: Session, lending: Lending, *, key: str, actor_id: int
) -> Lender:
    """Write a lender down, once for each ``key``; it waits for a steward who verifies it."""
    lending.check()
    _check_space(session, lending)
    insert = insert_of(session.get_bind().dialect.name)
    row = {**asdict(lending), "key": key, "made_by": actor_id, "made_at": node.clock.now()}
    made = session.execute(insert(Lender).values(row).on_conflict_do_nothing())
    found = session.scalars(select(Lender).where(Lender.key == key)).one()
    if made.rowcount:  # type: ignore[attr-defined]
        _record(node, session, "added", found.id, actor_id)
    return found


def _check_space(session: Session, lending: Lending) -> None:
    if lending.space_id is None:
        return
    space = session.get(Space, lending.space_id)
    if space is None or space.kind != "organisation" or space.closed_at is not None:
        raise Invalid({"space_id": [Message("There is no such organisation here.", {})]})


def change_lender(
    node: Node, session: Session, lender_id: int, lending: Lending, *, actor_id: int
) -> None:
    """Change a lender's terms: it has to be verified anew. Loans that stand keep theirs."""
    lending.check()
    _check_space(session, lending)
    lender = _held(session, lender_id)
    if lending.capital is not None and lending.capital < outstanding(session, lender_id):
        raise Invalid({"capital": [Message("More than this is out already.", {})]})
    for name, value in asdict(lending).items():
        setattr(lender, name, value)
    lender.made_by, lender.verified_at, lender.verified_by = actor_id, None, None
    session.flush()
    _record(node, session, "changed", lender_id, actor_id)


def verify_lender(node: Node, session: Session, lender_id: int, *, actor_id: int) -> None:
    """Note that the entitlement was looked up with the office that keeps it."""
    lender = _held(session, lender_id)
    if lender.made_by == actor_id:
        raise Forbidden("Somebody other than who wrote the lender down has to verify it.")
    if lender.verified_at is None:
        lender.verified_at, lender.verified_by = node.clock.now(), actor_id
        session.flush()
        _record(node, session, "verified", lender_id, actor_id)


def close_lender(node: Node, session: Session, lender_id: int, *, actor_id: int) -> None:
    """Take no more applications for a lender; what is out is paid back as agreed."""
    lender = _held(session, lender_id)
    if lender.closed_at is None:
        lender.closed_at = node.clock.now()
        session.flush()
        _record(node, session, "closed", lender_id, actor_id)


def _held(session: Session, lender_id: int) -> Lender:
    found = session.get(Lender, lender_id, with_for_update=True, populate_existing=True)
    if found is None or found.closed_at is not None:
        raise Refused("This lender is not here any more.")
    return found


def _record(node: Node, session: Session, what: str, lender_id: int, actor_id: int) -> None:
    audit.record(
        session, f"fund.lender_{what}", at=node.clock.now(), person_id=actor_id,
        subject=("lender", lender_id),
    )  # fmt: skip


def waiting(session: Session) -> int:
    """Return how many lenders wait to be verified."""
    query = select(func.count()).select_from(Lender)
    query = query.where(Lender.verified_at.is_(None), Lender.closed_at.is_(None))
    return int(session.scalar(query) or 0)
