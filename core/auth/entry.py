"""A way in without a password, for those who run a seller's page: a link, or a short code for
whoever was told it on the phone.

A steward makes it. It works once, for an account that may do nothing but sell, and the person is
told of it by mail.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import audit, members
from ..errors import NotFound, Refused, TooMany
from ..models import Grant, OneTimeCode, Person, Space
from ..node import Node
from ..values import Viewer
from . import accounts, attempts, codes
from .accounts import Device
from .attempts import Limit
from .sign_ins import digest
from .stewardship import ROLE_OF_KIND, give_role

SELLERS = frozenset({"producer", "shop"})
WAYS = (codes.ENTER_LINK, codes.ENTER_CODE, codes.ENTER_NOW)

ALPHABET = "34679ACDEFHJKLMNPRTUVWXY"
"""Letters and figures that are not taken for one another, read out or written down."""
LETTERS = 8

TRIES = Limit("code from", most=10, minutes=15)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody for whom a steward makes an account."""

    name: str
    phone: str
    email: str
    language: str


def welcome(
    session: Session, node: Node, viewer: Viewer, space: Space, newcomer: Newcomer, *,
    password_hash: str,
) -> Person:  # fmt: skip
    """Let somebody run the page of a seller; whoever has no account yet is given one.

    ``password_hash``: of a password that nobody knows. What the law asks them to agree to, they
    are asked when they first come in. ``Invalid`` for the address of an account that nobody has
    shown to be theirs.
    """
    _check_seller(space)
    if members.find_person(session, newcomer.email) is not None:
        return give_role(session, node, viewer, space, newcomer.email)
    return _make(session, node, viewer, space, newcomer, password_hash)


def _make(
    session: Session, node: Node, viewer: Viewer, space: Space, newcomer: Newcomer, hash_: str
) -> Person:
    now = node.clock.now()
    person = members.sign_up(
        session, email=newcomer.email, name=newcomer.name, phone=newcomer.phone,
        password_hash=hash_, at=now, language=newcomer.language,
    )  # fmt: skip
    role = ROLE_OF_KIND[space.kind]
    members.grant(session, person.id, role, space.id, at=now)
    _record(session, node, "person.made", viewer.id, person.id, space_id=space.id, role=role)
    return person


def make_link(
    session: Session, node: Node, viewer: Viewer, space: Space, person_id: int
) -> tuple[Person, str]:
    """Return whom the link is for, and the token that stands in it, kept nowhere else."""
    return _made(session, node, viewer, space, person_id, codes.ENTER_LINK, node.random.token())


def make_code(
    session: Session, node: Node, viewer: Viewer, space: Space, person_id: int
) -> tuple[Person, str]:
    """Return whom the code is for, and the code, kept nowhere else."""
    code = node.random.code(LETTERS, ALPHABET)
    return _made(session, node, viewer, space, person_id, codes.ENTER_CODE, code)


def _made(
    session: Session,
    node: Node,
    viewer: Viewer,
    space: Space,
    person_id: int,
    way: str,
    secret: str,
) -> tuple[Person, str]:
    _check_seller(space)
    person = _seller_alone(session, person_id, space.id)
    codes.issue(session, person, way, token=secret, at=node.clock.now())
    _record(session, node, "person.way_in_made", viewer.id, person.id, space_id=space.id, way=way)
    return person, secret


def end_ways(session: Session, node: Node, viewer: Viewer, space: Space, person_id: int) -> None:
    """Make every link and code of somebody who runs the page stop working."""
    role = select(Grant.id).where(Grant.person_id == person_id, Grant.space_id == space.id)
    if session.execute(role.limit(1)).first() is None:
        raise NotFound("There is no such account.")
    for way in WAYS:
        codes.spend(session, person_id, way, at=node.clock.now())
    _record(session, node, "person.way_in_ended", viewer.id, person_id, space_id=space.id)


def may_try(node: Node, device: Device) -> None:
    """Count a try at a code from this place; raises ``TooMany``."""
    with node.db.write() as session:
        held = attempts.count(session, TRIES, device.place, at=node.clock.now())
    # Raised only now, since a transaction that raises would undo the count.
    if not held:
        raise TooMany("That was tried too often. Please wait a quarter of an hour.")


def read_code(typed: str) -> str:
    """Return a code as it was made: small letters, blanks and dashes do not matter."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def shown_code(code: str) -> str:
    """Return a code in two halves, as it is read out."""
    return f"{code[: LETTERS // 2]}-{code[LETTERS // 2 :]}"


def exchange(session: Session, node: Node, typed: str) -> str:
    """Use a code up and return the token of the page on which one comes in."""
    now = node.clock.now()
    try:
        person = codes.use(session, read_code(typed), codes.ENTER_CODE, at=now)
    except NotFound as error:
        raise Refused(
            "This code is not right, or it is too old. Please ask for a new one."
        ) from error
    token = node.random.token()
    codes.issue(session, person, codes.ENTER_NOW, token=token, at=now)
    return token


def owner(session: Session, token: str, *, at: datetime) -> Person:
    """Return whom a link lets in; ``NotFound`` if it was used, ended or is too old."""
    return _seller_alone(session, codes.owner(session, token, _way_of(session, token), at=at).id)


def come_in(
    session: Session, node: Node, token: str, device: Device, consents: dict[str, str]
) -> str:
    """Use a link up and return the token of the sign-in, to keep on the device.

    ``consents``: the version of each text agreed to on the way in, by its subject.
    """
    now, way = node.clock.now(), _way_of(session, token)
    person = codes.use(session, token, way, at=now)
    _seller_alone(session, person.id)
    for subject, version in consents.items():
        members.give_consent(session, person.id, subject, version, at=now)
    _record(session, node, "person.came_in", person.id, person.id, way=way)
    return accounts.log_in(session, node, person.id, device)


def _way_of(session: Session, token: str) -> str:
    found = session.scalar(
        select(OneTimeCode.purpose).where(
            OneTimeCode.token_hash == digest(token),
            OneTimeCode.purpose.in_((codes.ENTER_LINK, codes.ENTER_NOW)),
        )
    )
    return found or codes.ENTER_LINK


def _check_seller(space: Space) -> None:
    if space.kind not in SELLERS:
        raise Refused("Only those who run a producer's or a shop's page come in this way.")


def _seller_alone(session: Session, person_id: int, space_id: int | None = None) -> Person:
    """Return a person who owns (this) seller's page and has no other part here.

    A way in would otherwise hand over a hub or the whole node to whoever finds the letter.
    """
    person = session.get(Person, person_id)
    roles = _roles(session, person_id)
    owned = {space for space, _, role in roles if role == "owner"}
    if person is None or not owned or (space_id is not None and space_id not in owned):
        raise NotFound("There is no such account.")
    if person.blocked_at is not None:
        raise Refused("This account is blocked. Please ask the people who run this site.")
    if any(role != "owner" or kind not in SELLERS for _, kind, role in roles):
        raise Refused(
            "%(name)s has other tasks here too, and so comes in by password alone.",
            name=person.name,
        )
    return person


def _roles(session: Session, person_id: int) -> Iterable[tuple[int | None, str | None, str]]:
    rows = session.execute(
        select(Grant.space_id, Space.kind, Grant.role)
        .outerjoin(Space, Space.id == Grant.space_id)
        .where(Grant.person_id == person_id)
    )
    return [(row.space_id, row.kind, row.role) for row in rows]


def _record(
    session: Session, node: Node, action: str, actor_id: int, person_id: int, **details: object
) -> None:
    audit.record(
        session, action, at=node.clock.now(), person_id=actor_id,
        subject=("person", person_id), **details,
    )  # fmt: skip
