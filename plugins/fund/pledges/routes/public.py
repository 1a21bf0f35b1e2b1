"""Drives as everyone sees them: the list, and the page of each."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from .....core.web import (
    asked_number,
    can,
    hidden_notice,
    paged,
    permitted,
    say,
    shared,
    this_node,
    this_viewer,
)
from ...access import AUDIT, KEEP, READ
from ...earmarks import queries as earmarks
from ...pages import blueprint
from .. import queries
from ..queries import SIZE
from ..rules import phase_of, subject_of
from .shown import today, visible


@blueprint.get("/fund/raise")
@permitted(READ, alike=True)
def drives() -> str:
    """List the drives that are open, or those that are over."""
    over = request.args.get("state") == "over"
    with this_node().db.read() as session:
        rows = queries.drives(session, over=over, before=asked_number())
        standings = queries.standings(session, rows)
    last = rows[:SIZE][-1].id if rows else None
    tabs = [
        {"label": label, "current": ended == over,
         "url": url_for("fund.drives", state="over" if ended else None)}
        for label, ended in ((say("Open now"), False), (say("Over"), True))
    ]  # fmt: skip
    day = today()
    return render_template(
        "fund/pledges/drives.html", page=paged(rows, SIZE, str(last)), standings=standings,
        tabs=tabs, over=over, phases={row.id: phase_of(row, day) for row in rows},
    )  # fmt: skip


@blueprint.get("/fund/raise/<int:drive_id>")
@permitted(READ)
def drive(drive_id: int) -> Any:
    """Show a drive: how far it is, what it is for, and the way to pledge."""
    viewer = this_viewer()
    with this_node().db.read() as session:
        row = visible(session, drive_id)
        runs = queries.runs(row, viewer)
        if row.hidden_at is not None and not runs and not can(AUDIT):
            return hidden_notice(session, subject_of(drive_id))
        found = queries.news(session, drive_id, before=asked_number("before"))
        parts, reports = queries.steps(session, drive_id)
        match = queries.match_of(session, drive_id)
        earmark = earmarks.of_subject(session, subject_of(drive_id))
        last = found[:SIZE][-1].id if found else None
        return render_template(
            "fund/pledges/drive.html",
            drive=row,
            standing=queries.standing(session, row),
            phase=phase_of(row, today()),
            parts=parts,
            reports=reports,
            rewards=queries.rewards(session, drive_id),
            taken=queries.taken(session, drive_id),
            notice=queries.solicitation(session, drive_id),
            match=match,
            match_left=queries.remainder(session, match) if match else 0,
            news=paged(found, SIZE, str(last), "before"),
            earmark=earmark if row.state == "succeeded" else None,
            runs=runs,
            keeps=can(KEEP),
            audits=can(AUDIT),
            shared=shared("fund.drive", row.title, row.summary, drive_id=drive_id)
            if queries.is_public(row)
            else None,
        )  # fmt: skip
