"""Applying to found a hub or an area, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core.answers import ConsentText, Keeping
from .....core.errors import Invalid, NotFound, Refused
from .....core.node import Node
from .....core.values import Message
from ..models import Application, ApplicationStep, Call
from ..rules.calls import (
    ENDS,
    OPEN,
    OPEN_STATES,
    RECEIVED,
    WITHDRAWN,
    Wish,
    kinds_of,
    may_become,
    stands,
)
from .letters import tell_applicant, tell_stewards

VERSION = "2026-11-30"
_KEPT = Message("your name, e-mail address and phone number, and what you write of your group", {})
REVIEWING = ConsentText(
    "applying",
    VERSION,
    "required",
    Message("Applying for a new area or hub", {}),
    Message("I agree that what I write here is kept and used to decide (required)", {}),
    Message("to look at the application, talk with you about it, and tell you the answer", {}),
    _KEPT,
    Message("12 months from the day on which you apply; then all of it is destroyed", {}),
    Message("Then we cannot take the application; you can talk with us on paper or by phone.", {}),
    ends=Message("You take it back on the page of your application, by its code.", {}),
)
INTRODUCING = ConsentText(
    "introducing",
    VERSION,
    "third_party",
    Message("Introducing you to neighbouring areas", {}),
    Message("You may give my contact to those who run neighbouring areas (optional)", {}),
    Message("so that they can tell you how they began; to the nodes that this one is tied to", {}),
    Message("your name, e-mail address and phone number, and the name of your group", {}),
    Message("until the application is decided, 12 months at the longest", {}),
    Message("Your application is looked at just the same.", {}),
    ends=Message("You take it back on the page of your application, by its code.", {}),
)
CONSENTS = (REVIEWING, INTRODUCING)
"""The boxes of the form (Personal Information Protection Act articles 15 (2), 17 (2), 22)."""


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


def note(
    session: Session, application_id: int, state: str, text: str, *, at: datetime,
    actor_id: int | None,
) -> None:  # fmt: skip
    """Write down what became of an application; a note has no state."""
    session.add(
        ApplicationStep(
            application_id=application_id, state=state, text=text, at=at, actor_id=actor_id
        )
    )
    session.flush()


def locked(session: Session, application_id: int) -> Application:
    """Return an application that nobody else changes meanwhile; NotFound if there is none."""
    found = session.scalar(
        select(Application)
        .where(Application.id == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("There is no such application.")
    return found


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
    _forget(session, [application.id])


def stop_introducing(session: Session, application_id: int) -> None:
    """Take back that the contact may be handed to neighbouring nodes."""
    locked(session, application_id).may_introduce = False
    session.flush()


def _forget(session: Session, ids: Sequence[int]) -> None:
    """Wipe out who applied and what they wrote; that there was an application stays counted."""
    blank = dict.fromkeys(("group", "place", "motivation", "name", "email", "phone"), "")
    session.execute(
        update(Application)
        .where(Application.id.in_(ids))
        .values(**blank, person_id=None, may_introduce=False)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(ApplicationStep).where(
            ApplicationStep.application_id.in_(ids), ApplicationStep.state == ""
        )
    )
    session.expire_all()


def forget_person(node: Node, session: Session, person_id: int) -> None:
    """Take back what somebody applied for who closes their account."""
    mine = session.scalars(
        select(Application.id).where(Application.person_id == person_id).order_by(Application.id)
    ).all()
    for application_id in mine:
        application = locked(session, application_id)
        if application.state not in ENDS:
            now = node.clock.now()
            application.state, application.changed_at = WITHDRAWN, now
            note(session, application_id, WITHDRAWN, "", at=now, actor_id=None)
    if mine:
        session.execute(
            update(ApplicationStep)
            .where(ApplicationStep.application_id.in_(mine), ApplicationStep.actor_id == person_id)
            .values(actor_id=None)
        )
        _forget(session, mine)


def destroy(session: Session, before: datetime, most: int) -> int:
    """Destroy applications that came before an instant, with all that was noted of them."""
    due = session.scalars(
        select(Application.id)
        .where(Application.received_at < before)
        .order_by(Application.id)
        .limit(most)
    ).all()
    steps = delete(ApplicationStep).where(ApplicationStep.application_id.in_(due))
    session.execute(steps)
    session.execute(delete(Application).where(Application.id.in_(due)))
    return len(due)


APPLICATIONS = Keeping(
    "applications",
    Message("Applications for new areas and hubs", {}),
    _KEPT,
    Message("12 months from the day of the application", {}),
    Message("your consent (article 15 (1) 1)", {}),
    months=12,
    by_consent=True,
    purge=destroy,
)
