"""Passkeys: logging in with the lock of one's own device (Web Authentication, level 2).

The name that keys are bound to is the host of the node's address. Each question is answered once,
within five minutes; a key's own count of its signatures must rise, or somebody has copied it.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .. import audit
from ..errors import Forbidden, NotFound, Refused
from ..models import Challenge, Passkey, Person
from ..node import Node
from ..values import Message

LASTS = timedelta(minutes=5)
MOST = 20
"""Keys of one person."""

LONGEST = 20_000
"""Letters of an answer; those of devices have some hundred."""

LONGEST_NAME = 1_023
"""Bytes of the name that a device gives to a key (Web Authentication, section 4)."""

_NAME = re.compile(r"[A-Za-z0-9_-]{1,1364}={0,2}")

_NOT_RIGHT = Message(
    "This passkey could not be used. Please try again, or log in with your password.", {}
).text


def site(node: Node) -> str | None:
    """Return the name that keys of this node are bound to; None where browsers make none, as for
    an address of figures."""
    host = urlsplit(node.settings.node.address).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host or None
    return None


def _origin(node: Node) -> str:
    parts = urlsplit(node.settings.node.address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"


def to_register(session: Session, node: Node, person: Person) -> str:
    """Return, as JSON, what the browser asks the device for a new key; the question is kept."""
    import webauthn  # heavy, and most visits need none
    from webauthn.helpers import structs

    known = of(session, person.id)
    if len(known) >= MOST:
        raise Refused("You have many passkeys already. Please remove one first.")
    options = webauthn.generate_registration_options(
        rp_id=_site(node),
        rp_name=node.settings.node.name,
        user_id=_handle(node, person.id),
        user_name=person.email,
        user_display_name=person.name,
        challenge=_ask(session, node, person.id),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=_bytes(each.credential)) for each in known
        ],
    )
    return str(webauthn.options_to_json(options))


def register(
    session: Session, node: Node, person_id: int, *, answer: str, question: bytes, name: str
) -> Passkey:
    """Keep a new key of a person, if the device answers the question that this person was asked."""
    import webauthn

    try:
        proven = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=question,
            expected_rp_id=_site(node),
            expected_origin=_origin(node),
            require_user_verification=True,
        )
    except Exception as error:  # whatever a forged answer breaks in the libraries that read it
        raise Refused(_NOT_RIGHT) from error
    if len(proven.credential_id) > LONGEST_NAME:
        raise Refused(_NOT_RIGHT)
    key = Passkey(
        person_id=person_id, credential=_text(proven.credential_id), name=name,
        public_key=proven.credential_public_key, uses=proven.sign_count,
        made_at=node.clock.now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(key)
            session.flush()
    except IntegrityError as known:
        raise Refused("This passkey is known here already.") from known
    _record(session, node, "person.added_passkey", person_id)
    return key


def to_log_in(session: Session, node: Node) -> str:
    """Return, as JSON, what the browser asks the device of whoever wants to log in."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=_site(node),
        challenge=_ask(session, node, None),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return str(webauthn.options_to_json(options))


def prove(session: Session, node: Node, *, answer: str, question: bytes) -> int:
    """Return who holds the key that answers; ``Forbidden`` for whatever is not right about it."""
    import webauthn

    key = _of_answer(session, answer)
    try:
        proven = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=question,
            expected_rp_id=_site(node),
            expected_origin=_origin(node),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.uses,
            require_user_verification=True,
        )
    except Exception as error:  # whatever a forged answer breaks in the libraries that read it
        raise Forbidden(_NOT_RIGHT) from error
    key.uses, key.used_at = proven.new_sign_count, node.clock.now()
    session.flush()
    return key.person_id


def _of_answer(session: Session, answer: str) -> Passkey:
    name = str(json.loads(answer).get("id", ""))
    if not _NAME.fullmatch(name):
        raise Forbidden(_NOT_RIGHT)
    query = select(Passkey).where(Passkey.credential == name.rstrip("="))
    # Held, so that of two answers with the same count only one can be right.
    key = session.scalars(query.with_for_update()).one_or_none()
    if key is None:
        raise Forbidden("This passkey is not known here. Please log in with your password.")
    return key


def of(session: Session, person_id: int) -> Sequence[Passkey]:
    """Return the keys of a person, the newest first."""
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id.desc())
    return session.scalars(query).all()


def rename(session: Session, person_id: int, key_id: int, name: str) -> None:
    """Give one of the person's own keys another name."""
    own = (Passkey.id == key_id, Passkey.person_id == person_id)
    if not session.execute(update(Passkey).where(*own).values(name=name)).rowcount:  # type: ignore[attr-defined]
        raise NotFound("There is no such passkey.")


def remove(session: Session, node: Node, person_id: int, key_id: int) -> None:
    """Take one of the person's own keys away: it opens nothing any more."""
    own = (Passkey.id == key_id, Passkey.person_id == person_id)
    if session.execute(delete(Passkey).where(*own)).rowcount:  # type: ignore[attr-defined]
        _record(session, node, "person.removed_passkey", person_id)


def forget(session: Session, person_id: int) -> None:
    """Take all keys of somebody who leaves."""
    session.execute(delete(Challenge).where(Challenge.person_id == person_id))
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))


def _ask(session: Session, node: Node, person_id: int | None) -> bytes:
    """Make a question of 32 random bytes and remember its hash until it is answered."""
    now = node.clock.now()
    question = node.random.token(32).encode()
    session.execute(delete(Challenge).where(Challenge.ends_at <= now))
    session.add(Challenge(digest=_digest(question), person_id=person_id, ends_at=now + LASTS))
    session.flush()
    return question


def take(node: Node, answer: str, person_id: int | None) -> bytes:
    """Return the question that is answered and take it away, whatever the answer is worth: that is
    a transaction of its own. ``person_id``: who was asked, None where somebody logs in."""
    try:
        told = json.loads(_bytes(json.loads(answer)["response"]["clientDataJSON"]))
        question = _bytes(told["challenge"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused(_NOT_RIGHT) from error
    asked = (
        Challenge.digest == _digest(question),
        Challenge.person_id.is_not_distinct_from(person_id),
        Challenge.ends_at > node.clock.now(),
    )
    with node.db.write() as session:
        taken = session.execute(delete(Challenge).where(*asked))
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise Refused("This took too long, or was answered already. Please try again.")
    return question


def _site(node: Node) -> str:
    name = site(node)
    if name is None:
        raise NotFound("Passkeys need a site with a name.")
    return name


def _handle(node: Node, person_id: int) -> bytes:
    """Return what devices know the person by: always the same, and telling nothing of them."""
    secret = f"passkey\n{node.settings.secret}\n{person_id}"
    return hashlib.sha256(secret.encode()).digest()


def _digest(question: bytes) -> str:
    return hashlib.sha256(question).hexdigest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _record(session: Session, node: Node, action: str, person_id: int) -> None:
    audit.record(
        session, action, at=node.clock.now(), person_id=person_id, subject=("person", person_id)
    )
