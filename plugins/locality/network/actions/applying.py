"""Applying to found a hub or an area, and taking that back."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Application, Call
from ..rules.calls import (
    OPEN,
    OPEN_STATES,
    RECEIVED,
    WITHDRAWN,
    Wish,
    kinds_of,
    may_become,
    stands,
)
from .agreeing import INTRODUCING, SUBJECTS, VERSION, agreed, withdrawn
from .forgetting import forget
from .held import locked, note
from .letters import tell_applicant, tell_stewards


def apply(
    node: Node, session: Session, call_id: int, wish: Wish, *, key: str, language: str,
    person_id: int | None,
) -> int:  # fmt: skip
    """Take an application and return its id; its people are told its code by mail.

    A repeated request finds the one that it made. Refused if the call is not open.
    """
    made = session.scalar(select(Application.id).where(Application.key == key))
    if made is not None:
        return made
    call = session.scalar(select(Call).where(Call.id == call_id).with_for_update())
    if call is None or call.published_at is None:
        raise NotFound("There is no such call.")
    now = node.clock.now()
    if stands(call.opens_at, call.closes_at, now) != OPEN:
        raise Refused("This call takes no applications now.")
    if wish.kind not in kinds_of(call.kind):
        raise Invalid({"kind": [Message("This call is not for that.", {})]})
    _check_single(session, call_id, wish.email)
    application = Application(
        key=key, call_id=call_id, person_id=person_id, language=language, state=RECEIVED,
        agreed_version=VERSION, reason="", received_at=now, changed_at=now, **asdict(wish),
    )  # fmt: skip
    session.add(application)
    session.flush()
    agreed(session, application, at=now)
    note(session, application.id, RECEIVED, "", at=now, actor_id=person_id)
    tell_applicant(node, session, application)
    tell_stewards(node, session, application)
    return application.id


def _check_single(session: Session, call_id: int, email: str) -> None:
    """Refuse a second application from one address that is still open: it is one group's."""
    standing = select(Application.id).where(
        Application.call_id == call_id, Application.email == email,
        Application.state.in_(OPEN_STATES),
    )  # fmt: skip
    if session.scalar(standing.limit(1)) is not None:
        raise Refused(
            "An application of this e-mail address is being looked at already. Its code stands in"
            " the letter that we sent you."
        )


def take_back(node: Node, session: Session, application_id: int) -> None:
    """Take an application back: nothing of who applied stays but that somebody did."""
    application = locked(session, application_id)
    if application.state == WITHDRAWN:
        return
    if not may_become(application.state, WITHDRAWN):
        raise Refused("This application is decided already.")
    now = node.clock.now()
    application.state, application.changed_at = WITHDRAWN, now
    note(session, application.id, WITHDRAWN, "", at=now, actor_id=application.person_id)
    tell_applicant(node, session, application)
    withdrawn(session, application, SUBJECTS, at=now)
    forget(session, [application.id])


def stop_introducing(node: Node, session: Session, application_id: int) -> None:
    """Take back that the contact may be handed to neighbouring nodes."""
    application = locked(session, application_id)
    application.may_introduce = False
    withdrawn(session, application, (INTRODUCING.subject,), at=node.clock.now())
    session.flush()
