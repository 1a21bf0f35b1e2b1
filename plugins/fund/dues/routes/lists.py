"""The treasurer's lists: what is late, and the register of shares; as pages and as files."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from .....core.tables import MOST_ROWS, Column, Table
from .....core.web import (
    asked_number,
    asked_place,
    download,
    paged,
    permitted,
    say,
    this_node,
    this_tongue,
    told,
)
from ...access import AUDIT, KEEP
from ...pages import blueprint
from .. import actions, queries
from ..rules import STATES
from .shown import this_day


@blueprint.get("/fund/arrears")
@permitted(AUDIT)
def arrears() -> str:
    """List what is late, the oldest first, or who asks to be let off."""
    pleas, size = request.args.get("show") == "pleas", queries.SIZE
    with this_node().db.read() as session:
        rows = queries.arrears(session, this_day(), pleas=pleas, after=_place())
        count, won = queries.late_sums(session, this_day())
        waiting = queries.pleas_waiting(session)
    last = rows[size - 1] if len(rows) > size else None
    place = f"{last.due_on}_{last.id}" if last else None
    return render_template(
        "fund/dues/arrears.html", page=paged(rows, size, place), pleas=pleas, count=count, won=won,
        waiting=waiting,
    )  # fmt: skip


def _place() -> tuple[date, int] | None:
    """Return the place in the list that was asked for; nonsense means the beginning."""
    day, _, number = (asked_place() or "").partition("_")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


@blueprint.get("/fund/arrears.<ending:ending>")
@permitted(AUDIT)
def arrears_file(ending: str) -> Response:
    """Hand out what is late as a file."""
    head = this_tongue().pgettext
    columns = (
        Column(head("column", "Name")), Column(say("Membership")), Column(say("Period")),
        Column(say("Due on"), "day"), Column(say("Still to pay"), "won"), Column(say("Code")),
        Column(say("Reminders"), "whole"),
    )  # fmt: skip
    with this_node().db.read() as session:
        found = queries.arrears(session, this_day(), limit=MOST_ROWS + 1)
    rows = (
        (row.kept_name or row.name or "-", row.kind, f"{row.period:%Y-%m}", row.due_on, row.open,
         row.code, row.told)
        for row in found
    )  # fmt: skip
    return download(Table(say("Late dues"), columns, rows), ending)


@blueprint.post("/fund/arrears/make")
@permitted(KEEP)
def make_dues_now() -> Any:
    """Make what is due for periods that have begun, without waiting for the next morning."""
    node = this_node()
    made = actions.make_all_dues(node)
    with node.db.write() as session:
        actions.ask_daily(node, session)
    told("%(num)s new dues stand now.", num=made)
    return redirect(url_for("fund.arrears"))


@blueprint.get("/fund/capital")
@permitted(AUDIT)
def capital() -> str:
    """Show the register of shares, and to whom capital is to be given back."""
    size = queries.SIZE
    with this_node().db.read() as session:
        rows = queries.register(session, after=asked_number())
        whole = queries.all_capital(session)
    place = str(rows[size - 1].id) if len(rows) > size else None
    return render_template(
        "fund/dues/capital.html", page=paged(rows, size, place), whole=whole, states=STATES,
        today=this_day(),
    )  # fmt: skip


@blueprint.get("/fund/capital.<ending:ending>")
@permitted(AUDIT)
def capital_file(ending: str) -> Response:
    """Hand out the register of shares as a file."""
    tongue = this_tongue()
    columns = (
        Column(tongue.pgettext("column", "Name")), Column(say("Membership")), Column(say("State")),
        Column(say("Member since"), "day"), Column(say("Shares"), "whole"),
        Column(say("Capital"), "won"), Column(say("To be given back from"), "day"),
    )  # fmt: skip
    with this_node().db.read() as session:
        found = queries.register(session, limit=MOST_ROWS + 1)
    rows = (
        (row.kept_name or row.name or "-", row.kind, tongue.say(STATES[row.state]),
         row.joined_at.date() if row.joined_at else None, int(row.won) // row.unit, int(row.won),
         row.due_on)
        for row in found
    )  # fmt: skip
    return download(Table(say("Register of shares"), columns, rows), ending)
