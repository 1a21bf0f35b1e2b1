"""A leak of personal data: the notice with what the law wants in it, and telling people.

PIPA article 34 (1) and (2), decree articles 39 and 40: within 72 hours of knowing; also when a leak
cannot be ruled out, with the right to damages and to mediation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import audit, outbox
from ..errors import Invalid, NotFound, Refused
from ..language import Tongue
from ..members import LEFT, email_form
from ..models import Breach, Person
from ..node import Node
from ..values import Message, Viewer

WITHIN = timedelta(hours=72)
REPORT_FROM = 1_000
"""From so many people on it is reported to the authority as well (decree article 40)."""

JOB = "rights.breach"
BATCH = 200
"""Letters written in one transaction."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a steward writes: ``chosen`` are the addresses of those concerned, none of them all."""

    known_at: datetime
    possible: bool
    items: str
    course: str
    advice: str
    measures: str
    chosen: tuple[str, ...]


def compose(session: Session, node: Node, viewer: Viewer, notice: Notice) -> Breach:
    """Keep a notice that is not sent yet; ``Invalid`` for addresses that nobody here has."""
    now = node.clock.now()
    if notice.known_at > now:
        raise Invalid({"known_at": [Message("This is in the future.", {})]})
    chosen = sorted({email_form(each) for each in notice.chosen})
    _check_known(session, chosen)
    breach = Breach(
        known_at=notice.known_at, possible=notice.possible, items=notice.items,
        course=notice.course, advice=notice.advice, measures=notice.measures,
        chosen="\n".join(chosen), made_at=now,
    )  # fmt: skip
    session.add(breach)
    session.flush()
    _audit(session, node, viewer, "breach.written", breach)
    return breach


def _check_known(session: Session, chosen: Sequence[str]) -> None:
    known = set(session.scalars(select(Person.email).where(Person.email.in_(chosen))))
    strangers = [each for each in chosen if each not in known]
    if strangers:
        sentence = Message("Nobody here has these addresses: %(list)s", {"list": strangers[:5]})
        raise Invalid({"chosen": [sentence]})


def send(session: Session, node: Node, viewer: Viewer, breach_id: int) -> Breach:
    """Have everyone concerned told by mail; ``Refused`` if that was done already."""
    now = node.clock.now()
    sent = session.execute(
        update(Breach).where(Breach.id == breach_id, Breach.sent_at.is_(None)).values(sent_at=now)
    )
    breach = the_breach(session, breach_id)
    if not sent.rowcount:  # type: ignore[attr-defined]
        raise Refused("This notice was sent already.")
    session.refresh(breach)
    outbox.enqueue(session, JOB, {"id": breach.id}, key=f"{JOB}:{breach.id}", at=now)
    _audit(session, node, viewer, "breach.sent", breach)
    return breach


def tell(node: Node, payload: Mapping[str, Any]) -> None:
    """Write a letter to each person concerned, some in each transaction; twice is the same."""
    after, told = 0, 0
    while True:
        with node.db.write() as session:
            breach = the_breach(session, int(payload["id"]))
            people = _next(session, breach, after)
            for person in people:
                _write(node, session, breach, person)
            told += len(people)
            breach.people = told
        if len(people) < BATCH:
            return
        after = people[-1].id


def _next(session: Session, breach: Breach, after: int) -> Sequence[Person]:
    query = select(Person).where(Person.id > after, ~Person.email.endswith(LEFT))
    if breach.chosen:
        query = query.where(Person.email.in_(breach.chosen.split("\n")))
    return session.scalars(query.order_by(Person.id).limit(BATCH)).all()


def _write(node: Node, session: Session, breach: Breach, person: Person) -> None:
    tongue = node.catalogues.tongue(person.language)
    payload = {
        "to": person.email,
        "subject": tongue.gettext(_SUBJECT, node=node.settings.node.name),
        "text": letter(node, tongue, breach),
    }
    key = f"mail:breach:{breach.id}:{person.id}"
    outbox.enqueue(session, "mail", payload, key=key, at=node.clock.now())


_SUBJECT = Message("%(node)s: about the safety of your personal data", {}).text


def letter(node: Node, tongue: Tongue, breach: Breach) -> str:
    """Return the notice in the language of its reader, with each item of article 34 (1)."""
    say, operator = tongue.gettext, node.settings.operator
    known = breach.known_at.astimezone(ZoneInfo(node.settings.node.time_zone))
    first = (
        say("We cannot rule out that personal data have leaked from %(node)s.", node=_name(node))
        if breach.possible
        else say("Personal data have leaked from %(node)s. We are sorry.", node=_name(node))
    )
    parts = (
        (say("1. Which data"), breach.items),
        (say("2. When and how"), f"{known:%Y-%m-%d %H:%M}\n{breach.course}"),
        (say("3. What you can do against harm"), breach.advice),
        (say("4. What we do, and how you are helped"), breach.measures),
        (say("5. Whom to reach"), f"{operator.trade_name}, {operator.phone}, {operator.email}"),
        (say("6. Your rights"), say(_RIGHTS)),
    )
    return "\n\n".join([first, *(f"{title}\n{text}" for title, text in parts)]) + "\n"


_RIGHTS = Message(
    "You can claim damages (Personal Information Protection Act, articles 39 and 39-2), and ask the"
    " Personal Information Dispute Mediation Committee for mediation (call 1833-6972,"
    " kopico.go.kr). The Privacy Infringement Report Centre answers under 118.",
    {},
).text


def _name(node: Node) -> str:
    return node.settings.node.name


def the_breach(session: Session, breach_id: int) -> Breach:
    """Return a notice; ``NotFound`` if there is none."""
    breach = session.get(Breach, breach_id)
    if breach is None:
        raise NotFound("There is no such notice.")
    return breach


def every(session: Session, *, limit: int = 20) -> Sequence[Breach]:
    """Return the notices, the newest first."""
    return session.scalars(select(Breach).order_by(Breach.id.desc()).limit(limit)).all()


def _audit(session: Session, node: Node, viewer: Viewer, action: str, breach: Breach) -> None:
    audit.record(
        session, action, at=node.clock.now(), person_id=viewer.id, subject=("breach", breach.id)
    )
