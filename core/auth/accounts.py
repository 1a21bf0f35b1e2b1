"""Accounts: signing up, logging in and out, and choosing a new password.

Hashing a password takes long on purpose, so it is done between two transactions, never in one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import answered, audit, follows, members, notices, webhooks
from ..errors import Forbidden, Invalid, Refused, TooMany
from ..facts import PersonLeft
from ..models import Access, Person
from ..node import Node
from ..passwords import Busy, weakness
from ..rights import apart, requests
from ..values import Message
from . import attempts, codes, passkeys, sign_ins
from .attempts import Limit

PER_PLACE = Limit("log-in from", most=60, minutes=15)
PER_ACCOUNT = Limit("log-in of", most=10, minutes=15)
SIGN_UPS = Limit("sign-up from", most=20, minutes=60)
LETTERS_TO = Limit("letter to", most=3, minutes=15)
LETTERS_FROM = Limit("letter from", most=20, minutes=60)

WRONG = Message("The e-mail address or the password is not right. Please try again.", {})


@dataclass(frozen=True, slots=True)
class Device:
    """What a request tells of the device it comes from."""

    agent: str
    address: str

    @property
    def place(self) -> str:
        return attempts.network(self.address)


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody enters to get an account; ``consents`` as in ``members.sign_up``."""

    email: str
    name: str
    password: str
    language: str
    consents: dict[str, str]


def hashed(node: Node, password: str) -> str:
    """Return the hash of a password; ``TooMany`` if too many people wait for theirs."""
    try:
        return node.ports.passwords.hash(password)
    except Busy as error:
        raise TooMany(_BUSY) from error


def matches(node: Node, hash_: str | None, password: str) -> bool:
    """Say whether the password is right, taking as long where there is no account."""
    try:
        return node.ports.passwords.matches(hash_, password)
    except Busy as error:
        raise TooMany(_BUSY) from error


_BUSY = "Many people are logging in just now. Please try again in a minute."


def good_password(password: str, *known: str, field: str = "password") -> None:
    """Raise ``Invalid`` for a password that is too easy to guess."""
    complaint = weakness(password, *known)
    if complaint is not None:
        raise Invalid({field: [complaint]})


def may_sign_up(node: Node, device: Device) -> None:
    """Count a wish to sign up from this place; raises ``TooMany``."""
    _count(node, {SIGN_UPS: device.place})


def sign_up(session: Session, node: Node, wish: SignUp, password_hash: str) -> Person:
    """Make the account."""
    now = node.clock.now()
    person = members.sign_up(
        session,
        email=wish.email,
        name=wish.name,
        password_hash=password_hash,
        at=now,
        language=wish.language,
        consents=wish.consents,
    )
    subject = ("person", person.id)
    audit.record(session, "person.signed_up", at=now, person_id=person.id, subject=subject)
    return person


def prove(node: Node, email: str, password: str, device: Device) -> int:
    """Return the id of the person whose e-mail address and password these are.

    Raises ``Forbidden`` with the same sentence, after the same time, whether the account does not
    exist or the password is wrong.
    """
    email = members.email_form(email)
    _count(node, {PER_PLACE: device.place, PER_ACCOUNT: email})
    with node.db.read() as session:
        found = session.execute(
            select(Person.id, Person.password_hash, Person.blocked_at).where(Person.email == email)
        ).one_or_none()
    if not matches(node, found.password_hash if found else None, password) or found is None:
        raise Forbidden(WRONG.text)
    if found.blocked_at is not None:
        raise Forbidden("This account is blocked. Please ask the people who run this site.")
    _freshen(node, found.id, found.password_hash, password)
    return int(found.id)


def _freshen(node: Node, person_id: int, password_hash: str, password: str) -> None:
    if not node.ports.passwords.outdated(password_hash):
        return
    fresh = hashed(node, password)
    with node.db.write() as session:
        person = session.get_one(Person, person_id)
        if person.password_hash == password_hash:  # not changed by somebody else meanwhile
            person.password_hash = fresh


def log_in(session: Session, node: Node, person_id: int, device: Device) -> str:
    """Sign a device in and return the token to keep on it."""
    now = node.clock.now()
    token = node.random.token()
    person = session.get_one(Person, person_id)
    if person.blocked_at is not None:
        raise Forbidden("This account is blocked. Please ask the people who run this site.")
    sign_ins.begin(
        session, person_id, token=token, device=device.agent, address=device.address, at=now
    )
    session.add(
        Access(person_id=person_id, address=device.address[:45], device=device.agent[:200], at=now)
    )
    attempts.forget(session, PER_ACCOUNT, person.email)
    subject = ("person", person_id)
    audit.record(session, "person.logged_in", at=now, person_id=person_id, subject=subject)
    return token


def may_send_letter(node: Node, email: str, device: Device) -> None:
    """Count a wish to be sent a letter; raises ``TooMany``."""
    _count(node, {LETTERS_FROM: device.place, LETTERS_TO: members.email_form(email)})


def check_email(session: Session, node: Node, token: str) -> Person:
    """Use the link of a letter up: its reader has the address."""
    now = node.clock.now()
    person = codes.use(session, token, codes.CHECK_EMAIL, at=now)
    members.check_email(session, person.id, at=now)
    subject = ("person", person.id)
    audit.record(session, "person.email_checked", at=now, person_id=person.id, subject=subject)
    return person


def change_email(session: Session, node: Node, token: str) -> tuple[Person, str]:
    """Use up the link that was sent to a new address; return the person and the former address.

    Whoever reads the former address can choose no new password any more.
    """
    now = node.clock.now()
    person, email = codes.wish(session, token, at=now)
    former = person.email
    codes.spend(session, person.id, codes.NEW_EMAIL, at=now)
    members.change_email(session, person.id, email, at=now)
    subject = ("person", person.id)
    audit.record(session, "person.changed_email", at=now, person_id=person.id, subject=subject)
    return person, former


def new_password(session: Session, node: Node, token: str, password_hash: str) -> Person:
    """Set the password by a link sent by mail; every device is signed out."""
    now = node.clock.now()
    person = codes.use(session, token, codes.NEW_PASSWORD, at=now)
    members.check_email(session, person.id, at=person.email_checked_at or now)
    _set_password(session, node, person, password_hash, keep=None)
    return person


def change_password(
    session: Session, node: Node, person_id: int, password_hash: str, *, keep: int | None
) -> None:
    """Set a new password; all devices but the one in use are signed out."""
    _set_password(session, node, session.get_one(Person, person_id), password_hash, keep=keep)


def _set_password(
    session: Session, node: Node, person: Person, password_hash: str, *, keep: int | None
) -> None:
    now = node.clock.now()
    members.set_password(session, person.id, password_hash)
    sign_ins.end_all(session, person.id, but=keep)
    for purpose in (codes.NEW_PASSWORD, codes.ENTER_LINK, codes.ENTER_CODE, codes.ENTER_NOW):
        codes.spend(session, person.id, purpose, at=now)
    attempts.forget(session, PER_ACCOUNT, person.email)
    subject = ("person", person.id)
    audit.record(session, "person.password_set", at=now, person_id=person.id, subject=subject)


def is_password_of(node: Node, person_id: int, password: str, device: Device) -> bool:
    """Say whether a person who is logged in knows their own password, within the limits."""
    with node.db.read() as session:
        person = session.execute(
            select(Person.email, Person.password_hash).where(Person.id == person_id)
        ).one_or_none()
    if person is None:
        raise Refused("This account is no longer there.")
    _count(node, {PER_PLACE: device.place, PER_ACCOUNT: person.email})
    return matches(node, person.password_hash, password)


def leave(session: Session, node: Node, person_id: int) -> None:
    """Close one's own account (Personal Information Protection Act articles 21 and 36)."""
    now = node.clock.now()
    person = members.goes(session, person_id)
    fact = PersonLeft(person.id, person.name, person.email, person.language)
    node.hooks.person_left(node=node, session=session, fact=fact)
    sign_ins.end_all(session, person_id)
    answered.forget(session, person_id)
    webhooks.end_all(session, person_id)
    notices.forget(session, person_id)
    follows.forget(session, person_id)
    passkeys.forget(session, person_id)
    requests.forget_person(session, person_id)
    apart.put_apart(session, node, person)
    members.leave(session, person_id, at=now)
    subject = ("person", person_id)
    audit.record(session, "person.left", at=now, person_id=person_id, subject=subject)


def _count(node: Node, limits: dict[Limit, str]) -> None:
    with node.db.write() as session:
        now = node.clock.now()
        held = [attempts.count(session, limit, who, at=now) for limit, who in limits.items()]
    # Raised only now, since a transaction that raises would undo the count.
    if not all(held):
        raise TooMany("That was tried too often. Please wait a quarter of an hour.")
