"""Places: asked for, given in order, given back; whoever is next is told at once.

Every step holds the date first, so that no place is given twice and nobody is overtaken.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.errors import Forbidden, Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Event, Occurrence, SignUp
from ..rules import MOST_ANSWER, Party, State, let_in, promoted, until_when
from .held import locked_date, parties_of
from .letters import PROMOTED, write

CONSENT = "coming"
CONSENT_VERSION = "1"
"""That those who hold an event see name and answers of whoever comes (Personal Information
Protection Act article 17)."""


def sign_up(
    node: Node, session: Session, occurrence_id: int, person_id: int, *, people: int,
    answers: Sequence[str] = (),
) -> SignUp:  # fmt: skip
    """Ask for places, or change for how many and what was answered; return how it stands.

    ``state`` of what is returned is "in", or "waiting" if it is not one's turn yet.
    """
    if members.stays(session, person_id) is None:
        raise Forbidden("Please log in first.")
    date, event = open_date(node, session, occurrence_id)
    check_people(event, people)
    own = _of_person(session, date.id, person_id)
    if own is not None:
        own.answers = checked_answers(event, answers)
        _other_number(node, session, date, event, own, people)
        return own
    now = node.clock.now()
    own = SignUp(
        occurrence_id=date.id, person_id=person_id, people=people, state="waiting",
        answers=checked_answers(event, answers), asked_at=now, turn_at=now,
    )  # fmt: skip
    seat(session, date, event, own)
    members.withdraw_consent(session, person_id, CONSENT, at=now)  # one that stands at a time
    members.give_consent(session, person_id, CONSENT, CONSENT_VERSION, at=now)
    return own


def seat(session: Session, date: Occurrence, event: Event, own: SignUp) -> None:
    """Give places to somebody who asks just now, if it is their turn; else let them wait."""
    waiting = len(parties_of(session, date.id, "waiting"))
    own.state = "waiting"
    if let_in(event.capacity, date.taken, waiting, own.people):
        own.state = "in"
        date.taken += own.people
    session.add(own)
    session.flush()


def leave(node: Node, session: Session, occurrence_id: int, person_id: int) -> None:
    """Give one's places back, as long as one can by oneself; the next ones get them."""
    date, event = locked_date(session, occurrence_id)
    own = _of_person(session, date.id, person_id)
    if own is None:
        raise NotFound("You have no place there.")
    give_up(node, session, date, event, own)


def give_up(node: Node, session: Session, date: Occurrence, event: Event, own: SignUp) -> None:
    """Take a sign-up off, of a date that is held; ``Refused`` if it is too late for that."""
    now = node.clock.now()
    if own.state == "in":
        last = date.starts_at if date.called_off_at else until_when(
            date.starts_at, event.cancel_hours)  # fmt: skip
        if last <= now:
            raise Refused("It is too late to cancel here. Please tell those who invite.")
        date.taken -= own.people
    session.delete(own)
    session.flush()
    promote(node, session, date, event)


def promote(node: Node, session: Session, date: Occurrence, event: Event) -> None:
    """Let in those of the waiting whose turn it is and tell them, for a date that is held."""
    if not _takes(node, date, event):
        return
    waiting = {party.id: party for party in parties_of(session, date.id, "waiting")}
    line = [Party(party.id, party.people) for party in waiting.values()]
    for found in promoted(event.capacity, date.taken, line):
        own = waiting[found.id]
        own.state = "in"
        date.taken += own.people
        session.flush()
        write(node, session, date, event, [own], PROMOTED, key=f"promoted:{own.id}")


def open_date(node: Node, session: Session, occurrence_id: int) -> tuple[Occurrence, Event]:
    """Return a date, held, for which one can sign up."""
    date, event = locked_date(session, occurrence_id)
    if date.called_off_at is not None:
        raise Refused("This event was called off.")
    if date.starts_at <= node.clock.now():
        raise Refused("This event has begun already.")
    if not _takes(node, date, event):
        raise Refused("One cannot sign up for this event.")
    return date, event


def _takes(node: Node, date: Occurrence, event: Event) -> bool:
    stands = event.state == State.PUBLIC and event.hidden_at is None and event.signs_up
    return stands and date.called_off_at is None and date.starts_at > node.clock.now()


def check_people(event: Event, people: int) -> None:
    """Refuse more people than may come together, or than there are places at all."""
    most = event.most_people if event.capacity is None else min(event.most_people, event.capacity)
    if not 1 <= people <= most:
        raise Invalid({"people": [Message("Up to %(most)s can come together.", {"most": most})]})


def checked_answers(event: Event, answers: Sequence[str]) -> list[str]:
    """Return one answer to each question, in one line; a question may be left open."""
    given = [" ".join(each.split())[:MOST_ANSWER] for each in answers]
    return (given + [""] * len(event.questions))[: len(event.questions)]


def _of_person(session: Session, occurrence_id: int, person_id: int) -> SignUp | None:
    query = select(SignUp).where(
        SignUp.occurrence_id == occurrence_id, SignUp.person_id == person_id
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _other_number(
    node: Node, session: Session, date: Occurrence, event: Event, own: SignUp, people: int
) -> None:
    """Come with more or with fewer; more must fit, and nobody may wait for these places."""
    more = people - own.people
    if own.state == "in":
        waiting = len(parties_of(session, date.id, "waiting"))
        if more > 0 and not let_in(event.capacity, date.taken, waiting, more):
            raise Refused("There are not so many places. You keep what you have.")
        date.taken += more
    elif more > 0:  # with more people one begins anew at the end of the line
        own.turn_at = node.clock.now()
    own.people = people
    session.flush()
    promote(node, session, date, event)
