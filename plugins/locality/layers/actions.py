"""Hearing of what spaces make public, and of what is gone."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ....core.facts import ThingPublished, ThingWithdrawn
from ....core.models import Space
from .models import Published
from .rules import space_of


def hear(session: Session, fact: ThingPublished) -> None:
    """Note what a space made public; told again, it is the same thing."""
    space_id = space_of(fact.author)
    if space_id is None or len(fact.subject) > 60 or session.get(Space, space_id) is None:
        return
    found = session.get(Published, fact.subject)
    if found is None:
        session.add(
            Published(subject=fact.subject, kind=fact.kind[:20], space_id=space_id, at=fact.at)
        )
    else:
        found.space_id = space_id
    session.flush()


def hear_gone(session: Session, fact: ThingWithdrawn) -> None:
    """Count no more what was withdrawn."""
    session.execute(delete(Published).where(Published.subject == fact.subject))
