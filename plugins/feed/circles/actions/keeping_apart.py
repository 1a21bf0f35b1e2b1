"""Muting and blocking: nobody is told of either."""

from __future__ import annotations

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from .....core import follows
from .....core.errors import NotFound, Refused
from .....core.models import Person
from .....core.node import Node
from ..models import Membership, Tie

MOST = 2_000


def set_tie(node: Node, session: Session, person_id: int, other_id: int, kind: str) -> None:
    """Let ``kind`` stand between a person and another: "mute", "block", or "" for nothing.

    Who is blocked and who blocks follow each other no more, and invitations between them lapse.
    """
    if person_id == other_id:
        raise Refused("That is yourself.")
    if session.get(Person, other_id) is None:
        raise NotFound("There is no such person here.")
    session.execute(delete(Tie).where(Tie.person_id == person_id, Tie.other_id == other_id))
    if not kind:
        return
    if (session.scalar(select(func.count()).where(Tie.person_id == person_id)) or 0) >= MOST:
        raise Refused("You mute or block very many people already.")
    session.add(Tie(person_id=person_id, other_id=other_id, kind=kind, at=node.clock.now()))
    if kind == "block":
        follows.unfollow(session, person_id, f"person:{other_id}")
        follows.unfollow(session, other_id, f"person:{person_id}")
        _end_invitations(session, person_id, other_id)
    session.flush()


def _end_invitations(session: Session, one: int, other: int) -> None:
    session.execute(
        delete(Membership).where(
            Membership.accepted_at.is_(None),
            or_(
                (Membership.person_id == one) & (Membership.invited_by == other),
                (Membership.person_id == other) & (Membership.invited_by == one),
            ),
        )
    )
