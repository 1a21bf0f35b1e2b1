"""The audit log: who did what to what and when, narrowed as one likes, and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template, request
from sqlalchemy.orm import Session

from ...tables import MOST_ROWS, Column, Table
from .. import queries
from ..downloads import download
from ..numbers import read_number
from ..page import permitted, say, this_node
from ..paging import asked_number, paged
from ..queries import LogFilter
from .base import blueprint

SIZE = 50
BATCH = 1_000


@blueprint.get("/admin/log")
@permitted("core.admin")
def admin_log() -> Any:
    """List who did what, the newest first."""
    wanted = _asked()
    with this_node().db.read() as session:
        rows = queries.audit_log(session, wanted, before=asked_number("before"), limit=SIZE + 1)
    last = str(rows[:SIZE][-1].id) if rows else None
    page = paged([_log_row(row) for row in rows], SIZE, last, "before")
    narrows = any((wanted.who, wanted.subject_kind, wanted.since, wanted.person_id))
    return render_template("core/admin_log.html", page=page, wanted=wanted, narrows=narrows)


@blueprint.get("/admin/log.<ending('csv', 'xlsx', 'ods'):ending>")
@permitted("core.admin")
def admin_log_file(ending: str) -> Any:
    """Write the same lines into a file."""
    columns = (
        Column(say("When"), "moment"),
        Column(say("Who")),
        Column(say("E-mail address")),
        Column(say("Action")),
        Column(say("Subject")),
        Column(say("Number"), "whole"),
        Column(say("Details")),
    )
    with this_node().db.read() as session:
        return download(Table(say("Log"), columns, _file_rows(session, _asked())), ending)


def _file_rows(session: Session, wanted: LogFilter) -> Iterator[tuple[object, ...]]:
    before: int | None = None
    for _ in range(MOST_ROWS // BATCH + 1):
        rows = queries.audit_log(session, wanted, before=before, limit=BATCH)
        for row in rows:
            yield (
                row.at, row.name or "", row.email or "", row.action, row.subject_kind,
                row.subject_id, _details(row.details),
            )  # fmt: skip
        if len(rows) < BATCH:
            return
        before = rows[-1].id


def _asked() -> LogFilter:
    """Return what the address asks for; nonsense does not narrow."""
    asked = {name: text.strip()[:60] for name, text in request.args.items()}
    kind, _, number = asked.get("subject", "").partition(" ")
    since, until = _day(asked.get("day", ""))
    return LogFilter(
        action=asked.get("action", ""),
        who=asked.get("who", ""),
        person_id=read_number(asked.get("person", "")),
        subject_kind=kind,
        subject_id=read_number(number),
        since=since,
        until=until,
    )


def _day(text: str) -> tuple[datetime | None, datetime | None]:
    try:
        day = date.fromisoformat(text)
        begin = datetime.combine(day, time(), ZoneInfo(this_node().settings.node.time_zone))
        return begin, begin + timedelta(days=1)
    except (ValueError, OverflowError):
        return None, None


def _log_row(row: Any) -> dict[str, Any]:
    reason = (row.details or {}).get("reason", "")
    return {**row._mapping, "details": _details(row.details), "reason": reason}


def _details(details: Any) -> str:
    return json.dumps(details, ensure_ascii=False) if details else ""


def told_rows(rows: Any) -> list[dict[str, Any]]:
    """Return lines of the log as templates want them."""
    return [_log_row(row) for row in rows]
