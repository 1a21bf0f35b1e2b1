"""What those who come agree to, how long it is kept who came, and how that is destroyed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.node import Node
from .....core.values import Message
from ..models import Occurrence, SignUp
from .held import locked_date
from .places import CONSENT, CONSENT_VERSION, promote

COMING = ConsentText(
    CONSENT,
    CONSENT_VERSION,
    "third_party",
    Message("Coming to an event", {}),
    Message("Those who invite may see my name and my answers", {}),
    Message("to know who comes", {}),
    Message("name and answers, to those who hold the event", {}),
    Message("until a week after the event", {}),
    Message("Then you cannot sign up; you can still come where no sign-up is needed.", {}),
    ends=Message("You take it back by giving back your places.", {}),
)


def forget_guests(session: Session, before: datetime, most: int) -> int:
    """Erase who the guests of events were that are over, what anybody answered there, and guests
    who never confirmed. That somebody came stays as a number."""
    over = select(Occurrence.id).where(Occurrence.ends_at <= before)
    lost = and_(SignUp.state == "asked", SignUp.asked_at <= before)
    told = SignUp.erased.is_(False)
    gone = select(SignUp.id).where(lost).limit(most)
    count = _rows(session.execute(delete(SignUp).where(SignUp.id.in_(gone))))
    due = select(SignUp.id).where(SignUp.occurrence_id.in_(over), told).limit(most - count)
    erased: dict[str, object] = {"email": None, "name": "", "answers": [], "erased": True}
    return count + _rows(session.execute(update(SignUp).where(SignUp.id.in_(due)).values(**erased)))


def forget_comers(session: Session, before: datetime, most: int) -> int:
    """Forget which members came to events that were over long ago."""
    over = select(Occurrence.id).where(Occurrence.ends_at <= before)
    due = select(SignUp.id).where(SignUp.occurrence_id.in_(over)).limit(most)
    return _rows(session.execute(delete(SignUp).where(SignUp.id.in_(due))))


def _rows(result: object) -> int:
    return int(result.rowcount)  # type: ignore[attr-defined]


KEEPINGS = (
    Keeping(
        "event_guests",
        Message("Guests of events", {}),
        Message("name, e-mail address, how many come, and answers to the organiser", {}),
        Message("erased a week after the event, or a week after asking without confirming", {}),
        Message("your consent (article 15 (1) 1)", {}),
        days=7,
        by_consent=True,
        purge=forget_guests,
    ),
    Keeping(
        "event_comers",
        Message("Events to which you come", {}),
        Message("which event, how many come, your answers, and whether you came", {}),
        Message("a year after the event", {}),
        Message("your consent (article 15 (1) 1)", {}),
        months=12,
        by_consent=True,
        purge=forget_comers,
    ),
)


def forget_person(node: Node, session: Session, person_id: int) -> None:
    """Give back the places of somebody who closes their account; who waits gets them."""
    ahead = (
        select(SignUp.occurrence_id)
        .join(Occurrence, Occurrence.id == SignUp.occurrence_id)
        .where(SignUp.person_id == person_id, Occurrence.starts_at > node.clock.now())
        .order_by(SignUp.occurrence_id)
    )
    for occurrence_id in session.scalars(ahead).all():
        _free(node, session, occurrence_id, person_id)
    session.execute(delete(SignUp).where(SignUp.person_id == person_id))


def _free(node: Node, session: Session, occurrence_id: int, person_id: int) -> None:
    date, event = locked_date(session, occurrence_id)
    own = session.scalars(
        select(SignUp).where(SignUp.occurrence_id == occurrence_id, SignUp.person_id == person_id)
    ).one_or_none()
    if own is None:
        return
    if own.state == "in":
        date.taken -= own.people
    session.delete(own)
    session.flush()
    promote(node, session, date, event)
