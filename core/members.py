"""People and the spaces that they run: who is who, and who holds which role where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .errors import Forbidden, Invalid, Refused
from .facts import SpaceChanged
from .models import Consent, Grant, OneTimeCode, Person, Space
from .node import Node
from .search import changed
from .values import SPACE_KINDS, STEWARD, Message, SpaceFace

_RESERVED = frozenset({"new"})

RUN_ELSEWHERE = Message(
    "This page stands for a producer on another node. Who runs it and what it says is decided"
    " there.",
    {},
).text

LEFT = "@left.invalid"
"""How the address of an account ends that was closed for good."""


def email_form(text: str) -> str:
    """Return an e-mail address in the form in which it is kept and compared."""
    return unicodedata.normalize("NFC", text).strip().lower()


def find_person(session: Session, email: str) -> Person | None:
    """Return the person with this e-mail address, however it is capitalised."""
    return session.scalars(select(Person).where(Person.email == email_form(email))).one_or_none()


def find_proven(session: Session, email: str) -> Person | None:
    """Return who may be trusted with a role by this address: they read its mail, and are not shut
    out. Anyone can join with an address that is somebody else's."""
    person = find_person(session, email)
    if person is None or person.email_checked_at is None or person.blocked_at is not None:
        return None
    return person


def sign_up(
    session: Session,
    *,
    email: str,
    name: str,
    password_hash: str,
    at: datetime,
    phone: str = "",
    language: str = "ko",
    consents: Mapping[str, str] | None = None,
    checked: bool = False,
) -> Person:
    """Make an account; ``Invalid`` if the address has one already.

    The password comes hashed, since hashing is too slow for a transaction that holds a lock.
    ``consents``: the version of each text that was agreed to, by its subject.
    """
    person = Person(
        agreed="-" if consents else "",
        email=email_form(email),
        name=unicodedata.normalize("NFC", name).strip(),
        phone=phone.strip(),
        password_hash=password_hash,
        language=language,
        email_checked_at=at if checked else None,
        created_at=at,
    )
    if find_person(session, email) is not None or not _added(session, person):
        raise Invalid({"email": [Message("There is already an account with this address.", {})]})
    for subject, version in (consents or {}).items():
        give_consent(session, person.id, subject, version, at=at, language=language)
    return person


def _added(session: Session, row: Person | Space) -> bool:
    """Insert a row unless another process was faster with its unique name."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True


def give_consent(
    session: Session, person_id: int, subject: str, version: str, *, at: datetime,
    language: str = "",
) -> None:  # fmt: skip
    """Write down that the person agreed (Personal Information Protection Act art. 15 and 22)."""
    given = {"subject": subject, "version": version, "given_at": at, "language": language}
    session.add(Consent(person_id=person_id, **given))
    session.flush()
    session.execute(update(Person).where(Person.id == person_id).values(agreed="-"))


def withdraw_consent(session: Session, person_id: int, subject: str, *, at: datetime) -> bool:
    """Take a consent back (art. 37); return whether there was one."""
    standing = session.scalars(
        select(Consent).where(
            Consent.person_id == person_id,
            Consent.subject == subject,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    for consent in standing:
        consent.withdrawn_at = at
    return bool(standing)


def set_password(session: Session, person_id: int, password_hash: str) -> None:
    """Keep a new password, already hashed."""
    session.get_one(Person, person_id).password_hash = password_hash


def change_email(session: Session, person_id: int, email: str, *, at: datetime) -> None:
    """Give an account another address, whose mail the person reads; ``Refused`` if it is taken."""
    person = session.get_one(Person, person_id)
    try:
        with session.begin_nested():
            person.email, person.email_checked_at = email_form(email), at
            session.flush()
    except IntegrityError as taken:
        raise Refused("There is already an account with this address.") from taken


def check_email(session: Session, person_id: int, *, at: datetime) -> None:
    """Note that the person reads the mail of the address that the account has."""
    session.get_one(Person, person_id).email_checked_at = at


def make_steward(
    session: Session, *, email: str, name: str, password_hash: str, at: datetime,
    language: str = "ko",
) -> Person:  # fmt: skip
    """Make an account that runs the node, as the first one of a new node; its address counts
    as checked."""
    person = sign_up(
        session, email=email, name=name, password_hash=password_hash, at=at, language=language,
        checked=True,
    )  # fmt: skip
    grant(session, person.id, STEWARD, at=at)
    return person


def make_space(session: Session, *, kind: str, name: str, at: datetime, **details: Any) -> Space:
    """Make a space whose slug no other has; ``details`` are further columns of ``Space``."""
    if kind not in SPACE_KINDS:
        raise ValueError(f"no such kind of space: {kind}")
    name = unicodedata.normalize("NFC", name).strip()
    while True:
        slug = _free_slug(session, slug_of(name) or kind)
        space = Space(kind=kind, name=name, slug=slug, created_at=at, **details)
        if _added(session, space):
            changed(session, "space", space.id)
            return space


def tell_changed(node: Node, session: Session, space_id: int) -> None:
    """Tell everyone whom it concerns that a space's page was changed, closed or opened."""
    session.flush()
    changed(session, "space", space_id)
    node.hooks.space_changed(node=node, session=session, fact=SpaceChanged(space_id))


def slug_of(name: str) -> str:
    """Return a name as it stands in an address: 수유 햇살농장 (주) is 수유-햇살농장-주."""
    plain = unicodedata.normalize("NFC", name).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:60].rstrip("-")


def _free_slug(session: Session, wanted: str) -> str:
    taken = set(
        session.scalars(
            select(Space.slug).where((Space.slug == wanted) | Space.slug.startswith(f"{wanted}-"))
        )
    )
    slug, number = wanted, 1
    while slug in taken or slug in _RESERVED:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def grant(
    session: Session, person_id: int, role: str, space_id: int | None = None, *, at: datetime
) -> bool:
    """Give a person a role in a space, or on the node; return False if they hold it already.

    Forbidden for a space that stands for one of another node: nobody here speaks for it.
    """
    if space_id is not None:
        refuse_elsewhere(session, space_id)
    if session.scalar(select(Grant.id).where(*_is(person_id, role, space_id))) is not None:
        return False
    session.add(Grant(person_id=person_id, space_id=space_id, role=role, granted_at=at))
    session.flush()
    return True


def refuse_elsewhere(session: Session, space_id: int) -> None:
    """Raise ``Forbidden`` for a space that is run on another node."""
    if session.scalar(select(Space.home).where(Space.id == space_id)):
        raise Forbidden(RUN_ELSEWHERE)


def revoke(session: Session, person_id: int, role: str, space_id: int | None = None) -> bool:
    """Take a role away and return whether it was held; a node keeps its last steward."""
    if (role, space_id) == (STEWARD, None) and _stewards_beside(session, person_id) == 0:
        raise Refused("A node needs at least one steward. Make somebody else steward first.")
    gone = session.execute(delete(Grant).where(*_is(person_id, role, space_id)))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def _is(person_id: int, role: str, space_id: int | None) -> tuple[Any, ...]:
    where = Grant.space_id.is_(None) if space_id is None else Grant.space_id == space_id
    return (Grant.person_id == person_id, Grant.role == role, where)


def _stewards_beside(session: Session, person_id: int) -> int:
    # Two stewards who take the role from each other at the same time must wait for each other.
    stewards = select(Grant.id).where(Grant.role == STEWARD, Grant.space_id.is_(None))
    session.execute(stewards.order_by(Grant.id).with_for_update()).all()
    held = select(func.count()).select_from(Grant).join(Person, Person.id == Grant.person_id)
    return int(
        session.scalar(
            held.where(
                Grant.role == STEWARD,
                Grant.space_id.is_(None),
                Grant.person_id != person_id,
                Person.blocked_at.is_(None),
            )
        )
        or 0
    )


def block(session: Session, person_id: int, *, at: datetime) -> None:
    """Shut a person out; a node keeps its last steward."""
    person = session.get_one(Person, person_id)
    is_steward = session.scalar(select(Grant.id).where(*_is(person_id, STEWARD, None)))
    if is_steward is not None and _stewards_beside(session, person_id) == 0:
        raise Refused("A node needs at least one steward. Make somebody else steward first.")
    person.blocked_at = person.blocked_at or at


def unblock(session: Session, person_id: int) -> None:
    """Let a person in again."""
    session.get_one(Person, person_id).blocked_at = None


def slug_form(text: str) -> str:
    """Return a slug as it is kept: Hangul comes in parts from some devices."""
    return unicodedata.normalize("NFC", text)


def leave(session: Session, person_id: int, *, at: datetime) -> None:
    """Close an account for good: roles are given back, and what tells who it was is erased.

    What the law wants kept of orders and payments stays where it stands, with them (E-Commerce
    Act, decree article 6); a node keeps its last steward.
    """
    for role, space_id in session.execute(
        select(Grant.role, Grant.space_id).where(Grant.person_id == person_id)
    ).all():
        revoke(session, person_id, role, space_id)
    person = session.get_one(Person, person_id)
    person.email, person.name, person.phone = f"left-{person_id}{LEFT}", "-", ""
    person.password_hash, person.email_checked_at = "-", None
    person.blocked_at = person.blocked_at or at
    session.execute(delete(OneTimeCode).where(OneTimeCode.person_id == person_id))
    session.flush()


def stays(session: Session, person_id: int) -> Person | None:
    """Return somebody and hold them here: they cannot leave until the transaction ends. None if
    they have left. Whoever takes hold of more than that takes this first."""
    person = _held(session, person_id, stays=True)
    return None if has_left(person) else person


def goes(session: Session, person_id: int) -> Person:
    """Return somebody who is about to leave, once all who hold them here have ended."""
    return _held(session, person_id, stays=False)


def _held(session: Session, person_id: int, *, stays: bool) -> Person:
    # Who goes is not held so hard that rows which only name them would have to wait.
    query = select(Person).where(Person.id == person_id)
    query = query.with_for_update(read=stays, key_share=not stays)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def has_left(person: Person) -> bool:
    """Say whether this account was closed for good: nobody can be given anything through it."""
    return person.email.endswith(LEFT)


def find_space(session: Session, slug: str) -> Space | None:
    """Return the space of this address."""
    return session.scalars(select(Space).where(Space.slug == slug_form(slug))).one_or_none()


def face(space: Space) -> SpaceFace:
    """Return a space as others may know it."""
    return SpaceFace(id=space.id, kind=space.kind, slug=space.slug, name=space.name)


def faces(session: Session, space_ids: Iterable[int]) -> dict[int, SpaceFace]:
    """Return the faces of these spaces by their ids."""
    rows = session.execute(
        select(Space.id, Space.kind, Space.slug, Space.name).where(Space.id.in_(set(space_ids)))
    )
    return {row.id: SpaceFace(row.id, row.kind, row.slug, row.name) for row in rows}
