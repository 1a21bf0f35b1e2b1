"""Guests: they need no account, only an address at which they confirm.

Who has an account, and who comes already, is told to nobody but the reader of that mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import NotFound, Refused, TooMany
from .....core.node import Node
from ..models import SignUp
from ..rules.secrets import CONFIRM, CONFIRM_WITHIN, OWN, is_secret
from .held import locked_date
from .letters import ASKED, COMES, WAITS, write
from .places import check_people, checked_answers, give_up, open_date, seat

AGREED = "1"
"""The version of the text to which guests agree."""

MOST_ASKED = 200
"""Guests of one date who have not confirmed: more are a flood."""

_GONE = "This link was used already or is too old. Please sign up anew."


def ask(
    node: Node, session: Session, occurrence_id: int, *, name: str, email: str, people: int,
    answers: Sequence[str] = (), language: str = "ko",
) -> None:  # fmt: skip
    """Send a guest the link with which they confirm; till then they have no place.

    Whoever has confirmed already is sent the link to their own page again.
    """
    date, event = open_date(node, session, occurrence_id)
    check_people(event, people)
    address, now = members.email_form(email), node.clock.now()
    known = select(SignUp).where(SignUp.occurrence_id == date.id, SignUp.email == address)
    own = session.scalars(known.execution_options(populate_existing=True)).one_or_none()
    if own is not None and own.state != "asked":
        letter = COMES if own.state == "in" else WAITS
        write(node, session, date, event, [own], letter, key=f"again:{now.isoformat()}")
        return
    if own is not None:
        session.delete(own)
        session.flush()
    waiting = select(SignUp.id).where(SignUp.occurrence_id == date.id, SignUp.state == "asked")
    if len(session.scalars(waiting.limit(MOST_ASKED)).all()) >= MOST_ASKED:
        raise TooMany("Many people are signing up just now. Please try again later.")
    own = SignUp(
        occurrence_id=date.id, name=name.strip(), email=address, language=language, people=people,
        state="asked", answers=checked_answers(event, answers), asked_at=now, turn_at=now,
        agreed=AGREED,
    )  # fmt: skip
    session.add(own)
    session.flush()
    write(node, session, date, event, [own], ASKED, key="asked")


def confirm(node: Node, session: Session, sign_up_id: int, secret: str) -> SignUp:
    """Give a guest a place, or one in the line, once; their turn counts from now."""
    own = guest(node, session, sign_up_id, CONFIRM, secret)
    date, event = open_date(node, session, own.occurrence_id)
    session.refresh(own)
    if own.state != "asked" or not _in_time(own.asked_at, node.clock.now()):
        raise NotFound(_GONE)
    check_people(event, own.people)
    own.turn_at = node.clock.now()
    seat(session, date, event, own)
    write(node, session, date, event, [own], COMES if own.state == "in" else WAITS, key="confirmed")
    return own


def give_back(node: Node, session: Session, sign_up_id: int, secret: str) -> None:
    """Cancel for a guest; name and address are erased with it."""
    own = guest(node, session, sign_up_id, OWN, secret)
    date, event = locked_date(session, own.occurrence_id)
    session.refresh(own)
    if own.state == "asked":
        raise Refused("Please confirm first.")
    give_up(node, session, date, event, own)


def guest(node: Node, session: Session, sign_up_id: int, purpose: str, secret: str) -> SignUp:
    """Return the sign-up of a guest whose link this is; ``NotFound`` for any other."""
    own = session.get(SignUp, sign_up_id)
    if own is None or own.email is None:
        raise NotFound(_GONE)
    if not is_secret(secret, node.settings.secret, purpose, own.id, own.asked_at):
        raise NotFound(_GONE)
    return own


def _in_time(asked_at: datetime, now: datetime) -> bool:
    late: timedelta = now - asked_at
    return late <= CONFIRM_WITHIN
