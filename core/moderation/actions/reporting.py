"""Reporting a thing, or asking for its deletion."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import audit
from ...errors import Invalid
from ...node import Node
from ...values import Message
from ..models import Report
from ..rules import DELETION, MOST, OWN_RIGHTS, REASONS, REPORT, due
from .subjects import the_thing


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: a member by ``person_id``, or a stranger by name and address."""

    person_id: int | None
    language: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a thing: ``kind`` report or deletion, a code of ``rules.REASONS``."""

    kind: str
    reason: str
    text: str


def report(node: Node, session: Session, reporter: Reporter, subject: str, told: Told) -> Report:
    """Write a report down; one that the same person has made and that is still open stays alone."""
    thing = the_thing(node, session, subject)
    _check(told, reporter)
    standing = session.scalars(
        select(Report).where(
            Report.subject == subject, Report.measure_id.is_(None), Report.kind == told.kind,
            Report.person_id == reporter.person_id if reporter.person_id
            else Report.email == reporter.email,
        ).limit(1)
    ).one_or_none()  # fmt: skip
    if standing is not None:
        return standing
    now = node.clock.now()
    made = Report(
        subject=subject, title=thing.title[:200], kind=told.kind, reason=told.reason,
        text=told.text, person_id=reporter.person_id, name=reporter.name, email=reporter.email,
        language=reporter.language, created_at=now, due_at=due(told.kind, told.reason, now),
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session, "report.made", at=now, person_id=reporter.person_id,
        subject=("report", made.id), about=subject, reason=told.reason,
    )  # fmt: skip
    return made


def _check(told: Told, reporter: Reporter) -> None:
    wrong: dict[str, list[Message]] = {}
    if told.kind not in (REPORT, DELETION):
        wrong["kind"] = [Message("Please choose one of these.", {})]
    if told.reason not in REASONS:
        wrong["reason"] = [Message("Please choose one of these.", {})]
    elif told.kind == DELETION and told.reason not in OWN_RIGHTS:
        wrong["reason"] = [Message("Please choose which of your rights this is about.", {})]
    if told.kind == DELETION and not told.text.strip():
        wrong["text"] = [Message("Please say what infringes your rights, and why.", {})]
    if len(told.text) > MOST:
        wrong["text"] = [Message("Please write at most %(most)s characters.", {"most": MOST})]
    if reporter.person_id is None and not reporter.email:
        wrong["email"] = [Message("Please fill this in.", {})]
    if wrong:
        raise Invalid(wrong)
