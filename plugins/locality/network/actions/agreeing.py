"""What those who apply agree to, and that a member's own list of consents holds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import members
from .....core.answers import ConsentText
from .....core.values import Message
from ..models import Application
from ..rules.calls import OPEN_STATES

VERSION = "2026-11-30"
KEPT = Message("your name, e-mail address and phone number, and what you write of your group", {})
REVIEWING = ConsentText(
    "applying",
    VERSION,
    "required",
    Message("Applying for a new area or hub", {}),
    Message("I agree that what I write here is kept and used to decide (required)", {}),
    Message("to look at the application, talk with you about it, and tell you the answer", {}),
    KEPT,
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

SUBJECTS = tuple(each.subject for each in CONSENTS)


def agreed(session: Session, application: Application, *, at: datetime) -> None:
    """Write down what a member agreed to; of others the application itself says it."""
    person_id = application.person_id
    if person_id is None:
        return
    given = SUBJECTS if application.may_introduce else (REVIEWING.subject,)
    for subject in given:
        members.withdraw_consent(session, person_id, subject, at=at)  # one that stands at a time
        members.give_consent(
            session, person_id, subject, VERSION, at=at, language=application.language
        )


def withdrawn(
    session: Session, application: Application, subjects: Iterable[str], *, at: datetime
) -> None:
    """Write down that a member took it back, unless another application of theirs needs it."""
    if application.person_id is None:
        return
    other = select(Application.id).where(
        Application.person_id == application.person_id, Application.id != application.id,
        Application.state.in_(OPEN_STATES),
    )  # fmt: skip
    if session.scalar(other.limit(1)) is None:
        for subject in subjects:
            members.withdraw_consent(session, application.person_id, subject, at=at)
