"""Requests about one's data as they stand: their states, their times, and each step of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import NotFound
from ..members import has_left
from ..models import DataRequest, DataRequestStep, Person
from ..node import Node

KINDS = ("see", "correct", "erase", "stop", "withdraw", "object")
UNPROVEN, OPEN, IN_WORK, DONE, REFUSED = "unproven", "open", "in_work", "done", "refused"
STANDING = (OPEN, IN_WORK)

WITHIN = timedelta(days=10)
"""How long a request may take (decree articles 41 (4), 43 (3) and 44 (2))."""

REMIND = timedelta(days=7)
"""When those who run the node are reminded of one that waits."""

PROOF = timedelta(days=3)
"""How long the link of the letter works."""


def by_token(session: Session, token: str) -> DataRequest:
    """Return the request that this link leads to; ``NotFound`` if there is none."""
    query = select(DataRequest).where(DataRequest.token_hash == digest(token))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("There is no such request, or it was deleted when its time was over.")
    return found


def the_request(session: Session, request_id: int) -> DataRequest:
    """Return a request; ``NotFound`` if there is none."""
    request = session.get(DataRequest, request_id)
    if request is None:
        raise NotFound("There is no such request, or it was deleted when its time was over.")
    return request


def digest(token: str) -> str:
    """Return the SHA-256 of a link's token, which is all that is kept of it."""
    return sha256(token.encode()).hexdigest()


def late(session: Session, *, at: datetime) -> tuple[int, int]:
    """Return how many requests wait, and how many of them are overdue."""
    standing = DataRequest.state.in_(STANDING)
    row = session.execute(
        select(
            func.count(DataRequest.id).label("waiting"),
            func.count(DataRequest.id).filter(DataRequest.due_at < at).label("overdue"),
        ).where(standing)
    ).one()
    return row.waiting, row.overdue


def of_person(session: Session, person_id: int, *, limit: int = 50) -> list[DataRequest]:
    """Return what a member asked for, the newest first."""
    query = select(DataRequest).where(DataRequest.person_id == person_id)
    return list(session.scalars(query.order_by(DataRequest.id.desc()).limit(limit)))


def steps(session: Session, request_id: int) -> list[DataRequestStep]:
    """Return what happened to a request, in order."""
    query = select(DataRequestStep).where(DataRequestStep.request_id == request_id)
    return list(session.scalars(query.order_by(DataRequestStep.id)))


def forget_person(session: Session, person_id: int) -> None:
    """Take name and address off the ended requests of somebody who leaves; one that still waits
    keeps them until its answer has gone out."""
    ended = DataRequest.state.in_((DONE, REFUSED))
    for request in session.scalars(
        select(DataRequest).where(DataRequest.person_id == person_id, ended)
    ):
        forget_who(request)


def forget_who(request: DataRequest) -> None:
    """Take name and address off a request."""
    request.name, request.email = "-", ""


def gone(session: Session, person_id: int) -> bool:
    """Say whether somebody closed their account."""
    return has_left(session.get_one(Person, person_id))


def note_step(
    session: Session, node: Node, request: DataRequest, step: str, *, by: int | None, note: str = ""
) -> None:
    """Write down what happened to a request; ``by`` is who did it, None the node itself."""
    session.add(
        DataRequestStep(
            request_id=request.id, at=node.clock.now(), person_id=by, step=step, note=note
        )
    )
    session.flush()
