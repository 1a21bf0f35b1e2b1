"""What stewards choose: a greeting, what is left out, the order, and when the paper goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import audit, outbox
from .....core.errors import Refused
from .....core.node import Node
from .....core.statements import insert_of
from ..models import Issue, Plan
from ..queries import content_of, zone_of
from ..rules import kept, next_out

OUT = "locality.paper"
_MOST_KEYS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What stewards have chosen for one issue: keys of items left out, and keys in order."""

    greeting: str
    dropped: Sequence[str]
    order: Sequence[str]


def locked_issue(session: Session, week: date) -> Issue:
    """Return the issue of a week, begun if nobody has done so; nobody else changes it meanwhile."""
    insert = insert_of(session.get_bind().dialect.name)
    first = insert(Issue).values(week=week, greeting="", dropped=[], order=[], version=1)
    session.execute(first.on_conflict_do_nothing(index_elements=["week"]))
    return session.scalars(
        select(Issue)
        .where(Issue.week == week)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def choose(
    node: Node, session: Session, week: date, choice: Choice, *, version: int, actor_id: int
) -> None:
    """Choose what is in an issue; one that is out already is printed anew, and nobody told again.

    Refused if somebody else has chosen meanwhile.
    """
    issue = locked_issue(session, week)
    if issue.version != version:
        raise Refused("Somebody has changed this meanwhile. Please look at it again.")
    issue.greeting = choice.greeting
    issue.dropped = [key[:120] for key in choice.dropped[:_MOST_KEYS]]
    issue.order = [key[:120] for key in choice.order[:_MOST_KEYS]]
    issue.version += 1
    if issue.number is not None and issue.out_at is not None:
        issue.content = kept(content_of(node, session, issue, issue.number, issue.out_at))
    session.flush()
    audit.record(
        session, "locality.paper.chosen", at=node.clock.now(), person_id=actor_id,
        subject=("paper", issue.id), dropped=len(choice.dropped),
    )  # fmt: skip


def locked_plan(session: Session) -> Plan:
    """Return the plan; nobody else lets an issue out meanwhile."""
    insert = insert_of(session.get_bind().dialect.name)
    first = insert(Plan).values(id=1, by_itself=False, weekday=3, hour=9, next_at=None)
    session.execute(first.on_conflict_do_nothing())
    return session.scalars(
        select(Plan).where(Plan.id == 1).with_for_update().execution_options(populate_existing=True)
    ).one()


def plan_out(
    node: Node, session: Session, *, by_itself: bool, weekday: int, hour: int, actor_id: int
) -> None:
    """Choose whether the paper goes out by itself each week, and when."""
    plan = locked_plan(session)
    plan.by_itself, plan.weekday, plan.hour, plan.next_at = by_itself, weekday, hour, None
    if by_itself:
        ask_next(node, session, plan)
    session.flush()
    audit.record(
        session, "locality.paper.planned", at=node.clock.now(), person_id=actor_id,
        subject=("paper", None), by_itself=by_itself, weekday=weekday, hour=hour,
    )  # fmt: skip


def ask_next(node: Node, session: Session, plan: Plan) -> None:
    """Ask for the job that lets the next issue out."""
    plan.next_at = next_out(node.clock.now(), zone_of(node), plan.weekday, plan.hour)
    at = plan.next_at.isoformat()
    outbox.enqueue(session, OUT, {"at": at}, key=f"{OUT}:{at}", at=plan.next_at)
