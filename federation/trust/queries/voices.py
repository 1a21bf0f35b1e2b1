"""What actors of this node have chosen for those who follow them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from ....core.statements import insert_of
from ..models import Voice


def by_hand(session: Session, author: str) -> bool:
    """Say whether who wants to follow waits until somebody of ours lets them in."""
    found = session.get(Voice, author)
    return found is not None and found.by_hand


def made(session: Session, author: str) -> Voice:
    """Return the row of an actor, held by this transaction; written down if there was none."""
    insert = insert_of(session.get_bind().dialect.name)
    row = {"author": author, "by_hand": False, "version": 0}
    session.execute(insert(Voice).values(row).on_conflict_do_nothing())
    return session.get_one(Voice, author, with_for_update=True)
