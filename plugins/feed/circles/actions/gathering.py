"""Circles: made by one, joined by agreement of both sides, left at any time.

Each holds the circle first, so that there are never more people in it than it takes.
"""

from __future__ import annotations

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from .....core import members, search
from .....core.errors import Forbidden, NotFound, Refused
from .....core.models import Person
from .....core.node import Node
from .....core.notices import Notice, tell
from .....core.values import Message
from ...kinds import CIRCLE
from ..models import Circle, Membership, Profile, Tie
from ..queries import are_apart, faces_of, is_vouched, size_of
from ..rules import MOST_CIRCLES, MOST_MEMBERS, MOST_OF_NEWCOMERS, handle_form


def make(node: Node, session: Session, owner_id: int, *, name: str, words: str = "") -> Circle:
    """Begin a circle with oneself."""
    held = session.scalar(select(func.count()).where(Circle.owner_id == owner_id)) or 0
    if held >= MOST_CIRCLES:
        raise Refused("You lead many circles already. Please dissolve one of them first.")
    now = node.clock.now()
    circle = Circle(
        owner_id=owner_id, name=name.strip()[:60], words=words.strip()[:300], created_at=now
    )
    session.add(circle)
    session.flush()
    session.add(
        Membership(circle_id=circle.id, person_id=owner_id, invited_at=now, accepted_at=now)
    )
    session.flush()
    return circle


def change(session: Session, circle_id: int, owner_id: int, *, name: str, words: str) -> None:
    """Change what a circle is called."""
    circle = _led(session, circle_id, owner_id)
    circle.name, circle.words = name.strip()[:60], words.strip()[:300]
    session.flush()


def invite(node: Node, session: Session, circle_id: int, owner_id: int, who: str) -> None:
    """Invite somebody by handle or by e-mail address; they decide.

    An address that nobody has is answered as one that somebody has: nobody can find out by this
    who has an account. Twice is the same as once.
    """
    circle = _led(session, circle_id, owner_id)
    _check_size(node, session, circle_id, owner_id)
    person = _meant(session, who)
    if person is None or person.id == owner_id or are_apart(session, owner_id, person.id):
        if "@" in who.strip()[1:]:
            return
        raise NotFound("Nobody here has this handle.")
    if session.get(Membership, (circle_id, person.id)) is not None:
        return
    session.add(
        Membership(
            circle_id=circle_id, person_id=person.id, invited_by=owner_id,
            invited_at=node.clock.now(),
        )
    )  # fmt: skip
    session.flush()
    host = faces_of(session, [owner_id])[owner_id].name
    _tell(node, session, person.id, circle, Message(
        "%(name)s invites you to the circle %(circle)s", {"name": host, "circle": circle.name}
    ), f"invited:{node.clock.now().date()}")  # fmt: skip


def _check_size(node: Node, session: Session, circle_id: int, owner_id: int) -> None:
    size = size_of(session, circle_id)
    if size >= MOST_MEMBERS:
        raise Refused("A circle has at most 100 people.")
    if size >= MOST_OF_NEWCOMERS and not is_vouched(node, session, owner_id):
        raise Refused("You are new here: for now a circle of yours has at most 10 people.")


def _meant(session: Session, who: str) -> Person | None:
    typed = who.strip()
    if "@" in typed[1:]:
        return members.find_proven(session, typed)
    page = session.scalars(
        select(Profile).where(Profile.handle == handle_form(typed), Profile.hidden_at.is_(None))
    ).one_or_none()
    return session.get(Person, page.person_id) if page is not None else None


def accept(node: Node, session: Session, circle_id: int, person_id: int) -> None:
    """Come into a circle to which one is invited; a second time nothing happens."""
    circle = _held(session, circle_id)
    own = session.get(Membership, (circle_id, person_id), populate_existing=True)
    if own is None:
        raise NotFound("There is no such circle.")
    if own.accepted_at is not None:
        return
    own.accepted_at = node.clock.now()
    session.flush()
    name = faces_of(session, [person_id])[person_id].name
    _tell(node, session, circle.owner_id, circle, Message(
        "%(name)s came into the circle %(circle)s", {"name": name, "circle": circle.name}
    ), f"came:{person_id}")  # fmt: skip


def leave(session: Session, circle_id: int, person_id: int) -> None:
    """Leave a circle, or decline to come. Of one who leads it the longest member takes over; with
    nobody left it is dissolved."""
    circle = _held(session, circle_id)
    session.execute(
        delete(Membership).where(
            Membership.circle_id == circle_id, Membership.person_id == person_id
        )
    )
    if circle.owner_id == person_id:
        _hand_over(session, circle)


def _hand_over(session: Session, circle: Circle) -> None:
    heir = session.scalar(
        select(Membership.person_id)
        .where(Membership.circle_id == circle.id, Membership.accepted_at.is_not(None))
        .order_by(Membership.accepted_at, Membership.person_id)
        .limit(1)
    )
    if heir is None:
        session.delete(circle)
    else:
        circle.owner_id = heir
    session.flush()


def remove(session: Session, circle_id: int, owner_id: int, person_id: int) -> None:
    """Take somebody out of a circle that one leads, or an invitation back."""
    _led(session, circle_id, owner_id)
    if person_id == owner_id:
        raise Refused("You lead this circle. You can leave or dissolve it.")
    session.execute(
        delete(Membership).where(
            Membership.circle_id == circle_id, Membership.person_id == person_id
        )
    )


def dissolve(session: Session, circle_id: int, owner_id: int) -> None:
    """End a circle; what was written for it is each author's alone from now on."""
    session.delete(_led(session, circle_id, owner_id))
    session.flush()


def let_go(session: Session, person_id: int) -> None:
    """Take somebody who leaves out of everything here."""
    led = select(Circle.id).where(Circle.owner_id == person_id)
    within = select(Membership.circle_id).where(Membership.person_id == person_id)
    for circle_id in session.scalars(led.union(within).order_by("id")).all():
        leave(session, circle_id, person_id)
    session.execute(delete(Tie).where(or_(Tie.person_id == person_id, Tie.other_id == person_id)))
    session.execute(delete(Profile).where(Profile.person_id == person_id))
    search.changed(session, "person", person_id)


def _held(session: Session, circle_id: int) -> Circle:
    circle = session.get(Circle, circle_id, with_for_update=True, populate_existing=True)
    if circle is None:
        raise NotFound("There is no such circle.")
    return circle


def _led(session: Session, circle_id: int, person_id: int) -> Circle:
    circle = _held(session, circle_id)
    if circle.owner_id != person_id:
        own = session.get(Membership, (circle_id, person_id))
        if own is None:
            raise NotFound("There is no such circle.")
        raise Forbidden("Only who leads the circle can do this.")
    return circle


def _tell(
    node: Node, session: Session, person_id: int, circle: Circle, title: Message, key: str
) -> None:
    notice = Notice(
        kind=CIRCLE.name, title=title, text=Message("You decide who reads what you write.", {}),
        url=f"/circles/{circle.id}", subject=f"circle:{circle.id}", heading=circle.name,
        key=f"circle:{circle.id}:{key}",
    )  # fmt: skip
    tell(node, session, person_id, notice)
