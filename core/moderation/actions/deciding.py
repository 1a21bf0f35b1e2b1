"""Deciding about a thing, and the end of a measure: by itself, or because a steward lifts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ... import audit, outbox
from ...answers import Thing
from ...errors import Forbidden, Invalid, NotFound, Refused
from ...node import Node
from ...values import Message, Viewer
from .. import queries
from ..models import Measure, Report
from ..rules import BY_LIFT, BY_TIME, MEASURES, MOST, REASONS, STANDING, ends, may_decide
from . import letters
from .subjects import show, the_thing, thing_of

ENDING = "moderation.end"
"""The job that ends a temporary measure."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a steward decides: a measure, the code of why, and words that both sides read."""

    kind: str
    reason: str
    text: str


def decide(
    node: Node, session: Session, viewer: Viewer, subject: str, decision: Decision
) -> Measure:
    """Decide about a thing; all its open reports are answered by that, and both sides are told."""
    _check(decision)
    thing = the_thing(node, session, subject)
    _refuse_own(session, viewer, thing)
    if queries.standing(session, subject) is not None:
        raise Refused("This is hidden already. Lift that measure first.")
    measure = _written(node, session, viewer, thing, decision)
    reports = list(
        session.scalars(
            select(Report).where(Report.subject == subject, Report.measure_id.is_(None))
        )
    )
    for report in reports:
        report.measure_id = measure.id
    if measure.standing:
        show(node, session, subject, hidden=True)
    if measure.ends_at is not None:
        outbox.enqueue(
            session, ENDING, {"measure_id": measure.id}, key=f"{ENDING}:{measure.id}",
            at=measure.ends_at,
        )  # fmt: skip
    letters.tell_owners(node, session, measure, thing.people)
    letters.tell_reporters(node, session, measure, reports)
    _record(node, session, viewer.id, "measure.taken", measure, kind=measure.kind,
            reason=measure.reason, reports=len(reports))  # fmt: skip
    session.flush()
    return measure


def _check(decision: Decision) -> None:
    wrong: dict[str, list[Message]] = {}
    if decision.kind not in MEASURES:
        wrong["kind"] = [Message("Please choose one of these.", {})]
    if decision.reason not in REASONS:
        wrong["reason"] = [Message("Please choose one of these.", {})]
    if not decision.text.strip():
        wrong["text"] = [Message("Please give your reasons; both sides read them.", {})]
    if len(decision.text) > MOST:
        wrong["text"] = [Message("Please write at most %(most)s characters.", {"most": MOST})]
    if wrong:
        raise Invalid(wrong)


def _refuse_own(session: Session, viewer: Viewer, thing: Thing) -> None:
    part_of = {*thing.people, *queries.reporters_of(session, thing.subject)}
    why = may_decide(viewer.id, stewards=queries.stewards(session), part_of=part_of)
    if why is not None:
        raise Forbidden(why.text)


def _written(
    node: Node, session: Session, viewer: Viewer, thing: Thing, decision: Decision
) -> Measure:
    now = node.clock.now()
    measure = Measure(
        subject=thing.subject, title=thing.title[:200], kind=decision.kind, reason=decision.reason,
        text=decision.text.strip(), person_id=viewer.id, at=now,
        standing=decision.kind in STANDING, ends_at=ends(decision.kind, now),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(measure)
            session.flush()
    except IntegrityError:  # another steward was faster by a moment
        raise Refused("This is hidden already. Lift that measure first.") from None
    return measure


def lift(node: Node, session: Session, viewer: Viewer, measure_id: int, text: str) -> Measure:
    """End a measure before its time; whoever took it may, too."""
    measure = session.get(Measure, measure_id, with_for_update=True)
    if measure is None:
        raise NotFound("There is no such measure.")
    if not measure.standing:
        raise Refused("This measure has ended already.")
    if viewer.id in _people(node, session, measure) and queries.stewards(session) - {viewer.id}:
        raise Forbidden("This concerns you yourself. Please let another steward decide.")
    end(node, session, measure, by=BY_LIFT, person_id=viewer.id, why=text.strip()[:MOST])
    return measure


def end(
    node: Node, session: Session, measure: Measure, *, by: str, person_id: int | None, why: str = ""
) -> None:
    """Let a measure end: what it hid can be seen again, and those who run it are told."""
    measure.standing, measure.ended_at = False, node.clock.now()
    measure.ended_by, measure.ended_person_id = by, person_id
    session.flush()
    show(node, session, measure.subject, hidden=False)
    letters.tell_ended(node, session, measure, _people(node, session, measure))
    _record(
        node, session, person_id, "measure.ended", measure, by=by, **({"why": why} if why else {})
    )


def end_due(node: Node, payload: Mapping[str, Any]) -> None:
    """End a temporary measure whose time is over; the work of the job ``ENDING``."""
    with node.db.write() as session:
        measure = session.get(Measure, int(payload["measure_id"]), with_for_update=True)
        if measure is None or not measure.standing or measure.ends_at is None:
            return
        if measure.ends_at <= node.clock.now():
            end(node, session, measure, by=BY_TIME, person_id=None)


def _people(node: Node, session: Session, measure: Measure) -> frozenset[int]:
    thing = thing_of(node, session, measure.subject)
    return thing.people if thing else frozenset()


def _record(
    node: Node, session: Session, person_id: int | None, action: str, measure: Measure,
    **details: Any,
) -> None:  # fmt: skip
    audit.record(
        session, action, at=node.clock.now(), person_id=person_id,
        subject=("measure", measure.id), about=measure.subject, **details,
    )  # fmt: skip
