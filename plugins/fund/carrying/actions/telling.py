"""Telling those who lead a project, and those who keep the fund, what waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .....core import notices, outbox
from .....core.node import Node
from .....core.notices import Notice
from .....core.values import Message
from .. import queries
from ..models import CarryingReport, Undertaking
from ..rules import REMIND_DAYS, REMIND_JOB, TELL, path_of, subject_of

_MORNING = time(9)
_SOON = Message("Soon a report is due: %(title)s", {}).text
_LATE = Message("A report is overdue: %(title)s", {}).text
_REMIND = Message(
    "Please write on the project's page how it goes. Whatever is overdue, everyone sees there.", {}
)


def tell(
    node: Node, session: Session, people: Iterable[int], found: Undertaking, title: str,
    text: Message | str, *, key: str, url: str = "",
) -> None:  # fmt: skip
    """Tell people something of a project, once under ``key``."""
    notice = Notice(
        kind=TELL.name, title=Message(title, {"title": found.title}), text=text,
        url=url or path_of(found.earmark_id), subject=subject_of(found.earmark_id),
        heading=found.title, key=f"fund:project:{found.earmark_id}:{key}"[:120],
    )  # fmt: skip
    notices.tell(node, session, sorted(set(people)), notice)


def ask_reminders(node: Node, session: Session, report: CarryingReport) -> None:
    """Ask for the reminders of a report: a week before it is due, and on the day after."""
    for late, day in enumerate((-REMIND_DAYS, 1)):
        at = max(node.clock.now(), _at(node, report.due_on + timedelta(days=day)))
        payload = {"report_id": report.id, "due_on": report.due_on.isoformat(), "late": bool(late)}
        key = f"fund:report:{report.id}:{report.due_on}:{late}"
        outbox.enqueue(session, REMIND_JOB, payload, key=key, at=at)


def _at(node: Node, day: date) -> datetime:
    return datetime.combine(day, _MORNING, ZoneInfo(node.settings.node.time_zone))


def remind(node: Node, payload: Mapping[str, Any]) -> None:
    """Remind of a report, unless it was given, its day was moved, or the project has ended."""
    with node.db.write() as session:
        report = session.get(CarryingReport, int(payload["report_id"]))
        if report is None or report.given_at is not None:
            return
        found = queries.undertaking(session, report.earmark_id)
        today, late = queries.today(node), bool(payload["late"])
        moved = report.due_on.isoformat() != payload["due_on"]
        if found.ended_at is not None or moved or late != (report.due_on < today):
            return
        people = queries.leaders(session, found)
        if late:
            people |= queries.keepers(session)
        title, key = (_LATE, "late") if late else (_SOON, "soon")
        tell(node, session, people, found, title, _REMIND, key=f"{key}:{report.id}:{report.due_on}")


WORK = {REMIND_JOB: remind}
