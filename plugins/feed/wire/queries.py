"""Who is known elsewhere, whom we follow there, and what of them is held here."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm import Session

from ....core.answers import PersonalData, Thing
from ....core.models import Follow, Picture
from ....core.talk import Profile
from ....core.values import Message
from ..circles.models import Profile as Page
from .models import Answer, Copy, Neighbour, Presence

SIZE = 20


def presence(session: Session, person_id: int) -> Presence | None:
    """Return by which name somebody is known elsewhere, None if they are not."""
    found = session.get(Presence, person_id)
    return found if found is not None and found.ended_at is None else None


def profile(session: Session, name: str) -> Profile | None:
    """Return what other nodes may know of somebody by subject or handle; see the hook.

    It is what stands on their public page, if they have agreed that others know it.
    """
    query = (
        select(Page, Picture.digest)
        .join(Presence, Presence.person_id == Page.person_id)
        .outerjoin(Picture, Picture.id == Page.picture_id)
        .where(
            Presence.ended_at.is_(None),
            Presence.handle == Page.handle,
            Page.hidden_at.is_(None),
        )
    )
    kind, _, rest = name.partition(":")
    if name.startswith("@"):
        query = query.where(Page.handle == name[1:].lower())
    elif kind == "person" and rest.isascii() and rest.isdecimal() and len(rest) < 10:
        query = query.where(Page.person_id == int(rest))
    else:
        return None
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    page, digest = found
    return Profile(
        subject=f"person:{page.person_id}", handle=page.handle, name=page.name, words=page.words,
        path=f"/people/{page.handle}", picture=digest or "",
    )  # fmt: skip


def neighbour(session: Session, address: str, *, lock: bool = False) -> Neighbour | None:
    """Return an actor of another node that we follow, or have followed."""
    query = select(Neighbour).where(Neighbour.address == address)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def neighbours(session: Session, ids: Collection[int]) -> Sequence[Neighbour]:
    """Return some of them by name."""
    query = select(Neighbour).where(Neighbour.id.in_(ids)).order_by(Neighbour.name, Neighbour.id)
    return session.scalars(query).all()


def ids_of(subjects: Collection[str]) -> list[int]:
    """Return the ids of the actors of other nodes among these subjects."""
    return [
        int(each[6:]) for each in subjects if each.startswith("actor:") and each[6:].isdecimal()
    ]


def copies(
    session: Session, neighbour_id: int, *, before: int | None, limit: int = SIZE + 1
) -> Sequence[Copy]:
    """Return what is held of an actor, the newest first."""
    query = select(Copy).where(Copy.neighbour_id == neighbour_id, Copy.hidden_at.is_(None))
    if before is not None:
        query = query.where(Copy.id < before)
    return session.scalars(query.order_by(Copy.id.desc()).limit(limit)).all()


def copy_by_uri(session: Session, uri: str, *, lock: bool = False) -> Copy | None:
    """Return the copy of something elsewhere."""
    query = select(Copy).where(Copy.uri == uri)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def answer(session: Session, person_id: int, copy_id: int, kind: str) -> Answer | None:
    """Return what somebody here said to something elsewhere."""
    query = select(Answer).where(
        Answer.person_id == person_id, Answer.copy_id == copy_id, Answer.kind == kind
    )
    return session.scalars(query).one_or_none()


def answers_of(session: Session, person_id: int, copy_id: int) -> frozenset[str]:
    """Return what somebody here said to a copy: "like", "share"."""
    query = select(Answer.kind).where(Answer.person_id == person_id, Answer.copy_id == copy_id)
    return frozenset(session.scalars(query))


def copy_passed_on(session: Session, neighbour_id: int, via: str) -> Copy | None:
    """Return what an actor passed on by this activity."""
    query = select(Copy).where(Copy.neighbour_id == neighbour_id, Copy.via == via, Copy.via != "")
    return session.scalars(query.limit(1)).one_or_none()


def unread(session: Session, *, limit: int = 200) -> Sequence[Neighbour]:
    """Return actors that nobody here follows any more, some of them."""
    held = select(Follow.subject).where(
        Follow.subject == literal("actor:").concat(cast(Neighbour.id, String))
    )
    query = select(Neighbour).where(
        Neighbour.state.in_(("asked", "accepted")), ~held.exists()
    )  # fmt: skip
    return session.scalars(query.order_by(Neighbour.id).limit(limit)).all()


def thing(session: Session, subject: str) -> Thing | None:
    """Return what "actor:3" or "copy:12" names; see the hook."""
    kind, _, number = subject.partition(":")
    if not number.isascii() or not number.isdecimal() or len(number) > 9:
        return None
    if kind == "actor":
        actor = session.get(Neighbour, int(number))
        if actor is None or actor.state == "ended":
            return None
        words, url = Message("On another node", {}), f"/elsewhere/{actor.id}"
        return Thing(subject, words, f"{actor.name} ({actor.whole_name})", url, can_follow=True)
    found = session.get(Copy, int(number)) if kind == "copy" else None
    if found is None:
        return None
    title, url = found.title or found.text[:60], f"/elsewhere/things/{found.id}"
    return Thing(subject, Message("From another node", {}), title, url)


def personal(session: Session, person_id: int) -> list[PersonalData]:
    """Return by which name somebody is known elsewhere, for them to take along."""
    query = select(Presence.handle, Presence.since, Presence.ended_at).where(
        Presence.person_id == person_id
    )
    said = (
        select(Answer.kind, Copy.uri, Answer.at)
        .join(Copy, Copy.id == Answer.copy_id)
        .where(Answer.person_id == person_id)
        .order_by(Answer.id)
    )
    return PersonalData.read(session, {"known_elsewhere": query, "said_elsewhere": said})


def handle_of(session: Session, person_id: int) -> str:
    """Return the short name that somebody has, or had before they took it back; "" if none."""
    found = session.get(Presence, person_id)
    return "" if found is None else found.handle
