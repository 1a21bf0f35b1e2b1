"""Appealing against a measure, and deciding about the appeal: always somebody else."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ... import audit
from ...errors import Forbidden, Invalid, NotFound, Refused
from ...node import Node
from ...values import Message, Viewer
from .. import queries
from ..models import Appeal, Measure
from ..rules import APPEALED, BY_APPEAL, MOST, OVERTURNED, UPHELD, may_decide_appeal
from . import letters
from .deciding import end
from .subjects import thing_of


def appeal(node: Node, session: Session, viewer: Viewer, measure_id: int, text: str) -> Appeal:
    """Appeal against a measure that hides a thing which one runs oneself; once."""
    measure = session.get(Measure, measure_id)
    thing = thing_of(node, session, measure.subject) if measure else None
    if measure is None or thing is None or viewer.id not in thing.people:
        raise Forbidden("Only those who run what was hidden can appeal.")
    if not measure.standing:
        raise Refused("This measure has ended already.")
    if not text.strip() or len(text) > MOST:
        raise Invalid({"text": [Message("Please say why, in at most %(most)s characters.",
                                        {"most": MOST})]})  # fmt: skip
    now = node.clock.now()
    made = Appeal(
        measure_id=measure_id, person_id=viewer.id, text=text.strip(), created_at=now,
        due_at=now + APPEALED,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        raise Refused("There is an appeal against this measure already.") from None
    _record(node, session, viewer, "appeal.made", made)
    return made


def decide_appeal(
    node: Node, session: Session, viewer: Viewer, appeal_id: int, outcome: str, answer: str
) -> Appeal:
    """Decide about an appeal; ``Forbidden`` for who took the measure and for who appeals."""
    found = session.get(Appeal, appeal_id, with_for_update=True)
    if found is None:
        raise NotFound("There is no such appeal.")
    measure = session.get_one(Measure, found.measure_id, with_for_update=True)
    stewards = queries.stewards(session)
    why = may_decide_appeal(
        viewer.id, first=measure.person_id, appellant=found.person_id, stewards=stewards
    )
    if why is not None:
        raise Forbidden(why.text)
    if found.decided_at is not None:
        raise Refused("This appeal was decided already.")
    if outcome not in (UPHELD, OVERTURNED):
        raise Invalid({"outcome": [Message("Please choose one of these.", {})]})
    if not answer.strip() or len(answer) > MOST:
        raise Invalid({"answer": [Message("Please give your reasons; both sides read them.", {})]})
    found.decided_at, found.decided_by = node.clock.now(), viewer.id
    found.outcome, found.answer = outcome, answer.strip()
    if outcome == UPHELD:
        letters.tell_refused(node, session, measure, found)
    elif measure.standing:
        end(node, session, measure, by=BY_APPEAL, person_id=viewer.id)
    _record(node, session, viewer, "appeal.decided", found, outcome=outcome)
    session.flush()
    return found


def _record(
    node: Node, session: Session, viewer: Viewer, action: str, made: Appeal, **details: str
) -> None:
    audit.record(
        session, action, at=node.clock.now(), person_id=viewer.id,
        subject=("appeal", made.id), measure=made.measure_id, **details,
    )  # fmt: skip
