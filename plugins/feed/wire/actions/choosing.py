"""Being known elsewhere: chosen by each for themselves, and taken back whenever they like."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import members
from .....core.answers import ConsentText, Keeping
from .....core.errors import Refused
from .....core.facts import ProfileChanged
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from ...circles import profile_of
from .. import queries
from ..models import Presence
from ..rules.names import mark
from .thanking import end_all

CONSENT, VERSION = "known_elsewhere", "1"

KNOWN = ConsentText(
    CONSENT,
    VERSION,
    "third_party",
    Message("Being known on other nodes", {}),
    Message("My public page and my public posts may leave this node", {}),
    Message("so that people on other nodes and in other programs can follow you", {}),
    Message(
        "the name, handle, words and picture of your public page, and your public posts;"
        " to every node that follows you",
        {},
    ),
    Message(
        "until you take it back; then other nodes are told to delete it, which we cannot compel",
        {},
    ),
    Message("Then nobody elsewhere sees you; here everything stays as it is.", {}),
    ends=Message("You take it back on the page on which you gave it.", {}),
)

PRESENCE = Keeping(
    "presence",
    Message("Being known on other nodes", {}),
    Message("the handle of your public page", {}),
    Message(
        "until you close your account; a mark of the handle stays, so that nobody else is ever"
        " called so",
        {},
    ),
    Message("your consent (article 15 (1) 1)", {}),
    by_consent=True,
)


def show(node: Node, session: Session, person_id: int) -> Presence:
    """Let other nodes know somebody's public page, as they have agreed to just now.

    Its handle stays what it is: elsewhere nothing else tells that it is the same person.
    """
    page, now = profile_of(session, person_id), node.clock.now()
    if page is None:
        raise Refused("First open a public page of your own.")
    row = session.get(Presence, person_id, with_for_update=True)
    if row is None:
        row = _new(session, person_id, page.handle)
        row.since, row.ended_at = now, now
        session.add(row)
    elif page.handle != row.handle:
        raise Refused("Elsewhere you are @%(handle)s. Call your page so.", handle=row.handle)
    if row.ended_at is not None:
        row.ended_at, row.since = None, now
        members.give_consent(session, person_id, CONSENT, VERSION, at=now)
    try:
        session.flush()
    except IntegrityError:
        raise _taken() from None
    _tell(node, session, person_id)
    return row


def _taken() -> Refused:
    return Refused(
        "Elsewhere somebody is, or was, called so. Please open your page by another name."
    )


def _new(session: Session, person_id: int, handle: str) -> Presence:
    slug = select(Space.id).where(Space.slug == handle)
    held = select(Presence.person_id).where(Presence.mark == mark(handle))
    if any(session.scalar(query) is not None for query in (slug, held)):
        raise _taken()
    return Presence(person_id=person_id, handle=handle, mark=mark(handle))


def hide(node: Node, session: Session, person_id: int) -> None:
    """Let somebody be known elsewhere no more; what was told of them is to be deleted there."""
    row = queries.presence(session, person_id)
    if row is None:
        return
    _end(node, session, row)
    _tell(node, session, person_id)


def _end(node: Node, session: Session, row: Presence) -> None:
    now = node.clock.now()
    end_all(node, session, row.person_id)
    row.ended_at = now
    members.withdraw_consent(session, row.person_id, CONSENT, at=now)
    session.flush()


def follow_page(node: Node, session: Session, fact: ProfileChanged) -> None:
    """Let nobody be known elsewhere who has closed their public page."""
    kind, _, number = fact.subject.partition(":")
    if kind != "person":
        return
    person_id = int(number)
    row = queries.presence(session, person_id)
    if row is not None and profile_of(session, person_id) is None:
        _end(node, session, row)


def forget(node: Node, session: Session, person_id: int) -> None:
    """Leave nothing of somebody who closes their account but the mark of their short name."""
    row = session.get(Presence, person_id)
    if row is None:
        return
    end_all(node, session, person_id)
    row.handle = ""
    row.ended_at = row.ended_at or node.clock.now()
    session.flush()
    _tell(node, session, person_id)


def _tell(node: Node, session: Session, person_id: int) -> None:
    fact = ProfileChanged(subject=f"person:{person_id}", at=node.clock.now())
    node.hooks.profile_changed(node=node, session=session, fact=fact)
