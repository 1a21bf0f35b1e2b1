"""Applications that are forgotten: taken back, of somebody who leaves, or a year old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .....core.answers import Keeping
from .....core.node import Node
from .....core.values import Message
from ..models import Application, ApplicationStep
from ..rules.calls import ENDS, WITHDRAWN
from .agreeing import KEPT
from .held import locked, note


def forget(session: Session, ids: Sequence[int]) -> None:
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
        forget(session, mine)


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
    KEPT,
    Message("12 months from the day of the application", {}),
    Message("your consent (article 15 (1) 1)", {}),
    months=12,
    by_consent=True,
    purge=destroy,
)
