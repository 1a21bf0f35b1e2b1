"""Letting an issue out: its content stands from then on, and whoever follows the paper is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .....core import audit, follows
from .....core.answers import JobKind, NoticeKind
from .....core.errors import Refused
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from ..models import Issue
from ..queries import SUBJECT, content_of, tongue_of, zone_of
from ..rules import COMING, NEWS, Content, as_text, kept, monday
from .choosing import OUT, ask_next, locked_issue, locked_plan

PAPER = NoticeKind(
    "locality.paper",
    Message("Neighbourhood paper", {}),
    Message("Every new issue of the paper, as text, if you follow it.", {}),
    default="now",
    order=72,
)
KINDS = (PAPER,)


def let_out(node: Node, session: Session, week: date, *, actor_id: int | None) -> int:
    """Let the issue of a week out and return its number; a second time changes nothing.

    Refused if nothing would stand in it.
    """
    locked_plan(session)  # one after the other, so that numbers have no gap
    issue = locked_issue(session, week)
    if issue.number is not None:
        return issue.number
    now = node.clock.now()
    number = (session.scalar(select(func.max(Issue.number))) or 0) + 1
    content = content_of(node, session, issue, number, now)
    if not content.items and not content.greeting:
        raise Refused("Nothing would stand in this issue. Please write a greeting at least.")
    issue.number, issue.out_at, issue.content = number, now, kept(content)
    issue.version += 1
    session.flush()
    _tell(node, session, number, content)
    audit.record(
        session, "locality.paper.out", at=now, person_id=actor_id, subject=("paper", issue.id),
        number=number,
    )  # fmt: skip
    return number


def headings(node: Node) -> dict[str, str]:
    """Return what the parts of the paper are called."""
    tongue = tongue_of(node)
    return {COMING: tongue.gettext("Coming up"), NEWS: tongue.gettext("New in the neighbourhood")}


def _tell(node: Node, session: Session, number: int, content: Content) -> None:
    path = f"/paper/{number}"
    address = node.settings.node.address.rstrip("/") + path
    notice = Notice(
        kind=PAPER.name,
        title=Message("Neighbourhood paper no. %(number)s", {"number": number}),
        text=as_text(content, headings(node), address),
        key=f"locality.paper:{number}",
        url=path,
        subject=SUBJECT,
        heading=content.title,
    )
    follows.tell(node, session, SUBJECT, notice)


def work(node: Node, payload: Mapping[str, Any]) -> None:
    """Let this week's issue out, if that is still what was chosen, and ask for the next one.

    A week in which nothing would stand in it is passed over.
    """
    with node.db.write() as session:
        plan = locked_plan(session)
        planned = datetime.fromisoformat(str(payload["at"]))
        if not plan.by_itself or plan.next_at != planned:
            return
        ask_next(node, session, plan)
        week = monday(node.clock.now(), zone_of(node))
        try:
            let_out(node, session, week, actor_id=None)
        except Refused:
            return


JOBS = (JobKind(OUT, work),)
