"""Confirming each other: a code shown face to face, or one on paper, works once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .....core import audit, outbox
from .....core.errors import NotFound, Refused, TooMany
from .....core.models import Person
from .....core.node import Node
from ..models import Neighbour, PaperCode, Vouching
from ..queries import confirmed_lately, may_confirm
from ..rules import (
    ALPHABET,
    ASKING_LENGTH,
    ASKING_MINUTES,
    MOST_BY_ACTIVIST,
    MOST_BY_NEIGHBOUR,
    NEIGHBOUR,
    PAPER,
    REMIND_DAYS,
    can_renew,
    expiry,
    plain_code,
    seal,
)
from .held import held
from .letters import ENDING, tell_confirmed

_UNKNOWN = "This code does not work. It may be too old or used already; please ask for a new one."


def ask(node: Node, session: Session, person_id: int) -> str:
    """Make the code that a person shows to a neighbour, and return it; only its seal is kept."""
    own, now = _own(session, person_id), node.clock.now()
    if not can_renew(own.expires_at, now):
        raise Refused("You are confirmed. You can renew it in the last 60 days before its end.")
    code = node.ports.random.code(ASKING_LENGTH, ALPHABET)
    own.asking = seal(node.settings.secret, "asking", code)
    own.asking_until = now + timedelta(minutes=ASKING_MINUTES)
    session.flush()
    return code


def confirm(node: Node, session: Session, code: str, by_id: int) -> str:
    """Confirm whoever shows this code and return their name.

    Forbidden unless the one who confirms is confirmed, or runs the node or a hub; TooMany beyond
    what one may confirm in 30 days.
    """
    now = node.clock.now()
    # Two at once by the same person meet here, so that the limit is not passed.
    held(session, by_id)
    way = may_confirm(session, by_id, now)
    if way is None:
        raise Refused("Only who is confirmed can confirm others.")
    most = MOST_BY_NEIGHBOUR if way == NEIGHBOUR else MOST_BY_ACTIVIST
    if confirmed_lately(session, by_id, now) >= most:
        raise TooMany("You have confirmed %(most)s people within 30 days; no more for now.",
                      most=most)  # fmt: skip
    key = seal(node.settings.secret, "asking", plain_code(code))
    found = session.scalars(
        select(Neighbour)
        .where(Neighbour.asking == key, Neighbour.asking_until > now)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound(_UNKNOWN)
    if found.person_id == by_id:
        raise Refused("Nobody can confirm themselves.")
    _settle(node, session, found, way, by_id)
    return session.get_one(Person, found.person_id).name


def use_paper(node: Node, session: Session, code: str, person_id: int) -> None:
    """Confirm oneself by a code on paper, which then works no more."""
    own, now = _own(session, person_id), node.clock.now()
    if not can_renew(own.expires_at, now):
        raise Refused("You are confirmed. You can renew it in the last 60 days before its end.")
    key = seal(node.settings.secret, PAPER, plain_code(code))
    used = session.execute(
        update(PaperCode)
        .where(PaperCode.seal == key, PaperCode.used_at.is_(None), PaperCode.expires_at > now)
        .values(used_at=now)
        .returning(PaperCode.made_by)
    ).one_or_none()
    if used is None:
        raise NotFound(_UNKNOWN)
    _settle(node, session, own, PAPER, used.made_by)


def _own(session: Session, person_id: int) -> Neighbour:
    held(session, person_id)
    own = session.get(Neighbour, person_id)
    if own is None:
        raise Refused("Please choose your part of town first.")
    return own


def _settle(node: Node, session: Session, found: Neighbour, way: str, by_id: int | None) -> None:
    now = node.clock.now()
    found.confirmed_at, found.expires_at, found.way = now, expiry(now), way
    found.asking = found.asking_until = None
    session.add(Vouching(person_id=found.person_id, by_id=by_id, way=way, at=now))
    session.flush()
    audit.record(
        session, "locality.neighbour.confirmed", at=now, person_id=by_id,
        subject=("person", found.person_id), way=way,
    )  # fmt: skip
    tell_confirmed(node, session, found)
    due = found.expires_at - timedelta(days=REMIND_DAYS)
    stamp = found.expires_at.isoformat()
    payload = {"person_id": found.person_id, "expires_at": stamp}
    outbox.enqueue(session, ENDING, payload, key=f"{ENDING}:{found.person_id}:{stamp}", at=due)


def undo(node: Node, session: Session, person_id: int, *, actor_id: int) -> None:
    """Take a confirmation back that should not have been given."""
    found = session.get(Neighbour, person_id)
    if found is None or found.expires_at is None:
        raise NotFound("Nobody is confirmed there.")
    found.expires_at = found.confirmed_at = None
    found.way = ""
    audit.record(
        session, "locality.neighbour.undone", at=node.clock.now(), person_id=actor_id,
        subject=("person", person_id),
    )  # fmt: skip
