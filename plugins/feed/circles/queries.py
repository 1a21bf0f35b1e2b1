"""What may be read of public pages and circles, and who is kept apart from whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from ....core.answers import Joined, PersonalData, Thing
from ....core.errors import NotFound
from ....core.models import Person, Picture
from ....core.node import Node
from ....core.statements import Listed, Statement
from ....core.values import Message
from .models import Circle, Membership, Profile, Tie
from .rules import is_new

AnyRow = Row[*tuple[Any, ...]]


# Made once: what every timeline and every page of posts asks.
_FACES = Listed(
    lambda ids: (
        select(Person.id, Person.name, Profile.name.label("shown"), Profile.handle)
        .outerjoin(Profile, (Profile.person_id == Person.id) & Profile.hidden_at.is_(None))
        .where(Person.id.in_(ids))
    )
)
_OWN: BindParameter[int] = bindparam("person_id", type_=Integer)
_UNSEEN = Statement(
    select(Tie.other_id)
    .where(Tie.person_id == _OWN)
    .union(select(Tie.person_id).where(Tie.other_id == _OWN, Tie.kind == "block"))
)


@dataclass(frozen=True, slots=True)
class Face:
    """A person as members see them; ``handle`` is empty without a public page."""

    id: int
    name: str
    handle: str


def faces_of(session: Session, person_ids: Collection[int]) -> Mapping[int, Face]:
    """Return how these people are shown, by their ids: as their public page calls them."""
    rows = _FACES.all(session, set(person_ids))
    return {row.id: Face(row.id, row.shown or row.name, row.handle or "") for row in rows}


def profile_of(session: Session, person_id: int) -> Profile | None:
    """Return somebody's public page, hidden or not; None if they have none."""
    return session.get(Profile, person_id)


def profile_page(session: Session, handle: str, viewer_id: int | None) -> AnyRow:
    """Return a public page with its picture; NotFound for who is kept apart from its owner."""
    query = (
        select(Profile, Picture)
        .outerjoin(Picture, Picture.id == Profile.picture_id)
        .where(Profile.handle == handle, not_blocked(Profile.person_id, viewer_id))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFound("There is no such page here, or it was closed.")
    return found


def not_blocked(
    column: InstrumentedAttribute[int], person_id: int | BindParameter[int] | None
) -> ColumnElement[bool]:
    """Return the condition that neither has blocked the other; strangers have blocked nobody."""
    if person_id is None:
        return column.is_not(None)
    between = or_(
        (Tie.person_id == person_id) & (Tie.other_id == column),
        (Tie.other_id == person_id) & (Tie.person_id == column),
    )
    return ~exists().where(Tie.kind == "block", between)


def are_apart(session: Session, one: int, other: int) -> bool:
    """Say whether one of two people has blocked the other."""
    pair = {one, other}
    query = select(Tie.kind).where(
        Tie.kind == "block", Tie.person_id.in_(pair), Tie.other_id.in_(pair)
    )
    return session.scalar(query.limit(1)) is not None


def unseen_by(session: Session, person_id: int) -> frozenset[int]:
    """Return whom a person does not see in lists: muted, or blocked by either."""
    return frozenset(row[0] for row in _UNSEEN.all(session, {"person_id": person_id}))


def ties_of(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return whom a person mutes or blocks: id, kind, at, and name if they have a public page.

    Numbers can be tried out: the name of somebody who never showed themselves is not told.
    """
    return session.execute(
        select(Tie.other_id.label("id"), Profile.name, Tie.kind, Tie.at)
        .outerjoin(Profile, Profile.person_id == Tie.other_id)
        .where(Tie.person_id == person_id)
        .order_by(Tie.at.desc(), Tie.other_id)
        .limit(500)
    ).all()


def tie_to(session: Session, person_id: int, other_id: int) -> str:
    """Return "mute", "block" or nothing: how a person stands to another."""
    return (
        session.scalar(select(Tie.kind).where(Tie.person_id == person_id, Tie.other_id == other_id))
        or ""
    )


def is_vouched(node: Node, session: Session, person_id: int) -> bool:
    """Say whether somebody may do all that neighbours do."""
    vouched = node.hooks.vouched(node=node, session=session, person_id=person_id)
    joined = session.scalars(select(Person.created_at).where(Person.id == person_id)).one()
    return not is_new(vouched, joined, node.clock.now())


def is_member(session: Session, circle_id: int, person_id: int) -> bool:
    """Say whether somebody is in a circle."""
    return session.scalar(
        select(Membership.circle_id).where(
            Membership.circle_id == circle_id,
            Membership.person_id == person_id,
            Membership.accepted_at.is_not(None),
        )
    ) is not None  # fmt: skip


def circles_of(session: Session, person_id: int) -> Sequence[AnyRow]:
    """Return the circles of a person and those to which they are invited: id, name, words,
    owner_id, accepted_at, the first invited first."""
    return session.execute(
        select(Circle.id, Circle.name, Circle.words, Circle.owner_id, Membership.accepted_at,
               Membership.invited_by)
        .join(Membership, Membership.circle_id == Circle.id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.accepted_at.is_not(None), Circle.name, Circle.id)
        .limit(200)
    ).all()  # fmt: skip


def joined(session: Session, person_id: int, since: datetime, until: datetime) -> Sequence[Joined]:
    """Return when a person came into their circles, as lines of their own calendar."""
    rows = session.execute(
        select(Circle.id, Circle.name, Membership.accepted_at)
        .join(Membership, Membership.circle_id == Circle.id)
        .where(
            Membership.person_id == person_id, Membership.accepted_at >= since,
            Membership.accepted_at < until,
        )
        .order_by(Membership.accepted_at, Circle.id)
        .limit(500)
    )  # fmt: skip
    kind = Message("Circle", {})
    return [Joined(row.name, kind, row.accepted_at, path=f"/circles/{row.id}") for row in rows]


def circle_page(session: Session, circle_id: int, person_id: int) -> AnyRow:
    """Return a circle as one of its people sees it; NotFound to everybody else."""
    found = session.execute(
        select(Circle, Membership.accepted_at)
        .join(Membership, Membership.circle_id == Circle.id)
        .where(Circle.id == circle_id, Membership.person_id == person_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such circle.")
    return found


def members_of(session: Session, circle_id: int) -> Sequence[AnyRow]:
    """Return who is in a circle: id, name, accepted_at; at most a hundred. Of those invited only
    who has a public page: else an invitation would tell who has an account, and is called what."""
    return session.execute(
        select(
            Person.id, func.coalesce(Profile.name, Person.name).label("name"),
            Membership.accepted_at,
        )
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(Profile, Profile.person_id == Membership.person_id)
        .where(
            Membership.circle_id == circle_id,
            or_(Membership.accepted_at.is_not(None), Profile.person_id.is_not(None)),
        )
        .order_by(Membership.accepted_at.is_(None), Person.name, Person.id)
    ).all()  # fmt: skip


def size_of(session: Session, circle_id: int) -> int:
    """Return how many people a circle has, those invited counted in."""
    query = select(func.count()).where(Membership.circle_id == circle_id)
    return int(session.scalar(query) or 0)


def thing(session: Session, kind: str, number: int) -> Thing | None:
    """Return the public page that a subject names.

    A circle is no such thing: it is joined, not followed, and what is wrong in it is reported where
    it stands, post by post.
    """
    page = session.get(Profile, number) if kind == "person" else None
    if page is None:
        return None
    return Thing(
        f"person:{number}", Message("Neighbour's page", {}), page.name, f"/people/{page.handle}",
        frozenset({number}), can_follow=page.hidden_at is None,
    )  # fmt: skip


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return page, circles and ties of a person, for them to take along."""
    page = select(Profile.handle, Profile.name, Profile.words, Profile.opened_at)
    circles = select(Circle.name, Membership.invited_at, Membership.accepted_at)
    return PersonalData.read(
        session,
        {
            "public_page": page.where(Profile.person_id == person_id),
            "circles": circles.join(Membership, Membership.circle_id == Circle.id).where(
                Membership.person_id == person_id
            ),
            "muted_and_blocked": select(Tie.kind, Tie.at).where(Tie.person_id == person_id),
        },
    )


def portrait_of(session: Session, page: Profile | None) -> Picture | None:
    """Return the picture of a public page."""
    return session.get(Picture, page.picture_id) if page and page.picture_id else None
