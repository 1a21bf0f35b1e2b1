"""Whoever agreed to news is told every two years that they still do, and how to end it.

Network Act article 50 (8) and decree article 62-3: who sends, when it was agreed to, and the way to
keep it or take it back, within two years of the consent and again every two years.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import outbox
from ..models import Consent, Person
from ..node import Node
from ..values import Message, months_later
from . import letters

JOB = "rights.reconfirm"
MONTHS = 24
AHEAD = 1
"""Months ahead of the end of the two years, so that a worker that stood still is not too late."""

BATCH = 200
_SUBJECT = "news"


def ask(node: Node, session: Session, day: str) -> None:
    """Ask for today's reminders, once however many workers look."""
    outbox.enqueue(session, JOB, {"after": 0}, key=f"{JOB}:{day}", at=node.clock.now())


def rounds(given_at: datetime, now: datetime) -> int:
    """Return how many reminders a consent of ``given_at`` has come to: one each two years.

    >>> from datetime import UTC
    >>> rounds(datetime(2026, 1, 31, tzinfo=UTC), datetime(2027, 12, 31, tzinfo=UTC))
    1
    """
    due = months_later(now, AHEAD)
    months = (due.year - given_at.year) * 12 + due.month - given_at.month
    if months_later(given_at, months) > due:
        months -= 1
    return max(0, months // MONTHS)


def work(node: Node, payload: Mapping[str, Any]) -> None:
    """Write to the next of those whose time has come, and go on after them."""
    now, after = node.clock.now(), int(payload["after"])
    with node.db.write() as session:
        found = _standing(session, after, before=months_later(now, AHEAD - MONTHS))
        for consent, person in found:
            _remind(node, session, consent, person, rounds(consent.given_at, now))
        if len(found) == BATCH:
            last = found[-1][0].id
            outbox.enqueue(session, JOB, {"after": last}, key=f"{JOB}:{now:%F}:{last}", at=now)


def _standing(session: Session, after: int, *, before: datetime) -> list[tuple[Consent, Person]]:
    rows = session.execute(
        select(Consent, Person)
        .join(Person, Person.id == Consent.person_id)
        .where(
            Consent.subject == _SUBJECT,
            Consent.withdrawn_at.is_(None),
            Consent.given_at <= before,
            Consent.id > after,
            Person.blocked_at.is_(None),
        )
        .order_by(Consent.id)
        .limit(BATCH)
    )
    return [(row[0], row[1]) for row in rows]


def _remind(node: Node, session: Session, consent: Consent, person: Person, number: int) -> None:
    letters.post(
        node, session, to=person.email, language=person.language, subject=_TITLE, text=_TEXT,
        key=f"news-consent:{consent.id}:{number}", name=person.name,
        sender=node.settings.operator.trade_name, day=f"{consent.given_at:%Y-%m-%d}",
        url=letters.address(node, "/me/consents"),
    )  # fmt: skip


_TITLE = Message("%(node)s: you still agree to news by e-mail", {}).text
_TEXT = Message(
    "Hello %(name)s,\n\non %(day)s you agreed that %(sender)s sends you news of the neighbourhood"
    " by e-mail. The law asks us to remind you of it every two years. If you want to go on, there"
    " is nothing to do. If not, you can end it here at any time:\n\n%(url)s",
    {},
).text
