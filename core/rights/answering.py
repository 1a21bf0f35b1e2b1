"""Answering requests about data: taken up, done or refused with words, and told by mail."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from .. import audit
from ..errors import Refused
from ..models import DataRequest
from ..node import Node
from ..values import Message, Viewer
from . import letters
from .requests import (
    DONE,
    IN_WORK,
    OPEN,
    REFUSED,
    STANDING,
    forget_who,
    gone,
    note_step,
    the_request,
)


def take_up(session: Session, node: Node, viewer: Viewer, request_id: int) -> DataRequest:
    """Note that somebody works on it."""
    request = the_request(session, request_id)
    if request.state == OPEN:
        request.state = IN_WORK
        note_step(session, node, request, IN_WORK, by=viewer.id)
    return request


def answer(
    session: Session, node: Node, viewer: Viewer, request_id: int, *, outcome: str, text: str
) -> DataRequest:
    """End a request with what was done, or with why it cannot be; the answer goes out by mail.

    ``outcome``: done or refused. ``Refused`` if it was answered already.
    """
    if outcome not in (DONE, REFUSED):
        raise ValueError(f"no such outcome: {outcome}")
    now = node.clock.now()
    ended = session.execute(
        update(DataRequest)
        .where(DataRequest.id == request_id, DataRequest.state.in_(STANDING))
        .values(state=outcome, answer=text, ended_at=now)
    )
    request = the_request(session, request_id)
    if not ended.rowcount:  # type: ignore[attr-defined]
        raise Refused("This request was answered already.")
    session.refresh(request)
    note_step(session, node, request, outcome, by=viewer.id, note=text)
    audit.record(
        session, "request.answered", at=now, person_id=viewer.id, subject=("request", request.id),
        outcome=outcome,
    )  # fmt: skip
    letters.post(
        node, session, to=request.email, language=request.language, subject=_ANSWERED,
        text=_ANSWER_TEXT, key=f"request-answer:{request.id}", name=request.name, answer=text,
        email=node.settings.operator.email, phone=node.settings.operator.phone,
    )  # fmt: skip
    if request.person_id is not None and gone(session, request.person_id):
        forget_who(request)
    return request


_ANSWERED = Message("%(node)s: the answer to your request about your data", {}).text
_ANSWER_TEXT = Message(
    "Hello %(name)s,\n\nyou asked us something about your data. This is our answer:\n\n%(answer)s"
    "\n\nIf you are not content with it you can object: write to %(email)s or call %(phone)s. You"
    " can also turn to the Personal Information Dispute Mediation Committee (call 1833-6972).",
    {},
).text
