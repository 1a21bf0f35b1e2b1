"""What stewards and owners do to accounts, roles and spaces; every step leaves its line in the
audit log."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from .. import audit, members
from ..errors import Invalid, NotFound, Refused
from ..models import Person, Space
from ..node import Node
from ..values import STEWARD, Message, Viewer
from . import sign_ins

_UNPROVEN = Message(
    "Nobody here has shown that this address is theirs. Please ask them to join and to check their "
    "e-mail address first.",
    {},
)

ROLE_OF_KIND = {
    "hub": "activist", "producer": "owner", "shop": "owner", "organisation": "owner",
    "circle": "owner",
}  # fmt: skip
"""The role of those who run a space, by its kind."""


def make_space(
    session: Session, node: Node, viewer: Viewer, *, kind: str, name: str, **details: Any
) -> Space:
    """Make a page that nobody runs yet."""
    now = node.clock.now()
    space = members.make_space(
        session, kind=kind, name=name, at=now, incomplete=_is_incomplete(details), **details
    )
    _record(session, node, viewer, "space.made", ("space", space.id), name=space.name, kind=kind)
    return space


def edit_space(
    session: Session, node: Node, viewer: Viewer, space: Space, details: dict[str, Any]
) -> None:
    """Change what a page says; the log keeps what it said before."""
    before = {
        name: getattr(space, name)
        for name, value in details.items()
        if getattr(space, name) != value
    }
    for name, value in details.items():
        setattr(space, name, value)
    space.incomplete = _is_incomplete(details)
    if before:
        members.tell_changed(node, session, space.id)
        _record(session, node, viewer, "space.edited", ("space", space.id), before=before)


def _is_incomplete(details: dict[str, Any]) -> bool:
    return not (details.get("province") and details.get("county"))


def set_picture(
    session: Session, node: Node, viewer: Viewer, space: Space, picture_id: int | None
) -> None:
    """Give a page its picture, or none."""
    _record(
        session, node, viewer, "space.picture_set", ("space", space.id), before=space.picture_id
    )
    space.picture_id = picture_id


def close_space(
    session: Session, node: Node, viewer: Viewer, space: Space, *, closed: bool
) -> None:
    """Take a page off the lists, or open it again; its data stays."""
    if space.hidden_at is not None:
        raise Refused("A measure hides this page. Lift the measure first.")
    space.closed_at = node.clock.now() if closed else None
    members.tell_changed(node, session, space.id)
    action = "space.closed" if closed else "space.opened"
    _record(session, node, viewer, action, ("space", space.id))


def give_role(session: Session, node: Node, viewer: Viewer, space: Space, email: str) -> Person:
    """Let the person with this address run the space too; ``Invalid`` if there is none."""
    person = members.find_proven(session, email)
    if person is None:
        raise Invalid({"email": [_UNPROVEN]})
    role = ROLE_OF_KIND[space.kind]
    if members.grant(session, person.id, role, space.id, at=node.clock.now()):
        _record(
            session, node, viewer, "role.granted", ("person", person.id),
            role=role, space_id=space.id,
        )  # fmt: skip
    return person


def take_role(
    session: Session, node: Node, viewer: Viewer, space: Space, person_id: int, role: str
) -> None:
    """Take a role in the space from a person."""
    if members.revoke(session, person_id, role, space.id):
        _record(
            session, node, viewer, "role.revoked", ("person", person_id),
            role=role, space_id=space.id,
        )  # fmt: skip


def block(
    session: Session, node: Node, viewer: Viewer, person_id: int, *, reason: str = ""
) -> Person:
    """Shut a person out of the site and off all devices; the log keeps why."""
    person = the_person(session, person_id)
    members.block(session, person_id, at=node.clock.now())
    sign_ins.end_all(session, person_id)
    details = {"reason": reason} if reason else {}
    _record(session, node, viewer, "person.blocked", ("person", person_id), **details)
    return person


def unblock(session: Session, node: Node, viewer: Viewer, person_id: int) -> Person:
    """Let a person in again."""
    person = the_person(session, person_id)
    members.unblock(session, person_id)
    _record(session, node, viewer, "person.unblocked", ("person", person_id))
    return person


def make_steward(session: Session, node: Node, viewer: Viewer, person_id: int) -> Person:
    """Let a person run the node; only one who has shown to read the mail of their address."""
    person = the_person(session, person_id)
    if members.find_proven(session, person.email) is None:
        raise Refused(_UNPROVEN.text)
    if members.grant(session, person_id, STEWARD, at=node.clock.now()):
        _record(session, node, viewer, "role.granted", ("person", person_id), role=STEWARD)
    return person


def unmake_steward(session: Session, node: Node, viewer: Viewer, person_id: int) -> Person:
    """Take the running of the node from a person; the last steward stays."""
    person = the_person(session, person_id)
    if members.revoke(session, person_id, STEWARD):
        _record(session, node, viewer, "role.revoked", ("person", person_id), role=STEWARD)
    return person


def the_person(session: Session, person_id: int) -> Person:
    """Return an account, ``NotFound`` if there is none."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("There is no such account.")
    return person


def _record(
    session: Session, node: Node, viewer: Viewer, action: str, subject: tuple[str, int],
    **details: Any,
) -> None:  # fmt: skip
    audit.record(
        session, action, at=node.clock.now(), person_id=viewer.id, subject=subject, **details
    )
