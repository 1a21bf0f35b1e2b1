"""Being known elsewhere: chosen by each for themselves, and taken back whenever they like."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from .....core import members
from .....core.answers import ConsentText, Keeping
from .....core.errors import Invalid, Refused
from .....core.facts import ProfileChanged
from .....core.models import Space
from .....core.node import Node
from .....core.values import Message
from .. import queries
from ..models import Presence
from ..rules.names import handle_form, mark
from .thanking import end_all

CONSENT, VERSION = "known_elsewhere", "1"

KNOWN = ConsentText(
    CONSENT,
    VERSION,
    "third_party",
    Message("Being known on other nodes", {}),
    Message("My name there, my words and my public posts may leave this node", {}),
    Message("so that people on other nodes and in other programs can follow you", {}),
    Message(
        "the short name, the name and the words that you write here, and your public posts;"
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
    Message("short name, name and words, as you write them", {}),
    Message(
        "until you close your account; a mark of the short name stays, so that nobody else is"
        " ever called so",
        {},
    ),
    Message("your consent (article 15 (1) 1)", {}),
    by_consent=True,
)


def show(
    node: Node, session: Session, person_id: int, *, handle: str, name: str, words: str
) -> Presence:
    """Let somebody be known elsewhere, as they have agreed to just now; or change what is known.

    The short name is chosen once: elsewhere nothing else tells that it is the same person.
    """
    now, wanted = node.clock.now(), handle_form(handle)
    row = session.get(Presence, person_id, with_for_update=True)
    if row is None:
        row = _new(session, person_id, wanted)
        row.since = now
        session.add(row)
    elif wanted != row.handle:
        raise Refused("Your short name stays @%(handle)s.", handle=row.handle)
    if row.ended_at is not None or not _has_agreed(session, person_id):
        row.ended_at, row.since = None, now
        members.give_consent(session, person_id, CONSENT, VERSION, at=now)
    row.name, row.words = name.strip()[:60], words.strip()[:500]
    try:
        session.flush()
    except IntegrityError:
        raise _taken() from None
    _tell(node, session, person_id)
    return row


def _has_agreed(session: Session, person_id: int) -> bool:
    from .....core.models import Consent

    standing = select(Consent.id).where(
        Consent.person_id == person_id, Consent.subject == CONSENT, Consent.withdrawn_at.is_(None)
    )
    return session.scalar(standing.limit(1)) is not None


def _new(session: Session, person_id: int, handle: str | None) -> Presence:
    if handle is None:
        raise Invalid(
            {
                "handle": [
                    Message(
                        "Please choose 3 to 30 letters from a to z, digits or _, beginning with a"
                        " letter.",
                        {},
                    )
                ]
            }
        )
    slug = select(Space.id).where(Space.slug == handle)
    held = select(Presence.person_id).where(Presence.mark == mark(handle))
    if any(session.scalar(query) is not None for query in (slug, held)):
        raise _taken()
    return Presence(person_id=person_id, handle=handle, mark=mark(handle))


def _taken() -> Invalid:
    return Invalid({"handle": [Message("Somebody is called so already, or was.", {})]})


def hide(node: Node, session: Session, person_id: int) -> None:
    """Let somebody be known elsewhere no more; what was told of them is to be deleted there."""
    row = queries.presence(session, person_id)
    if row is None:
        return
    now = node.clock.now()
    end_all(node, session, person_id)
    row.ended_at = now
    members.withdraw_consent(session, person_id, CONSENT, at=now)
    session.flush()
    _tell(node, session, person_id)


def forget(node: Node, session: Session, person_id: int) -> None:
    """Leave nothing of somebody who closes their account but the mark of their short name."""
    row = session.get(Presence, person_id)
    if row is None:
        return
    end_all(node, session, person_id)
    blank: dict[str, Any] = {"handle": "", "name": "", "words": ""}
    for column, value in blank.items():
        setattr(row, column, value)
    row.ended_at = row.ended_at or node.clock.now()
    session.flush()
    _tell(node, session, person_id)


def _tell(node: Node, session: Session, person_id: int) -> None:
    fact = ProfileChanged(subject=f"person:{person_id}", at=node.clock.now())
    node.hooks.profile_changed(node=node, session=session, fact=fact)
