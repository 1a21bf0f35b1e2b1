"""Who makes collections: together, on their own page, and for the week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from .....core.errors import NotFound
from .....core.models import Grant, Person
from ...circles.models import Profile
from ..models import Collection, Curator, CuratorPage
from ..rules import EDITOR

AnyRow = Row[*tuple[Any, ...]]


def curators_of(session: Session, collection_id: int) -> Sequence[AnyRow]:
    """Return who makes a collection besides who began it.

    Not who is only asked: else anybody could find out whose an address is.
    """
    return session.execute(
        select(Person.id, Person.name, Curator.accepted_at)
        .join(Curator, Curator.person_id == Person.id)
        .where(Curator.collection_id == collection_id, Curator.accepted_at.is_not(None))
        .order_by(Curator.accepted_at, Person.id)
    ).all()


def is_curator(session: Session, collection_id: int, person_id: int) -> bool:
    """Say whether somebody has accepted to make this collection together with others."""
    found = session.get(Curator, (collection_id, person_id))
    return found is not None and found.accepted_at is not None


def all_curators(session: Session, collection: Collection) -> set[int]:
    """Return the ids of all who make a collection."""
    joined = select(Curator.person_id).where(
        Curator.collection_id == collection.id, Curator.accepted_at.is_not(None)
    )
    owner = {collection.owner_id} if collection.owner_id is not None else set()
    return owner | set(session.scalars(joined))


def curator_page(session: Session, person_id: int) -> AnyRow:
    """Return what a curator says of themselves; NotFound unless they let it be seen.

    ``name`` and ``handle`` are those of their public page, if they have one. ``hidden_at``:
    stewards keep it from being seen.
    """
    name = func.coalesce(Profile.name, Person.name).label("name")
    found = session.execute(
        select(Person.id, name, Profile.handle, CuratorPage.words, CuratorPage.hidden_at)
        .join(CuratorPage, CuratorPage.person_id == Person.id)
        .outerjoin(Profile, (Profile.person_id == Person.id) & Profile.hidden_at.is_(None))
        .where(Person.id == person_id, CuratorPage.shown.is_(True))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such page here, or it was closed.")
    return found


def editors(session: Session) -> Sequence[AnyRow]:
    """Return who chooses for the week."""
    return session.execute(
        select(Person.id, Person.name, Person.email, Grant.granted_at)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role == EDITOR, Grant.space_id.is_(None))
        .order_by(Person.name, Person.id)
    ).all()
